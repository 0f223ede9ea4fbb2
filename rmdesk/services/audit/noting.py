"""Noting acts that change no data, on a connection of their own: quickly, without the ORM, and without forgetting what
was made of the data. Writes, so it belongs on the writing thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from rmdesk.base import clock
from rmdesk.models.kinds import Topic
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.writing import Facts, instant, note
from rmdesk.services.store import witness
from rmdesk.services.store.engine import Connection, connect, told
from rmdesk.services.store.reads import Params, Row

if TYPE_CHECKING:
    from rmdesk.services.store.store import Store

T = TypeVar("T")

VIEW_EVERY = timedelta(minutes=15)  # so that leafing to and fro does not drown the rest
_SEEN = """
SELECT max(seq) FROM audit_entry
WHERE entity = 'client' AND entity_id = ? AND at BETWEEN ? AND ? AND act = ? AND who = ?
"""
_LATEST = "SELECT max(at) FROM (SELECT at FROM audit_entry ORDER BY seq DESC LIMIT 100)"
BACK = timedelta(minutes=10)  # as the lease: more than that is no drift


class Page:
    """One transaction that only writes into the log."""

    def __init__(self, connection: Connection, who: str) -> None:
        self._connection = connection
        self.who = who
        self.audit_end: tuple[int, str] | None = None

    def one(self, sql: str, params: Params = ()) -> Row | None:
        found: Row | None = self._connection.execute(sql, params).fetchone()
        return found

    def bulk(self, sql: str, params: Params | list[Any] = (), *, topics: Iterable[Topic]) -> int:
        return int(self._connection.execute(sql, params).rowcount)


def noted(store: Store, act: Act, *, entity: str = "", entity_id: str | int = "", facts: Facts | None = None) -> int:
    """Put an act on record; gives the entry's number."""
    return _write(store, lambda page: note(page, act, entity=entity, entity_id=entity_id, facts=facts))


def viewed(store: Store, client: int) -> int:
    """Put on record that a client's file was opened; within a quarter of an hour that is one entry."""
    now = clock.now()
    asked = (str(client), instant(now - VIEW_EVERY), instant(now), Act.VIEW.value, store.who)

    def write(page: Page) -> int:
        seen = page.one(_SEEN, asked)
        return int(seen[0]) if seen and seen[0] else note(page, Act.VIEW, entity="client", entity_id=client)

    return _write(store, write)


def opened(store: Store, way: str) -> None:
    """Put on record that the desk was unlocked (`way`: a code), after all that could not be written while it was not.

    Looks first whether the log ends as it was left, and whether the clock stands before what it has seen.
    """
    waiting = witness.left(store.folder)
    end = witness.kept(store.folder, store.key)

    def write(page: Page) -> None:
        last = page.one("SELECT seq FROM audit_entry ORDER BY seq DESC LIMIT 1")
        if not _ends_as_left(page, end) and not any(one.act == Act.RESTORE for one in waiting):
            note(page, Act.BREAK, facts={"last": last[0] if last else 0, "kept": end[0] if end else 0})
        for one in waiting:
            with suppress(ValueError):  # the file lies open: what is no act of ours is passed over
                note(page, Act(one.act), facts=one.facts, at=datetime.fromisoformat(one.at))
        _check_clock(page)
        note(page, Act.UNLOCK, facts={"way": way})

    _write(store, write)
    witness.took(store.folder)


def clock_looked_at(store: Store, ahead: timedelta = timedelta()) -> None:
    """Put on record a clock that stands before what the log has seen, or that jumped `ahead`."""

    def write(page: Page) -> None:
        if not _check_clock(page) and ahead:
            note(page, Act.CLOCK, facts={"ahead_minutes": int(ahead.total_seconds() // 60)})

    _write(store, write)


def _check_clock(page: Page) -> bool:
    seen = page.one(_LATEST)
    if not seen or not seen[0]:
        return False
    back = datetime.fromisoformat(seen[0]) - clock.now()
    if back <= BACK:
        return False
    note(page, Act.CLOCK, facts={"back_minutes": int(back.total_seconds() // 60)})
    return True


def _ends_as_left(page: Page, end: tuple[int, str] | None) -> bool:
    if end is None:
        return page.one("SELECT 1 FROM audit_entry LIMIT 1") is None
    found = page.one("SELECT hash FROM audit_entry WHERE seq = ?", (end[0],))
    return found is not None and found[0] == end[1]


def _write(store: Store, write: Callable[[Page], T]) -> T:
    connection = connect(store.path, store.key)
    try:
        with told(store.path):
            connection.execute("BEGIN IMMEDIATE")
            page = Page(connection, store.who)
            try:
                done = write(page)
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
            if page.audit_end is not None:
                witness.keep(store.folder, store.key, *page.audit_end)
    finally:
        connection.close()
    return done
