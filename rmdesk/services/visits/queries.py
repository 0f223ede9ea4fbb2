"""Reads visits: what is planned, the log, one client's, and what a form starts from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import ClientId, RecordId, VisitState
from rmdesk.services.clients.standing import contactable
from rmdesk.services.store.reads import Reads, Row
from rmdesk.services.visits import rules
from rmdesk.services.visits.entry import Entry
from rmdesk.services.visits.rows import VisitRow, Waiting
from rmdesk.services.visits.rules import Found

_COLUMNS = """
SELECT v.rowid, v.id, v.client_id, c.name, v.state, v.channel, v."on", v.at, v.minutes, v.two_way, v.inbound,
       v.marketing, v.purpose, v.content, v.participants, v.place, v.district, v.found, v.mood, v.next_step, v.next_on,
       v.reason, v.entered_at,
       (SELECT r.verdict FROM review r WHERE r.entity = 'visit' AND r.entity_id = v.id
        ORDER BY r.at DESC, r.id DESC LIMIT 1)
FROM visit v JOIN client c ON c.id = v.client_id
"""
# As `rules.is_late`, for a condition over many rows; a test holds both together.
LATE = """
(v.state = 'held'
 AND (julianday(v.entered_at, 'localtime') - julianday(v."on" || ' ' || coalesce(v.at, '23:59'))) * 24 > {hours})
"""


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What of the log is shown; nothing given shows all that was held, cancelled or postponed."""

    text: str = ""
    channel: str = ""
    state: str = ""
    late: bool = False
    client: ClientId | None = None
    first: date | None = None
    last: date | None = None


def log_ids(reads: Reads, wanted: LogFilter = LogFilter()) -> list[int]:
    """The numbers of the visits in the log, newest first."""
    conditions, params = _conditions(wanted)
    sql = (
        "SELECT v.rowid FROM visit v JOIN client c ON c.id = v.client_id "
        f'WHERE {" AND ".join(conditions)} ORDER BY v."on" DESC, v.at DESC, v.entered_at DESC'
    )
    return [row[0] for page in reads.pages(sql, params) for row in page]


def log_rows(reads: Reads, numbers: Sequence[int]) -> tuple[VisitRow, ...]:
    """The visits with these numbers, in any order."""
    rows = reads.rows(f"{_COLUMNS} WHERE v.rowid IN (SELECT value FROM json_each(?))", (json.dumps(list(numbers)),))
    return tuple(_visit(row) for row in rows)


def planned(reads: Reads, client: ClientId | None = None) -> tuple[VisitRow, ...]:
    """What is planned, by day and time; days that have passed come first: they wait to be logged or put off.

    Clients who may not be contacted are left out.
    """
    one = "" if client is None else "AND v.client_id = :client"
    sql = (
        f"{_COLUMNS} WHERE v.state = 'planned' AND {contactable('c')} {one} "
        'ORDER BY v."on", v.at IS NULL, v.at, v.id LIMIT 5000'
    )
    return tuple(_visit(row) for row in reads.rows(sql, {"client": client or 0}))


def visits_of(reads: Reads, client: ClientId, limit: int = 200) -> tuple[VisitRow, ...]:
    """A client's visits that are not planned, newest first."""
    sql = (
        f"{_COLUMNS} WHERE v.client_id = ? AND v.state <> 'planned' "
        'ORDER BY v."on" DESC, v.at DESC, v.entered_at DESC LIMIT ?'
    )
    return tuple(_visit(row) for row in reads.rows(sql, (client, limit)))


def visit_of(reads: Reads, visit: RecordId) -> VisitRow:
    """One visit; refused when it is gone."""
    row = reads.one(f"{_COLUMNS} WHERE v.id = ?", (visit,))
    if row is None:
        raise Refused(N_("This visit no longer exists."), do=N_("Reload the page."), code="gone")
    return _visit(row)


def entry_of(row: VisitRow) -> Entry:
    """What a form about this visit begins with."""
    return Entry(
        client=row.client, channel=row.channel, content=row.content, on=row.on, at=row.at or None,
        minutes=row.minutes, two_way=row.two_way, inbound=row.inbound, marketing=row.marketing, purpose=row.purpose,
        participants=row.participants, place=row.place, district=row.district, found=row.found,
        mood=row.mood or None, next_step=row.next_step, next_on=row.next_on,
    )  # fmt: skip


def waiting(reads: Reads, day: date | None = None) -> Waiting:
    """What waits today, for the navigation."""
    row = reads.one(
        f"""
        SELECT (SELECT count(*) FROM visit v JOIN client c ON c.id = v.client_id
                WHERE v.state = 'planned' AND v."on" <= :day AND {contactable("c")}),
               (SELECT count(*) FROM promise WHERE state = 'open' AND due_on <= :day),
               (SELECT count(*) FROM task t LEFT JOIN client c ON c.id = t.client_id
                WHERE t.state = 'open' AND t.due_on <= :day AND (c.id IS NULL OR {contactable("c")}))
        """,
        {"day": (day or clock.today()).isoformat()},
    )
    assert row is not None
    return Waiting(*row)


def last_contact_of(reads: Reads, client: ClientId, day: date | None = None) -> date | None:
    """The day of the last two-way contact."""
    found = reads.value(
        'SELECT max("on") FROM visit WHERE client_id = ? AND state = \'held\' AND two_way AND "on" <= ?',
        (client, (day or clock.today()).isoformat()),
    )
    return None if found is None else date.fromisoformat(found)


def _conditions(wanted: LogFilter) -> tuple[list[str], dict[str, object]]:
    conditions = ["v.state <> 'planned'"]
    params: dict[str, object] = {}
    if wanted.text.strip():
        conditions.append(
            "instr(lower(c.name || ' ' || coalesce(v.purpose, '') || ' ' || coalesce(v.content, '') || ' ' "
            "|| coalesce(v.next_step, '') || ' ' || coalesce(v.found, '') || ' ' || coalesce(v.reason, '')), :text)"
        )
        params["text"] = wanted.text.strip().lower()
    for name in ("channel", "state"):
        if getattr(wanted, name):
            conditions.append(f"v.{name} = :{name}")
            params[name] = getattr(wanted, name)
    if wanted.client is not None:
        conditions.append("v.client_id = :client")
        params["client"] = wanted.client
    for name, sign in (("first", ">="), ("last", "<=")):
        if getattr(wanted, name) is not None:
            conditions.append(f'v."on" {sign} :{name}')
            params[name] = getattr(wanted, name).isoformat()
    if wanted.late:
        conditions.append(LATE.format(hours=float(rules.limit("late", "hours"))))
    return conditions, params


def _visit(row: Row) -> VisitRow:
    on, entered = date.fromisoformat(row[6]), datetime.fromisoformat(row[22]).astimezone()
    return VisitRow(
        number=row[0], id=RecordId(row[1]), client=ClientId(row[2]), name=row[3], state=row[4], channel=row[5], on=on,
        at=row[7] or "", minutes=row[8], two_way=bool(row[9]), inbound=bool(row[10]), marketing=bool(row[11]),
        purpose=row[12] or "", content=row[13] or "", participants=row[14] or "", place=row[15] or "",
        district=row[16] or "", found=tuple(Found(one["text"], one["kind"]) for one in json.loads(row[17] or "[]")),
        mood=row[18] or "", next_step=row[19] or "", next_on=None if row[20] is None else date.fromisoformat(row[20]),
        reason=row[21] or "", entered_on=entered.date(),
        late=row[4] == VisitState.HELD and rules.is_late(on, row[7], entered), word=row[23] or "",
    )  # fmt: skip
