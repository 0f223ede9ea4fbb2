"""Which batch stands for what the hub told of a day, so that every value keeps its day and where it came from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rmdesk.base import clock
from rmdesk.models.kinds import BatchState, Topic
from rmdesk.wire.bank import SAME

if TYPE_CHECKING:
    from rmdesk.services.store.work import UnitOfWork

BANK = "bank"  # who told, where it is not the day of one book
_TOPICS = (Topic.IMPORTS,)
_DATED = {"client": Topic.CLIENTS, "account": Topic.HOLDINGS, "holding": Topic.HOLDINGS}


class Days:
    """Batches of what a hub told: one for each day, and for each book one whose day moves with the book's.

    `scope` names the book. A row told of the book's day hangs on the book's batch, and moves with it.
    """

    def __init__(self, work: UnitOfWork, scope: str) -> None:
        self._work, self._scope = work, scope
        self._explicit: dict[str, int] = {}
        self._own: tuple[int, str | None] | None = None
        told = "SELECT id, who, as_of, counts FROM batch WHERE state = ?"
        for batch, who, day, unknown in work.rows(told, (BatchState.TOLD.value,)):
            if who == BANK:
                self._explicit[day] = batch
            elif who == scope:
                self._own = (batch, None if unknown else day)

    def header(self, as_of: str | None) -> tuple[str | None, int]:
        """The day and the batch of a row told of this day; the day is None while the book's is not known."""
        if as_of == SAME:
            batch, day = self._book()
            return day, batch
        return as_of, self.batch(as_of)

    def batch(self, day: str | None) -> int:
        """The batch of a day; what nobody dated counts as told today."""
        wanted = day or clock.today().isoformat()
        if wanted not in self._explicit:
            self._explicit[wanted] = self._made(BANK, wanted, None)
        return self._explicit[wanted]

    def move(self, day: str | None) -> set[int]:
        """The book's day is this one: so is that of every row told of it. Gives the clients whose rows have moved."""
        batch, known = self._book()
        if day is None or day == known:
            return set()
        self._work.bulk("UPDATE batch SET as_of = ?, counts = NULL WHERE id = ?", (day, batch), topics=_TOPICS)
        for table, topic in _DATED.items():
            self._work.bulk(f"UPDATE {table} SET as_of = ? WHERE batch_id = ?", (day, batch), topics={topic})
        self._own = (batch, day)
        moved = "SELECT id FROM client WHERE batch_id = ?1 UNION SELECT client_id FROM account WHERE batch_id = ?1"
        moved += " UNION SELECT client_id FROM holding WHERE batch_id = ?1"
        return {row[0] for row in self._work.rows(moved, (batch,))}

    def older(self, days: dict[str, str | None] | None) -> str | None:
        """By field the batch that told it, as it is kept."""
        if not days:
            return None
        return json.dumps({name: self.batch(day) if day else None for name, day in days.items()}, sort_keys=True)

    def _book(self) -> tuple[int, str | None]:
        if self._own is None:
            self._own = (self._made(self._scope, clock.today().isoformat(), "{}"), None)
        return self._own

    def _made(self, who: str, day: str, counts: str | None) -> int:
        """`counts` marks a book's batch whose day is not known yet."""
        self._work.bulk(
            "INSERT INTO batch (at, who, as_of, state, counts) VALUES (?, ?, ?, ?, ?)",
            (clock.now().isoformat(timespec="milliseconds"), who, day, BatchState.TOLD.value, counts),
            topics=_TOPICS,
        )
        made: Any = self._work.value("SELECT last_insert_rowid()")
        return int(made)
