"""Reads events: the list with its counts, the guests of one, what came of it, the events of a client."""

from __future__ import annotations

import json
from datetime import date

from rmdesk.base import clock
from rmdesk.base.record import record
from rmdesk.models.kinds import ClientId, GatheringState, RecordId
from rmdesk.services.gatherings import rules, tables
from rmdesk.services.gatherings.rules import Stand
from rmdesk.services.segments.assets import asset_kinds, portfolio_currency
from rmdesk.services.store.reads import Reads


@record
class GatheringRow:
    """An event with its counts. `heads` is guests of this portfolio with companions; amounts in minor units."""

    number: int
    id: RecordId
    kind: str
    title: str
    on: date
    at: str | None
    minutes: int | None
    place: str
    club: str | None
    seats: int | None
    state: GatheringState
    cost_minor: int | None
    currency: str
    guests: int | None
    note: str
    lesson: str
    reason: str
    listed: int
    invited: int
    yes: int
    no: int
    maybe: int
    came: int
    absent: int
    heads: int

    @property
    def waiting(self) -> int:
        """Invited and not answered."""
        return self.invited - self.yes - self.no - self.maybe

    @property
    def per_head(self) -> int | None:
        """What it cost for each who came."""
        return rules.per_head(self.cost_minor, self.heads, self.guests)


@record
class GuestRow:
    """A client on the list of an event. After it: contacts, and assets opened or bought within the days of the rule."""

    number: int
    id: RecordId
    client: ClientId
    name: str
    tier: int
    stand: Stand
    invited_on: date | None
    channel: str | None
    replied_on: date | None
    companions: int | None
    note: str
    task: str | None
    contacts: int
    holdings: int
    amount_minor: int | None  # None: some of what was opened has no known amount, or is in another currency
    currency: str


@record
class Outcome:
    """What came of an event within `days` days: of those who came, how many were met again, how many bought."""

    days: int
    until: date
    over: bool  # whether that time has passed
    came: int
    met: int
    bought: int
    holdings: int
    amount_minor: int
    unknown: int  # guests of whose purchases some amount is not known
    currency: str


_ROWS = """
SELECT g.rowid, g.id, g.kind, g.title, g."on", g.at, g.minutes, coalesce(g.place, ''), g.club, g.seats, g.state,
       g.cost_minor, g.currency, g.guests, coalesce(g.note, ''), coalesce(g.lesson, ''), coalesce(g.reason, ''),
       count(i.id), count(i.invited_on), total(i.reply = 'yes'), total(i.reply = 'no'), total(i.reply = 'maybe'),
       total(i.came = 1), total(i.came = 0), total(CASE WHEN i.came THEN 1 + coalesce(i.companions, 0) END)
FROM gathering g LEFT JOIN invitation i ON i.gathering_id = g.id WHERE {where} GROUP BY g.id
ORDER BY {order} LIMIT :most
"""
_SOON = 'g.state = \'cancelled\', g."on" < :day, abs(julianday(g."on") - julianday(:day)), g.title'
_AFTER = """
SELECT i.id, (SELECT count(DISTINCT v."on") FROM visit v WHERE v.client_id = i.client_id AND v.state = 'held'
    AND v.two_way AND v."on" > i."on" AND v."on" <= date(i."on", :days)),
  count(h.id), total(h.amount_minor), total(h.id IS NOT NULL AND (h.amount_minor IS NULL OR h.currency <> :home))
FROM invitation i LEFT JOIN holding h ON h.client_id = i.client_id AND h.started_on > i."on"
    AND h.started_on <= date(i."on", :days) AND h.kind IN (SELECT value FROM json_each(:assets))
WHERE i.gathering_id = :key GROUP BY i.id
"""


def gatherings(reads: Reads, state: GatheringState | None = None, most: int = 500) -> tuple[GatheringRow, ...]:
    """The events: what is ahead by its day, then what has been, the latest first; cancelled ones last."""
    where = "1" if state is None else "g.state = :state"
    given = {"day": clock.today().isoformat(), "most": most, "state": state and state.value}
    return _gatherings(reads, where, given)


def gathering_of(reads: Reads, key: RecordId) -> GatheringRow | None:
    """One event; None when it is gone."""
    found = _gatherings(reads, "g.id = :key", {"day": clock.today().isoformat(), "most": 1, "key": key})
    return found[0] if found else None


