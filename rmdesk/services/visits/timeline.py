"""What the timeline of a client tells of visits, promises and tasks."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from rmdesk.base import clock
from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import ClientId, PromiseState, TaskState, VisitState
from rmdesk.services.events import Event, EventKind
from rmdesk.services.store.reads import Reads, Row
from rmdesk.services.visits import rules
from rmdesk.services.visits.words import CHANNELS


def events_of(reads: Reads, client: ClientId, limit: int, before: date | None = None) -> list[Event]:
    """Contacts, plans, promises and tasks of a client up to the day `before`, newest first; `limit` of each kind."""
    params = (client, (before or date.max).isoformat(), limit)
    events = [_contact(row) for row in reads.rows(_VISITS, params)]
    events += [_promise(row) for row in reads.rows(_PROMISES, params)]
    events += [_task(row) for row in reads.rows(_TASKS, params)]
    return sorted(events, key=lambda event: event.on, reverse=True)


_VISITS = """
SELECT "on", state, channel, two_way, content, purpose, id, at, entered_at, reason FROM visit
WHERE client_id = ? AND "on" <= ? ORDER BY "on" DESC, entered_at DESC LIMIT ?
"""
_PROMISES = """
SELECT made_on, due_on, state, text, id, outcome, closed_on FROM promise
WHERE client_id = ? AND made_on <= ? ORDER BY made_on DESC LIMIT ?
"""
_TASKS = """
SELECT made_on, due_on, state, text, id FROM task WHERE client_id = ? AND made_on <= ? ORDER BY made_on DESC LIMIT ?
"""


def _contact(row: Row) -> Event:
    held = row[1] == VisitState.HELD
    on = date.fromisoformat(row[0])
    late = held and rules.is_late(on, row[7], datetime.fromisoformat(row[8]).astimezone())
    text = row[4] or row[9] or row[5] or ""
    title = _title(str(row[1]), str(row[2]), two_way=bool(row[3]), late=late)
    return Event(on, EventKind.CONTACT if held else EventKind.PLAN, title, text, late, "visit", row[6])


@lru_cache(maxsize=256)
def _title(state: str, named: str, *, two_way: bool, late: bool) -> Phrase:
    channel = phrase(CHANNELS.get(named) or named)
    title = {
        str(VisitState.PLANNED): phrase("{channel}, planned", channel=channel),
        str(VisitState.CANCELLED): phrase("{channel}, cancelled", channel=channel),
        str(VisitState.POSTPONED): phrase("{channel}, postponed", channel=channel),
    }.get(state, channel if two_way else phrase("{channel}, no answer", channel=channel))
    return phrase("{channel}, late entry", channel=title) if late else title


def _promise(row: Row) -> Event:
    made, due, state, text, key, outcome, _closed = row
    said: dict[str, Phrase] = {
        PromiseState.KEPT: phrase("Promise kept"),
        PromiseState.WITHDRAWN: phrase("Promise withdrawn"),
        PromiseState.HANDED_OVER: phrase("Promise handed over"),
    }
    late = state == PromiseState.OPEN and due < clock.today().isoformat()
    whole = f"{text} · {outcome}" if outcome else text
    title = said.get(state) or phrase("Promise until {day}", day=due)
    return Event(date.fromisoformat(made), EventKind.PROMISE, title, whole, late, "promise", key)


def _task(row: Row) -> Event:
    made, due, state, text, key = row
    said: dict[str, Phrase] = {TaskState.DONE: phrase("Task done"), TaskState.DROPPED: phrase("Task dropped")}
    open_ = phrase("Task until {day}", day=due) if due else phrase("Task")
    late = state == TaskState.OPEN and due is not None and due < clock.today().isoformat()
    return Event(date.fromisoformat(made), EventKind.TASK, said.get(state) or open_, text, late, "task", key)
