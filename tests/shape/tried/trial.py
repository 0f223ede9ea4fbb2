"""Trying a command: done, taken back, done again and taken back again, with the whole file compared each time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from rmdesk.base.errors import Known
from rmdesk.models.all import Model
from rmdesk.models.kinds import ClientId
from rmdesk.services.store.command import Command
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.store import Store
from tests.support.build import perform

T = TypeVar("T")
# Not the manager's records: what was done, what can be made again, what waits for the index.
APART = {"change", "audit_entry", "kept", "search_text", "search_change", "client_figures"}
FEWER = (  # what makes comparing slow, and nothing here needs
    "DELETE FROM month_fact WHERE client_id % 20",
    "DELETE FROM kyc_block WHERE client_id % 4",
    "DELETE FROM visit WHERE \"on\" < '2026-09-01'"
    " AND id NOT IN (SELECT visit_id FROM promise WHERE visit_id IS NOT NULL"
    " UNION SELECT visit_id FROM task WHERE visit_id IS NOT NULL UNION SELECT visit_id FROM journal_visit)",
)
TABLES = {name: table for name, table in Model.metadata.tables.items() if name not in APART}

Case = Callable[["Trial"], Command[Any]]


def rows_of(reads: Reads, names: Iterable[str]) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of some tables."""
    keys = {name: ", ".join(f'"{column.name}"' for column in TABLES[name].primary_key) for name in names}
    return {name: reads.rows(f'SELECT * FROM "{name}" ORDER BY {key}') for name, key in keys.items()}


class Trial:
    """One demo portfolio on which all commands are tried, one after another."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder = store, folder
        self.met: set[str] = set()  # inverses that were performed, by class name
        perform(store, lambda work: [work.bulk(sql, topics=()) for sql in FEWER])
        self._touched = set(TABLES)
        self._known: dict[str, list[tuple[Any, ...]]] = {}
        self._watch()

    def _watch(self) -> None:
        """Learn from the writing connection which tables are written to: reading all of them each time takes long."""
        pooled = self.store._open_engine().raw_connection()
        connection = pooled.driver_connection
        assert connection is not None
        connection.create_function("touched", 1, self._touched.add)
        for name in TABLES:
            for what in ("INSERT", "UPDATE", "DELETE"):
                connection.execute(
                    f'CREATE TEMP TRIGGER "touched_{name}_{what}" AFTER {what} ON main."{name}" '
                    f"BEGIN SELECT touched('{name}'); END"
                )
        pooled.close()

    def one(self, sql: str, *params: object) -> Any:
        """A value of the portfolio; there must be one."""
        found = self.store.read(lambda reads: reads.value(sql, params))
        assert found is not None, sql
        return found

    def do(self, command: Command[T]) -> T:
        """Prepare something; it stays."""
        return self.store.perform(command).result

    def client(self, at: int = 0) -> ClientId:
        """One of the people who may be contacted, with a long record; the first is the wealthiest."""
        return ClientId(
            self.one(
                "SELECT c.id FROM client c JOIN client_figures f ON f.client_id = c.id WHERE c.status = 'active' "
                "AND c.kind = 'person' AND c.marketing_consent = 1 ORDER BY f.aum_minor DESC, c.id LIMIT 1 OFFSET ?",
                at,
            )
        )

    def state(self) -> dict[str, list[tuple[Any, ...]]]:
        """All rows of all tables that hold records."""
        touched = sorted(self._touched)
        self._touched.clear()
        self._known = {**self._known, **self.store.read(rows_of, touched)}
        return self._known

    def wrong(self, case: Case) -> list[str]:
        """Which tables are not as they should be: after undo as before, after redo as done, after undo as before."""
        try:
            command = case(self)
            before = self.state()
            outcome = self.store.perform(command)
        except Known as error:
            return [f"was refused: {error} {error.field}"]
        if outcome.inverse is None:
            return ["gives no inverse"]
        done = self.state()
        if done == before:
            return ["changes nothing"]
        found = []
        for said, wanted in (("undo", before), ("redo", done), ("undo again", before)):
            if outcome.inverse is None:
                return [*found, f"{said}: {type(outcome).__name__} gives no inverse"]
            self.met.add(type(outcome.inverse).__name__)
            outcome = self.store.perform(outcome.inverse)
            now = self.state()
            found += [f"{said}: {name}" for name in wanted if now[name] != wanted[name]]
        return found
