"""Transactions of the hub: the one place that opens and commits them.

Each works in the scopes it names and in no others: the database itself hides all other rows (row-level security).
What fails because two of them met is done again as a whole.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import msgspec
import psycopg
from psycopg import Connection, errors
from psycopg.types.json import set_json_dumps, set_json_loads
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from rmdesk.base.errors import Trouble
from rmdesk.base.text import N_

T = TypeVar("T")
# Serialization failure, deadlock, lock not available, and two who made the same row: all gone when done again.
AGAIN = (errors.SerializationFailure, errors.DeadlockDetected, errors.LockNotAvailable, errors.UniqueViolation)
TRIES = 6
SET = "SELECT set_config('app.scopes', %s, true), set_config('lock_timeout', %s, true)"

set_json_loads(msgspec.json.decode)
set_json_dumps(lambda value: msgspec.json.encode(value).decode())


class Again(Exception):
    """What was read has changed before it was locked: do the whole transaction again."""


class Busy(Exception):
    """Too many want the same; come again in a while."""


class Database:
    """A pool of connections to one PostgreSQL."""

    def __init__(
        self,
        url: str,
        *,
        pool: int = 8,
        lock_timeout_ms: int = 5000,
        statement_timeout_ms: int = 0,
        connect_timeout_s: int = 10,
    ) -> None:
        self._lock_timeout = str(lock_timeout_ms)
        options = f"-c statement_timeout={statement_timeout_ms} -c timezone=UTC"
        self.engine = create_engine(
            "postgresql+psycopg://",
            creator=lambda: psycopg.connect(plain_url(url), options=options, connect_timeout=connect_timeout_s),
            poolclass=QueuePool,
            pool_size=pool,
            max_overflow=0,
            pool_timeout=20,
        )

    @contextmanager
    def transaction(self, scopes: Iterable[str] = (), *, reading: bool = False) -> Iterator[Connection[Any]]:
        """A transaction over plain SQL; committed at the end, undone when anything is raised.

        `reading`: nothing is written and everything is seen as of one moment.
        """
        with self._connection(reading=reading) as connection, connection.transaction():
            self.enter(connection, scopes)
            yield connection

    def enter(self, connection: Connection[Any], scopes: Iterable[str]) -> None:
        """Work in these scopes from here to the end of the transaction."""
        connection.execute(SET, ("{" + ",".join(scopes) + "}", self._lock_timeout))

    @contextmanager
    def session(self, scopes: Iterable[str] = ()) -> Iterator[Session]:
        """A transaction over the ORM, for people and what is rare; committed at the end."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            told = {"scopes": "{" + ",".join(scopes) + "}", "wait": self._lock_timeout}
            session.connection().exec_driver_sql(
                "SELECT set_config('app.scopes', %(scopes)s, true), set_config('lock_timeout', %(wait)s, true)", told
            )
            yield session

    def run(self, work: Callable[[Connection[Any]], T], scopes: Iterable[str] = (), *, reading: bool = False) -> T:
        """Do `work` in a transaction, and again as a whole when it met another one. Busy after some tries."""
        kept = tuple(scopes)
        for attempt in range(TRIES):
            try:
                with self.transaction(kept, reading=reading) as connection:
                    return work(connection)
            except (*AGAIN, Again):
                time.sleep(random.uniform(0.002, 0.01) * 2**attempt)
            except psycopg.OperationalError:  # the server was restarted under an idle connection
                if attempt:
                    raise
        raise Busy

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    @contextmanager
    def _connection(self, *, reading: bool) -> Iterator[Connection[Any]]:
        raw = self.engine.raw_connection()
        connection: Connection[Any] = raw.driver_connection  # type: ignore[assignment]
        try:
            if reading:
                connection.isolation_level, connection.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
            yield connection
        finally:
            if connection.broken or connection.closed:
                raw.invalidate()
            else:
                if reading:
                    connection.isolation_level = connection.read_only = None
                raw.close()


def plain_url(url: str) -> str:
    """The address as libpq takes it, whether written for SQLAlchemy or not."""
    return "postgresql" + url[url.index("://") :] if url.startswith("postgresql+") else url


def connect(url: str) -> Connection[Any]:
    """One connection of its own, each statement for itself; `Trouble` when the server does not answer."""
    try:
        return psycopg.connect(plain_url(url), autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        raise Trouble(
            N_("The database does not answer."), do=N_("Check its address and that it runs."), code="database"
        ) from error
