"""The small cards beside the care list: the agenda, occasions ahead, maturities and warnings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from rmdesk.base import clock
from rmdesk.models.kinds import ClientId, RecordId
from rmdesk.services.care import words
from rmdesk.services.care.returned import returned
from rmdesk.services.care.rows import AgendaRow, OccasionRow, Shade, WarningRow
from rmdesk.services.care.welcome import ACTIVE, WELCOME, welcome
from rmdesk.services.care.words import Compact
from rmdesk.services.occasions import due as occasions
from rmdesk.services.occasions import names
from rmdesk.services.scoring import tables
from rmdesk.services.segments.assets import asset_kinds
from rmdesk.services.store.reads import Reads


def agenda(reads: Reads, day: date) -> tuple[AgendaRow, ...]:
    """What the lead gave back, then visits planned for the day by time, those without a time after them, then
    promises due, then maturities that one meant to speak about."""
    rows = reads.rows(
        f"""
        SELECT client_id, name, at, kind, channel, text, id FROM (
        SELECT v.client_id, c.name, v.at, 'visit' AS kind, v.channel, v.purpose AS text, v.id, 0 AS later
        FROM visit v JOIN client c ON c.id = v.client_id
        WHERE v.state = 'planned' AND v."on" = :day AND {ACTIVE}
        UNION ALL
        SELECT p.client_id, c.name, NULL, 'promise', NULL, p.text, p.id, 1
        FROM promise p JOIN client c ON c.id = p.client_id
        WHERE p.state = 'open' AND p.due_on = :day AND {ACTIVE}
        UNION ALL
        SELECT r.client_id, c.name, NULL, 'maturity', NULL,
               h.name || CASE WHEN r.note IS NULL THEN '' ELSE ' · ' || r.note END, r.id, 2
        FROM renewal_plan r JOIN holding h ON h.key = r.holding_key JOIN client c ON c.id = r.client_id
        WHERE r."on" = :day AND (h.ended_on IS NULL OR h.ended_on > :day) AND {ACTIVE})
        ORDER BY later, at IS NULL, at, name, id LIMIT 200
        """,
        {"day": day.isoformat()},
    )
    planned = (AgendaRow(ClientId(row[0]), row[1], row[2], row[3], row[4], row[5], RecordId(row[6])) for row in rows)
    return (*(_given_back(reads) if day == clock.today() else ()), *planned)


def _given_back(reads: Reads) -> Iterator[AgendaRow]:
    for one in returned(reads):
        yield AgendaRow(one.client, one.client_name, None, one.word, None, one.comment, RecordId(one.id), one.entity)


def occasions_ahead(reads: Reads, day: date, days: int) -> tuple[OccasionRow, ...]:
    """The occasions from today to `days` ahead, by day, those that weigh most first."""
    rule = tables.occasions()
    found = occasions.due(reads, day, day + timedelta(days))
    people = welcome(reads, {due.client for due in found})
    found = [due for due in found if due.client in people]
    found.sort(key=lambda due: (due.on, -due.weight(rule), due.client))
    return tuple(
        OccasionRow(
            client=ClientId(due.client),
            name=people[due.client],
            person=due.person,
            kind=due.kind.value,
            title=names.title(due),
            on=due.on,
            days=(due.on - day).days,
            calendar=due.calendar.value,
            age=due.years or None,
            round=due.is_round(rule),
        )
        for due in found
    )


def warnings(reads: Reads, day: date, limit: int) -> tuple[WarningRow, ...]:
    """Maturities within the window of the score, then the deepest falls and the tiers on watch."""
    from rmdesk.services.care import falls

    return (*_maturities(reads, day, limit), *falls.falls(reads, day, limit))[:limit]


def _maturities(reads: Reads, day: date, limit: int) -> list[WarningRow]:
    import json

    rule = tables.table()
    rows = reads.rows(
        f"""
        SELECT h.client_id, c.name, h.kind, h.amount_minor, h.currency, h.matures_on
        FROM holding h JOIN client c ON c.id = h.client_id
        WHERE h.matures_on BETWEEN :day AND :last AND h.ended_on IS NULL AND h.renewed IS NOT 1 AND h.amount_minor > 0
          AND h.kind IN (SELECT value FROM json_each(:assets)) AND {WELCOME}
        ORDER BY h.matures_on, h.amount_minor DESC, h.id LIMIT :limit
        """,
        {
            "day": day.isoformat(),
            "last": (day + timedelta(rule.maturity_full)).isoformat(),
            "assets": json.dumps(asset_kinds()),
            "limit": limit,
        },
    )
    found = []
    for client, name, kind, amount, currency, text in rows:
        on = date.fromisoformat(text)
        said = words.matures(kind, Compact(amount, currency), on, day)
        found.append(WarningRow(ClientId(client), name, "maturity", Shade.OCCASION, said, on, amount, currency))
    return found
