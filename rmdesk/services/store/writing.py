"""The engine of the writing side, by SQLAlchemy; what only reads opens the driver itself (engine.py)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from rmdesk.services.store.engine import Connection, connect

if TYPE_CHECKING:
    from sqlalchemy import Dialect, Engine

_dialects: list[Dialect] = []  # the one that all engines share, once it has seen a connection


def engine(path: Path, key: bytes, *, foreign_keys: bool = True) -> Engine:
    """The SQLAlchemy engine for writing: one connection, kept open, BEGIN IMMEDIATE.

    `foreign_keys` is off only while the schema is upgraded.
    """
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import QueuePool

    def opened() -> Connection:
        connection = connect(path, key)
        if not foreign_keys:
            connection.execute("PRAGMA foreign_keys=OFF").fetchall()
        return connection

    made = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=opened,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
    )

    # Statements are kept as compiled for a dialect: with a new one after each unlocking they would be compiled again,
    # and those of all earlier ones kept. A dialect knows nothing of a file or its key.
    if _dialects and _dialects[0].server_version_info:
        made.dialect = _dialects[0]
    else:
        _dialects[:] = [made.dialect]

    @event.listens_for(made, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return made
