"""What stands beside a record wherever it is read or printed: versions that nobody has settled yet."""

from __future__ import annotations

from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import ClientId
from rmdesk.services.store.reads import Reads

Records = dict[tuple[str, str], tuple[Phrase, ...]]
SHORT = 200  # signs of a version in a document; all of it is on the page that settles it


def unmerged(reads: Reads, client: ClientId) -> Records:
    """The open versions of a client's records, as (entity, key), each with its field, author and day.

    Nothing without a hub, and at the cost of one row.
    """
    if not reads.value("SELECT joined FROM sync_control"):
        return {}
    from rmdesk.services.sync.queries import differences

    found: Records = {}
    for row in differences(reads, client):
        told = tuple(
            phrase(
                "Unmerged version of {field}, {name} {time}: {text}",
                field=row.label,
                name=version.by or "–",
                time=f"{version.at:%m-%d}" if version.at else "",
                text=_short(version.text),
            )
            for version in row.versions
            if not version.current
        )
        found[row.entity, row.entity_id] = (*found.get((row.entity, row.entity_id), ()), *told)
    return found


def _short(text: str) -> str:
    told = " ".join(text.split()) or "–"
    return told if len(told) <= SHORT else f"{told[: SHORT - 1]}…"
