"""Reads points: the ledger and balance of a client, who has how many, and what is due to be posted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from rmdesk.base import clock, money
from rmdesk.base.record import record
from rmdesk.models.kinds import ClientId, PointsKind, RecordId
from rmdesk.services.points import rules, tables
from rmdesk.services.points.rules import Line
from rmdesk.services.segments.assets import portfolio_currency
from rmdesk.services.store.reads import Reads


@record
class EntryRow:
    """A line of the ledger in points, with the balance after it; the amount it rests on in minor units."""

    number: int
    id: RecordId
    on: date
    kind: PointsKind
    rule: str
    points: int
    balance: int
    basis_minor: int | None
    currency: str
    note: str
    expires_on: date | None
    corrected: bool  # a counter-entry takes it back


@record
class Due:
    """Points that are to be posted: earned by a rule, or expired (`points` below zero). `source` names for what."""

    client: ClientId
    kind: PointsKind
    rule: str
    points: int
    on: date
    source: str
    basis_minor: int | None
    currency: str | None
    expires_on: date | None


@record
class Account:
    """The points of a client: the balance is the sum of the ledger; `soon` of them expire by `soon_by`."""

    balance: int
    soon: int
    soon_by: date
    entries: tuple[EntryRow, ...]
    due: tuple[Due, ...]


@record
class HolderRow:
    """A client with points."""

    client: ClientId
    name: str
    balance: int
    earned: int
    redeemed: int
    expired: int
    last_on: date


@record
class Overview:
    """Who has points, the most first, and how many are due to be posted; `count` are all clients with a ledger."""

    rows: tuple[HolderRow, ...]
    count: int
    balance: int
    due: int
    due_points: int


_ENTRIES = """
SELECT e.rowid, e.id, e."on", e.kind, e.rule, e.points, e.basis_minor, coalesce(e.currency, ''), coalesce(e.note, ''),
       e.expires_on, e.source, EXISTS (SELECT 1 FROM points_entry o WHERE o.client_id = e.client_id
       AND o.kind = 'correct' AND o.source = e.id)
FROM points_entry e WHERE e.client_id = ? ORDER BY e."on", e.rowid
"""
_HOLDINGS = """
SELECT h.client_id, h.key, h.kind, h.amount_minor, h.currency, h.started_on
FROM holding h JOIN client c ON c.id = h.client_id
WHERE h.started_on BETWEEN :since AND :day AND h.amount_minor > 0 AND h.currency = :home
AND h.kind IN (SELECT value FROM json_each(:kinds)) AND c.status = 'active' AND c.merged_into IS NULL {some}
AND NOT EXISTS (SELECT 1 FROM points_entry e WHERE e.client_id = h.client_id AND e.kind = 'earn' AND e.source = h.key)
ORDER BY h.started_on, h.id
"""
_REFERRALS = """
SELECT r.client_id, r.id, r."on" FROM referral r JOIN client c ON c.id = r.client_id
WHERE r.confirmed AND r."on" BETWEEN :since AND :day AND c.status = 'active' AND c.merged_into IS NULL {some}
AND NOT EXISTS (SELECT 1 FROM points_entry e WHERE e.client_id = r.client_id AND e.kind = 'earn' AND e.source = r.id)
ORDER BY r."on", r.id
"""
_OLD = """
SELECT DISTINCT client_id FROM points_entry c WHERE points > 0 AND expires_on <= :day {some} AND NOT EXISTS (
    SELECT 1 FROM points_entry o WHERE o.client_id = c.client_id AND o.kind = 'expire' AND o.source = c.id)
"""
_HOLDERS = """
SELECT e.client_id, c.name, sum(e.points), total(CASE WHEN e.kind = 'earn' THEN e.points END),
       total(CASE WHEN e.kind = 'redeem' THEN -e.points END), total(CASE WHEN e.kind = 'expire' THEN -e.points END),
       max(e."on")
