"""Opens the encrypted file: the key first, then the pragmas that everything relies on.

Reading goes through the driver itself; SQLAlchemy is loaded only when something is written (docs/adr/0003).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from rmdesk.base.errors import Cancelled, Trouble
from rmdesk.base.text import N_
from rmdesk.services.store.place import disk_full, not_writable

# Before 3.51.3, two connections that write and checkpoint at once can corrupt a WAL database.
OLDEST_SQLITE = (3, 51, 3)
CACHE_KIB = 65536  # SQLCipher decrypts a page each time it enters the cache; 64 MB keeps a portfolio's pages in
BUSY_MS = 10_000
# No check covers the WAL (a damaged one is cut off silently), so it is kept short and given back to the disk.
WAL_PAGES = 200
WAL_BYTES = 16 << 20
NEEDED_ROOM = 1 << 20

Connection = Any  # sqlcipher3 ships no types

PRAGMAS = (
    f"busy_timeout={BUSY_MS}",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    f"cache_size=-{CACHE_KIB}",
    "secure_delete=ON",
    "temp_store=MEMORY",
    f"wal_autocheckpoint={WAL_PAGES}",
    f"journal_size_limit={WAL_BYTES}",
)


def check_library() -> None:
    """Refuse to run on an SQLite that can corrupt a WAL file."""
    if tuple(dbapi2.sqlite_version_info) < OLDEST_SQLITE:
        raise Trouble(
            N_("This SQLite ({version}) is too old to keep data safe."),
            do=N_("Install rmdesk with its own sqlcipher3 package, as the README says."),
            code="sqlite_too_old",
            version=dbapi2.sqlite_version,
        )


def connect(path: Path, key: bytes, *, create: bool = False, cut_short: bool = False) -> Connection:
    """A connection to the file with its raw 32-byte key; autocommit, transactions are begun by hand.

    With `cut_short` a file that has lost its end is opened too: only to read from a copy of it.
    Raises Trouble with a sentence for a wrong key or a damaged file, a missing file, a read-only folder.
    """
    check_library()
    mode = "rwc" if create else "rw"
    connection = None
    try:
        connection = dbapi2.connect(
            f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA cipher_log_level=NONE").fetchall()
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"").fetchall()
        if cut_short:  # else SQLite reads nothing of a file with fewer pages than its first page tells
            connection.execute("PRAGMA writable_schema=ON").fetchall()
        what = "1" if cut_short else "count(*)"  # a part of the schema may be lost with the end
        connection.execute(f"SELECT {what} FROM sqlite_schema").fetchone()
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").fetchall()
    except dbapi2.Error as error:
        if connection is not None:
            connection.close()
        raise trouble_of(error, path) or error from error
    return connection


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns the driver's errors about the world outside into sentences, and an interruption into Cancelled.

    A broken constraint or a wrong statement is a bug and passes through as it is.
    """
    try:
        yield
    except dbapi2.Error as error:
        known = trouble_of(error, path)
        if known is None:
            raise
        raise known from error


def trouble_of(error: Exception, path: Path) -> Trouble | Cancelled | None:
    """The sentence for a driver error, or None when it is a bug; the file is never touched by telling."""
    name = str(getattr(error, "sqlite_errorname", ""))
    if name == "SQLITE_INTERRUPT":
        return Cancelled()
    if name == "SQLITE_NOTADB":
        return Trouble(
            N_("The key does not open this data file, or the file is damaged."),
            do=N_(
                "Check the key. If it is right, restore the newest backup (rmdesk backup restore 1); the file was not "
                "changed."
            ),
            code="wrong_key",
        )
    if name == "SQLITE_FULL" or (name == "SQLITE_IOERR" and _no_room(path)):
        return disk_full()
    if name == "SQLITE_CORRUPT":
        return damaged(path)
    if name == "SQLITE_IOERR":
        return Trouble(
            N_("The disk reported an error. What was saved before was not touched; this change was not saved."),
            do=N_("Try again. If it stays so, make a backup to another disk and have this one checked."),
            code="disk_error",
        )
    if name in ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH"):
        return not_writable(path.name)
    if name in ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL"):
        return Trouble(
            N_("The data file is in use by another program."),
            do=N_("Close the other program and try again. Nothing was changed."),
            code="busy",
        )
    return None


class Damaged(Trouble):
    """A data file is damaged. `key` is the one that was proven to be right, for whoever saves what can be saved; it is
    no parameter of the sentence and is never written anywhere.
    """

    key: bytes = b""


def damaged(path: Path) -> Damaged:
    """The sentence for a file whose contents are not what was written."""
    return Damaged(
        N_("The data file is damaged: {name}."),
        do=N_(
            "Nothing was overwritten. Close rmdesk, then rmdesk doctor --salvage saves what can be read and fills in "
            "from the newest backup; the damaged file is kept."
        ),
        code="damaged",
        name=path.name,
    )


def unreadable(path: Path) -> Damaged:
    """The sentence for a file of which not even the list of its tables can be read: nothing of it can be saved."""
    return Damaged(
        N_("The data file is damaged so badly that nothing of it can be read: {name}."),
        do=N_("Restore the newest backup: rmdesk backup restore 1. The damaged file is kept and was not changed."),
        code="damaged",
        name=path.name,
    )


def _no_room(path: Path) -> bool:
    """A full disk shows as a plain I/O error where the WAL index cannot grow."""
    try:
        return shutil.disk_usage(path.parent).free < NEEDED_ROOM
    except OSError:
        return False
