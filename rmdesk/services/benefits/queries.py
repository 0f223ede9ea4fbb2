"""Reads benefits: what a client has a right to and has left, who used what, and uses that were told twice."""

from __future__ import annotations

import json
from datetime import date

from rmdesk.base import clock, money
from rmdesk.base.record import record
from rmdesk.models.kinds import ClientId, RecordId
from rmdesk.services.benefits import rules, tables
from rmdesk.services.clubs import terms
from rmdesk.services.clubs.tables import clubs
from rmdesk.services.segments.assets import portfolio_currency
from rmdesk.services.store.reads import Reads


@record
class BenefitRow:
    """A benefit of a client in a year; `turns` are those used."""

    code: str
    year: int
    count: int
    turns: tuple[int, ...]
    last_on: date | None

    @property
    def used(self) -> int:
        """How many were used."""
        return len(self.turns)

    @property
    def left(self) -> int:
        """How many are left; never below zero."""
        return rules.left(self.count, self.used)


@record
class UseRow:
    """One use. `versions` tells what another desk noted for the same turn: days and places, until it is settled."""

    number: int
    id: RecordId
    client: ClientId
    name: str
    benefit: str
    year: int
    turn: int
    on: date
    place: str
    note: str
    cost_minor: int | None
    currency: str
    versions: tuple[str, ...]

    @property
    def open(self) -> bool:
        """Whether two desks noted this turn, so that somebody has to say what holds."""
        return bool(self.versions)


@record
class Used:
    """What was used of a benefit in a year, by how many clients, and what it cost in minor units."""

    code: str
    uses: int
    clients: int
    cost_minor: int
    costless: int
    currency: str


_USES = """
SELECT b.rowid, b.id, b.client_id, c.name, b.benefit, b.year, b.turn, b."on", coalesce(b.place, ''),
       coalesce(b.note, ''), b.cost_minor, b.currency, coalesce(k.conflicts, '{{}}')
FROM benefit_use b JOIN client c ON c.id = b.client_id
LEFT JOIN sync_record k ON k.entity = 'benefit_use' AND k.entity_id = b.id
WHERE {where} ORDER BY k.conflicts IS NOT NULL AND k.conflicts <> '{{}}' DESC, b."on" DESC, b.id LIMIT :most
"""


def rights(reads: Reads, client: ClientId, day: date | None = None) -> dict[str, int]:
    """How many uses of each benefit a client has a right to in the year of `day`: by tier and membership then."""
    from rmdesk.services.care import portfolio

    on = day or clock.today()
    whole = portfolio.load(reads, on, [client])
    at = whole.place(client)
    tier = 0 if at is None else int(whole.tier[at])
    member = any(terms.of(reads, client, code, on).member for code in clubs())
    return {code: rules.right(benefit, tier, member=member) for code, benefit in tables.benefits().items()}


def benefits_of(reads: Reads, client: ClientId, day: date | None = None) -> tuple[BenefitRow, ...]:
    """The benefits of a client in the year of `day`; those without a right and without a use are left out."""
    on = day or clock.today()
    used: dict[str, list[tuple[int, str]]] = {}
    rows = reads.rows('SELECT benefit, turn, "on" FROM benefit_use WHERE client_id = ? AND year = ?', (client, on.year))
    for code, turn, day_used in rows:
        used.setdefault(code, []).append((turn, day_used))
    counts = rights(reads, client, on)
    return tuple(
        BenefitRow(
            code, on.year, counts.get(code, 0), tuple(sorted(turn for turn, _day in used.get(code, ()))),
            max((date.fromisoformat(one) for _turn, one in used.get(code, ())), default=None),
        )
        for code in {**counts, **used}
        if counts.get(code) or used.get(code)
    )  # fmt: skip


def uses_of(reads: Reads, client: ClientId, most: int = 200) -> tuple[UseRow, ...]:
    """The uses of a client, those to be settled first, then the newest."""
    return _uses(reads, "b.client_id = :client", {"client": client, "most": most})


def uses(reads: Reads, year: int | None = None, most: int = 500) -> tuple[UseRow, ...]:
    """All uses of a year, those to be settled first, then the newest."""
    return _uses(reads, "b.year = :year", {"year": year or clock.today().year, "most": most})


def used(reads: Reads, year: int | None = None) -> tuple[Used, ...]:
    """What was used of each benefit in a year."""
    home = portfolio_currency(reads)
    rows = reads.rows(
        "SELECT benefit, count(*), count(DISTINCT client_id), total(CASE WHEN currency = :home THEN cost_minor END), "
        "total(cost_minor IS NULL OR currency <> :home) FROM benefit_use WHERE year = :year GROUP BY benefit",
        {"home": home, "year": year or clock.today().year},
    )
    found = {row[0]: Used(row[0], row[1], row[2], int(row[3]), int(row[4]), home) for row in rows}
    return tuple(found.get(code) or Used(code, 0, 0, 0, 0, home) for code in {**tables.benefits(), **found})


def cost_of(reads: Reads, code: str) -> tuple[int, str]:
    """What one use costs, in minor units of the portfolio's currency."""
    home = portfolio_currency(reads)
    return tables.benefits()[code].cost * 10 ** money.digits(home), home


def _uses(reads: Reads, where: str, given: dict[str, object]) -> tuple[UseRow, ...]:
    return tuple(
        UseRow(
            row[0], RecordId(row[1]), ClientId(row[2]), row[3], row[4], row[5], row[6], date.fromisoformat(row[7]),
            row[8], row[9], row[10], row[11] or "", _versions(row[12]),
        )
        for row in reads.rows(_USES.format(where=where), given)
    )  # fmt: skip


def _versions(kept: str) -> tuple[str, ...]:
    """What the versions that wait say: one line for each author, the day and the place first."""
    told: dict[str, list[str]] = {}
    for one in json.loads(kept).values():
        about = told.setdefault(f"{one.get('by', '')}/{one.get('device', '')}", [])
        if one["field"] in ("on", "place", "note") and one.get("value"):
            about.append(str(one["value"]))
    return tuple(" · ".join(sorted(parts)) for parts in told.values())