FROM points_entry e JOIN client c ON c.id = e.client_id GROUP BY e.client_id ORDER BY sum(e.points) DESC, e.client_id
"""


def lines_of(reads: Reads, client: ClientId) -> tuple[Line, ...]:
    """The ledger of a client as the rules read it."""
    return tuple(
        Line(row[1], date.fromisoformat(row[2]), row[5], _day(row[9]),
             row[10] if row[3] in (PointsKind.EXPIRE, PointsKind.CORRECT) else "")
        for row in reads.rows(_ENTRIES, (client,))
    )  # fmt: skip


def balance_of(reads: Reads, client: ClientId) -> int:
    """The sum of the ledger of a client."""
    return int(reads.value("SELECT coalesce(sum(points), 0) FROM points_entry WHERE client_id = ?", (client,)))


def account_of(reads: Reads, client: ClientId, day: date | None = None) -> Account:
    """The points of a client, the newest line first."""
    on, whole = day or clock.today(), 0
    entries = []
    for row in reads.rows(_ENTRIES, (client,)):
        whole += row[5]
        entries.append(
            EntryRow(
                row[0], RecordId(row[1]), date.fromisoformat(row[2]), PointsKind(row[3]), row[4], row[5], whole,
                row[6], row[7], row[8], _day(row[9]), bool(row[11]),
            )
        )  # fmt: skip
    lines, by = lines_of(reads, client), on + timedelta(tables.figure("soon_days"))
    soon = sum(rules.expiring(lines, by).values())
    return Account(whole, soon, by, tuple(reversed(entries)), due(reads, client, on))


def overview(reads: Reads, most: int = 300) -> Overview:
    """Who has points, and what is due to be posted."""
    rows: list[HolderRow] = []
    count = whole = 0
    for page in reads.pages(_HOLDERS):
        for row in page:
            count, whole = count + 1, whole + row[2]
            if len(rows) < most:
                last = date.fromisoformat(row[6])
                rows.append(HolderRow(ClientId(row[0]), row[1], row[2], int(row[3]), int(row[4]), int(row[5]), last))
    waiting = due(reads)
    return Overview(tuple(rows), count, whole, len(waiting), sum(one.points for one in waiting))


def due(reads: Reads, client: ClientId | None = None, day: date | None = None) -> tuple[Due, ...]:
    """What is to be posted, of a client or of all: earned by the rules and not posted, or expired and not written off.

    Only amounts in the portfolio's currency earn. Of everything at most as many as are posted at once.
    """
    on = day or clock.today()
    most = tables.figure("most")
    found: list[Due] = []
    for one in _due(reads, client, on):
        found.append(one)
        if len(found) >= most:
            break
    return tuple(found)


def _due(reads: Reads, client: ClientId | None, on: date) -> Iterator[Due]:
    some = "" if client is None else "AND c.{key} = :client"
    home = portfolio_currency(reads)
    kinds = {kind: rule for rule in tables.earning().values() for kind in rule.kinds}
    given = {"since": (on - timedelta(tables.figure("since_days"))).isoformat(), "day": on.isoformat(), "home": home,
             "kinds": json.dumps(list(kinds)), "client": client}  # fmt: skip
    yield from _expired(reads, some.format(key="client_id"), given, on)
    unit = 10 ** money.digits(home)
    for page in reads.pages(_HOLDINGS.format(some=some.format(key="id")), given):
        for owner, key, kind, amount, currency, started in page:
            points = rules.earned(kinds[kind], amount, unit)
            if points:
                yield _earn(owner, kinds[kind].code, points, started, key, amount, currency)
    referral = tables.earning()[tables.REFERRAL]
    for page in reads.pages(_REFERRALS.format(some=some.format(key="id")), given):
        for owner, key, day in page:
            yield _earn(owner, referral.code, referral.points, day, key, None, None)


def _expired(reads: Reads, some: str, given: Mapping[str, object], on: date) -> Iterator[Due]:
    for (client,) in reads.rows(_OLD.format(some=some), given):
        lines = lines_of(reads, client)
        days = {line.id: line.expires_on for line in lines}
        for source, points in rules.expiring(lines, on).items():
            yield Due(ClientId(client), PointsKind.EXPIRE, tables.EXPIRY, -points, days[source] or on, source, None,
                      None, None)  # fmt: skip


def _earn(client: int, rule: str, points: int, day: str, source: str, basis: int | None, currency: str | None) -> Due:
    on = date.fromisoformat(day)
    ends = rules.expires_on(on, tables.figure("expiry_months"))
    return Due(ClientId(client), PointsKind.EARN, rule, points, on, source, basis, currency, ends)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
