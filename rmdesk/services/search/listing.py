"""Clients with where they stand, for scripts: everybody, or those whom a query finds."""

from __future__ import annotations

from dataclasses import dataclass

from rmdesk.models.kinds import ClientId, Familiarity, Purpose, Tier
from rmdesk.services.search.queries import build
from rmdesk.services.store.reads import Reads


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One client. None is unknown; `score` is also None for those who are not scored."""

    id: ClientId
    number: str | None
    name: str
    pinyin: str
    tier: Tier | None
    familiarity: Familiarity
    group: str | None
    aum_minor: int | None
    currency: str
    score: float | None


def clients(reads: Reads, query: str = "") -> list[ListedRow]:
    """The clients a query finds, in the order of the search field; without one all, most points first."""
    from rmdesk.services.care import portfolio
    from rmdesk.services.scoring import settings

    whole = portfolio.current(reads)
    scores = whole.scores(settings.weights(reads, Purpose.MAINTAIN)).score
    who: dict[int, tuple[str | None, str, str, int | None]] = {}
    for page in reads.pages(
        "SELECT c.id, c.number, c.name, c.pinyin, f.aum_minor "
        "FROM client c LEFT JOIN client_figures f ON f.client_id = c.id WHERE c.merged_into IS NULL"
    ):
        who.update((row[0], tuple(row[1:])) for row in page)
    rows = {}
    for at, client in enumerate(whole.client.tolist()):
        number, name, pinyin, aum = who[client]
        rows[client] = ListedRow(
            id=ClientId(client),
            number=number,
            name=name,
            pinyin=pinyin,
            tier=tuple(Tier)[int(whole.tier[at]) - 1] if whole.tier[at] else None,
            familiarity=tuple(Familiarity)[int(whole.familiarity[at])],
            group=f"G{whole.group[at]}" if whole.group[at] else None,
            aum_minor=aum,
            currency=whole.currency,
            score=None if whole.excluded[at] else float(scores[at]),
        )
    if query.strip():
        index = build(reads)
        return [rows[hit.client] for hit in index.find(query, limit=len(index))]
    return sorted(rows.values(), key=lambda row: (-(row.score if row.score is not None else -1.0), row.id))
