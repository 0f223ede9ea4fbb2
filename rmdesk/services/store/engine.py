"""Opens the encrypted file: the key first, then the pragmas that everything relies on.

Reading goes through the driver itself; SQLAlchemy is loaded only when something is written (docs/adr/0003).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from rmdesk.base.errors import Trouble
from rmdesk.base.text import N_

if TYPE_CHECKING:
    from sqlalchemy import Engine

# Before 3.51.3, two connections that write and checkpoint at once can corrupt a WAL database.
OLDEST_SQLITE = (3, 51, 3)
CACHE_KIB = 65536  # SQLCipher decrypts a page each time it enters the cache; 64 MB keeps a portfolio's pages in
BUSY_MS = 10_000

Connection = Any  # sqlcipher3 ships no types

WRONG_KEY = "file is not a database"


def check_library() -> None:
    """Refuse to run on an SQLite that can corrupt a WAL file."""
    if tuple(dbapi2.sqlite_version_info) < OLDEST_SQLITE:
        raise Trouble(
            N_("This SQLite ({version}) is too old to keep data safe."),
            do=N_("Install rmdesk with its own sqlcipher3 package, as the README says."),
            code="sqlite_too_old",
            version=dbapi2.sqlite_version,
        )


def connect(path: Path, key: bytes, *, create: bool = False) -> Connection:
    """A connection to the file with its raw 32-byte key; autocommit, transactions are begun by hand.

    Raises Trouble with a sentence for a wrong key or a damaged file, a missing file, a read-only folder.
    """
    check_library()
    mode = "rwc" if create else "rw"
    try:
        connection = dbapi2.connect(
            f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
        )
        with told(path):
            connection.execute("PRAGMA cipher_log_level=NONE").fetchall()
            connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"").fetchall()
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            for pragma in (
                "journal_mode=WAL",
                "synchronous=FULL",
                "foreign_keys=ON",
                f"cache_size=-{CACHE_KIB}",
                f"busy_timeout={BUSY_MS}",
                "secure_delete=ON",
                "temp_store=MEMORY",
            ):
                connection.execute(f"PRAGMA {pragma}").fetchall()
    except dbapi2.Error as error:
        raise trouble_of(error, path) from error
    return connection


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns the driver's errors into sentences."""
    try:
        yield
    except dbapi2.Error as error:
        raise trouble_of(error, path) from error


def trouble_of(error: Exception, path: Path) -> Trouble:
    """The sentence for a driver error; the file is never touched by telling."""
    text = str(error)
    if WRONG_KEY in text:
        return Trouble(
            N_("The key does not open this data file, or the file is damaged."),
            do=N_("Check the passphrase. If it is right, restore the last backup; the file was not changed."),
            code="wrong_key",
        )
    if "malformed" in text or "disk I/O" in text:
        return Trouble(
            N_("The data file is damaged: {name}."),
            do=N_("Nothing was overwritten. Close rmdesk, keep a copy of the folder, and restore the last backup."),
            code="damaged",
            name=path.name,
        )
    if "readonly" in text or "unable to open" in text:
        return Trouble(
            N_("The data file cannot be written: {name}."),
            do=N_("Check that the folder exists, is on this computer and may be written to."),
            code="not_writable",
            name=path.name,
        )
    if "full" in text:
        return Trouble(
            N_("The disk is full. What was saved before is safe; this change was not saved."),
            do=N_("Free some space and try again."),
            code="disk_full",
        )
    if "locked" in text or "busy" in text:
        return Trouble(
            N_("The data file is in use by another program."),
            do=N_("Close the other program and try again."),
            code="busy",
        )
    return Trouble(
        N_("The data file could not be used ({reason})."),
        do=N_("Try again; if it stays so, run rmdesk doctor."),
        code="store",
        reason=text,
    )


def engine(path: Path, key: bytes) -> Engine:
    """The SQLAlchemy engine for writing: one connection, kept open, BEGIN IMMEDIATE."""
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import QueuePool

    made = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connect(path, key),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
    )

    @event.listens_for(made, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return made
