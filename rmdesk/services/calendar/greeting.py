"""What a greeting starts from: the client, the day, and a draft; refused where nobody may be greeted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, Phrase
from rmdesk.models.kinds import ClientId, OccasionKind, RecordId
from rmdesk.services.clients import standing
from rmdesk.services.occasions import names, queries, templates
from rmdesk.services.occasions.due import due
from rmdesk.services.occasions.templates import Draft
from rmdesk.services.store.reads import Reads


@dataclass(frozen=True, slots=True)
class Start:
    """An occasion on its day, and what may be said."""

    client: ClientId
    name: str
    day: date
    kind: OccasionKind
    years: int | None
    said: Phrase
    key: str
    occasion: RecordId | None
    draft: Draft


def start_of(reads: Reads, client: ClientId, occasion: RecordId | None, day: date, key: str = "") -> Start:
    """Where a greeting for this day begins; `key` tells days of one client apart that have no record.

    Refused when the client may not be contacted, the occasion does not fall on the day, or was greeted for.
    """
    standing.check_may_contact(reads, client, doing=N_("Greet"))
    found = [
        one
        for one in due(reads, day, day, (client,))
        if one.occasion == occasion and (not key or names.key(one) == key)
    ]
    if not found:
        raise Refused(
            N_("This occasion does not fall on {day}."), do=N_("Reload the page."), code="not_that_day", day=day
        )
    one = found[0]
    sent = queries.greeted(reads, day, day, client).get((client, names.key(one), day))
    if sent is not None:
        raise Refused(N_("This client was already greeted for it on {day}."), code="greeted", day=sent)
    draft = templates.draft_for(reads, client, one.kind, title=one.title, person=one.person, years=one.years)
    return Start(
        client=client,
        name=str(reads.value("SELECT name FROM client WHERE id = ?", (client,))),
        day=day,
        kind=one.kind,
        years=one.years,
        said=names.title(one),
        key=names.key(one),
        occasion=occasion,
        draft=draft,
    )