def ahead(reads: Reads) -> int:
    """How many planned events are to come, or wait for a word on how they went."""
    return int(reads.value("SELECT count(*) FROM gathering WHERE state = 'planned'"))


def guests_of(reads: Reads, key: RecordId) -> tuple[GuestRow, ...]:
    """The list of an event by tier and name, with what came after it."""
    home = portfolio_currency(reads)
    given = {"key": key, "home": home, "days": f"+{tables.figure('outcome', 'days')} days",
             "assets": json.dumps(asset_kinds())}  # fmt: skip
    after = {row[0]: row[1:] for row in reads.rows(_AFTER, given)}
    rows = reads.rows(
        """
        SELECT i.rowid, i.id, i.client_id, c.name, i.invited_on, i.reply, i.came, i.channel, i.replied_on,
               i.companions, coalesce(i.note, ''), t.text
        FROM invitation i JOIN client c ON c.id = i.client_id LEFT JOIN task t ON t.id = i.task_id
        WHERE i.gathering_id = ?
        """,
        (key,),
    )
    tiers = _tiers(reads, [row[2] for row in rows])
    found = []
    for number, one, client, name, invited, reply, came, channel, replied, companions, note, task in rows:
        contacts, holdings, amount, unknown = after.get(one, (0, 0, 0, 0))
        found.append(
            GuestRow(
                number, RecordId(one), ClientId(client), name, tiers.get(client, 0),
                rules.stand(_day(invited), reply, None if came is None else bool(came)), _day(invited), channel,
                _day(replied), companions, note, task, contacts, holdings, None if unknown else int(amount), home,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda guest: (-guest.tier, guest.name, guest.number)))


def outcome_of(event: GatheringRow, guests: tuple[GuestRow, ...]) -> Outcome | None:
    """What came of a held event; None before it was held."""
    if event.state is not GatheringState.HELD:
        return None
    days = tables.figure("outcome", "days")
    until = date.fromordinal(event.on.toordinal() + days)
    came = [one for one in guests if one.stand is Stand.CAME]
    currency = guests[0].currency if guests else event.currency
    return Outcome(
        days, until, until < clock.today(), len(came), sum(one.contacts > 0 for one in came),
        sum(one.holdings > 0 for one in came), sum(one.holdings for one in came),
        sum(one.amount_minor or 0 for one in came), sum(one.amount_minor is None for one in came), currency,
    )  # fmt: skip


@record
class ClientEvent:
    """An event of a client's file."""

    gathering: RecordId | None
    title: str
    on: date
    stand: Stand
    note: str


def events_of(reads: Reads, client: ClientId, most: int = 200) -> tuple[ClientEvent, ...]:
    """The events a client was asked to, the newest first."""
    rows = reads.rows(
        "SELECT gathering_id, title, \"on\", invited_on, reply, came, coalesce(note, '') FROM invitation "
        'WHERE client_id = ? ORDER BY "on" DESC, id LIMIT ?',
        (client, most),
    )
    return tuple(
        ClientEvent(
            None if key is None else RecordId(key), title, date.fromisoformat(on),
            rules.stand(_day(invited), reply, None if came is None else bool(came)), note,
        )
        for key, title, on, invited, reply, came, note in rows
    )  # fmt: skip


def _gatherings(reads: Reads, where: str, given: dict[str, object]) -> tuple[GatheringRow, ...]:
    home = portfolio_currency(reads)
    return tuple(
        GatheringRow(
            row[0], RecordId(row[1]), row[2], row[3], date.fromisoformat(row[4]), row[5], row[6], row[7], row[8],
            row[9], GatheringState(row[10]), row[11], row[12] or home, row[13], row[14], row[15], row[16], row[17],
            row[18], int(row[19]), int(row[20]), int(row[21]), int(row[22]), int(row[23]), int(row[24]),
        )
        for row in reads.rows(_ROWS.format(where=where, order=_SOON), given)
    )  # fmt: skip


def _tiers(reads: Reads, clients: list[int]) -> dict[int, int]:
    """The tiers of these clients; those nobody knows are left out."""
    if not clients:
        return {}
    from rmdesk.services.care import portfolio

    whole = portfolio.current(reads)
    places = ((client, whole.place(client)) for client in clients)
    return {client: int(whole.tier[at]) for client, at in places if at is not None and whole.tier[at] > 0}


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
