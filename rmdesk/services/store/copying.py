"""An encrypted copy of an open data file, checked before it takes its name.

Never a copy of the file itself: it would miss what still lies in the WAL.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlcipher3 import dbapi2

from rmdesk.base.errors import Cancelled, Trouble
from rmdesk.base.progress import Progress, Silent
from rmdesk.base.text import N_
from rmdesk.services.store.engine import Connection, connect, told
from rmdesk.services.store.place import told_of_files

# What is not finished is thrown away, and what is finished is brought to the disk by `copy`, not page by page.
UNSAFE = ("journal_mode=OFF", "synchronous=OFF")
_STEPS = 20_000  # virtual machine steps between two looks at whether to stop: a few milliseconds


def copy(
    path: Path, key: bytes, target: Path, progress: Progress | None = None, *, target_key: bytes | None = None
) -> dict[str, int]:
    """Write an encrypted copy under `target_key` (the same key when not given), opened anew and compared before
    `target` is replaced. Gives its rows per table.

    Sees one state of the data while others go on writing. Raises Trouble on a full disk or a damaged source, and
    Cancelled; in every case `target` is what it was before.
    """
    own = key if target_key is None else target_key
    partial = target.with_name(f"{target.name}.partial")
    try:
        with told_of_files(target.name):
            target.parent.mkdir(parents=True, exist_ok=True)
            _remove(partial)
            partial.touch(mode=0o600)
        counts = _export(path, key, partial, own, progress or Silent())
        compare(partial, own, counts, progress or Silent())
        with told_of_files(target.name):
            _sync(partial)
            partial.replace(target)
        return counts
    except BaseException:
        with suppress(OSError):
            _remove(partial)
        raise


def findings_of_cipher(connection: Connection) -> list[str]:
    """Pages whose seal is broken, by SQLCipher's own check; needs a fresh connection (one bad page poisons it)."""
    return [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check").fetchall()]


@contextmanager
def watched(connection: Connection, progress: Progress, path: Path) -> Iterator[None]:
    """Lets a long statement be stopped: what asks `progress` to stop raises Cancelled here."""

    def look() -> int:
        try:
            progress.at(0, 0)
        except Cancelled:
            return 1
        return 0

    connection.set_progress_handler(look, _STEPS)
    try:
        with told(path):
            yield
    finally:
        connection.set_progress_handler(None, 0)


def _export(path: Path, key: bytes, partial: Path, own: bytes, progress: Progress) -> dict[str, int]:
    connection = connect(path, key)
    try:
        with told(partial):
            connection.execute(f"ATTACH DATABASE ? AS aside KEY \"x'{own.hex()}'\"", (str(partial),))
            for pragma in UNSAFE:
                connection.execute(f"PRAGMA aside.{pragma}").fetchall()
        with watched(connection, progress, partial):
            connection.execute("BEGIN")
            connection.execute("SELECT sqlcipher_export('aside')").fetchall()
            counts = _counts(connection)
            connection.execute("COMMIT")
            connection.execute("DETACH DATABASE aside")
        return counts
    finally:
        connection.close()


def compare(partial: Path, key: bytes, counts: dict[str, int] | None, progress: Progress) -> None:
    """Open a copy anew: every seal, its structure, and the rows of each table. Trouble `bad_copy` when it differs."""
    if not is_whole(partial, key, counts, progress):
        raise Trouble(
            N_("The copy of the data is not the same as the data. It was thrown away."),
            do=N_("Run rmdesk doctor: the disk or the data file may be damaged. The data was not changed."),
            code="bad_copy",
        )


def is_whole(path: Path, key: bytes, counts: dict[str, int] | None, progress: Progress) -> bool:
    """Whether a file that nobody has open is as it was written; `counts` as `copy` gave them, None: not known.

    To follow its structure SQLite reads every page in use, and no page is read but its seal is right: looking at the
    seals by themselves, which takes as long again, is left to files with pages out of use.
    """
    try:
        whole, unused = _followed(path, key, counts, progress)
        return whole and not (unused and _broken_seals(path, key, progress))
    except Trouble as error:
        if error.code in ("wrong_key", "damaged"):
            return False
        raise
    except dbapi2.Error:  # a statement that fails on what a bad page says is no bug
        if _broken_seals(path, key, progress):
            return False
        raise


def _followed(path: Path, key: bytes, counts: dict[str, int] | None, progress: Progress) -> tuple[bool, int]:
    """Whether structure and rows are right, and how many pages are out of use."""
    connection = connect(path, key)
    try:
        with watched(connection, progress, path):
            if _findings_of_structure(connection) or (counts is not None and _counts(connection) != counts):
                return False, 0
            return True, int(connection.execute("PRAGMA freelist_count").fetchone()[0])
    finally:
        connection.close()


def _broken_seals(path: Path, key: bytes, progress: Progress) -> bool:
    connection = connect(path, key)
    try:
        with watched(connection, progress, path):
            return bool(findings_of_cipher(connection))
    finally:
        connection.close()


def _findings_of_structure(connection: Connection) -> list[str]:
    return [str(row[0]) for row in connection.execute("PRAGMA quick_check").fetchall() if row[0] != "ok"]


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _counts(connection: Connection) -> dict[str, int]:
    names = connection.execute(
        "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    ).fetchall()
    return {
        name: int(connection.execute(f'SELECT count(*) FROM main."{name}"').fetchone()[0]) for (name,) in sorted(names)
    }


def _remove(partial: Path) -> None:
    for name in (partial.name, f"{partial.name}-wal", f"{partial.name}-shm", f"{partial.name}-journal"):
        partial.with_name(name).unlink(missing_ok=True)
