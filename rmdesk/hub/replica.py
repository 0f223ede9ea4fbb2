"""A copy of the hub's database that follows behind: most of what desks ask is read there, where that is safe.

Who may read what is always asked of the primary. A copy only tells rows, and only of a scope in which it has got as
far as the desk has; it is left alone for a while when it does not answer, and for good when it is of another epoch.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import psycopg
from psycopg import Connection
from sqlalchemy.exc import SQLAlchemyError

from rmdesk.hub.database import Busy, Database

T = TypeVar("T")
PAUSE_S = 30.0  # a copy that failed is not asked again before


class Replica:
    """A copy, while it answers."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._again = clock()

    def read(self, work: Callable[[Connection[Any]], T], scopes: Iterable[str], epoch: int) -> T | None:
        """What `work` finds in the copy; None when the copy cannot be asked, or is not of this epoch."""
        if self._clock() < self._again:
            return None

        def ask(connection: Connection[Any]) -> T | None:
            row = connection.execute("SELECT epoch FROM hub_state").fetchone()
            return work(connection) if row is not None and row[0] == epoch else None

        try:
            return self._database.run(ask, scopes, reading=True)
        except (psycopg.Error, SQLAlchemyError, Busy):
            self._again = self._clock() + PAUSE_S
            return None

    def close(self) -> None:
        """Let go of it."""
        self._database.close()


def of(url: str, **how: Any) -> Replica | None:
    """The copy at this address, as `Database` takes it; None without one."""
    return Replica(Database(url, connect_timeout_s=3, **how)) if url else None
