"""An encrypted copy of an open data file, checked before it takes its name.

Never a copy of the file itself: it would miss what still lies in the WAL.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from rmdesk.base.errors import Cancelled, Trouble
from rmdesk.base.progress import Progress, Silent
from rmdesk.base.text import N_
from rmdesk.services.store.engine import Connection, connect, told
from rmdesk.services.store.place import told_of_files

_STEPS = 20_000  # virtual machine steps between two looks at whether to stop: a few milliseconds


def copy(path: Path, key: bytes, target: Path, progress: Progress | None = None) -> None:
    """Write an encrypted copy with the same key; it is opened and compared before `target` is replaced.

    Sees one state of the data while others go on writing. Raises Trouble on a full disk or a damaged source, and
    Cancelled; in every case `target` is what it was before.
    """
    partial = target.with_name(f"{target.name}.partial")
    try:
        with told_of_files(target.name):
            target.parent.mkdir(parents=True, exist_ok=True)
            _remove(partial)
            partial.touch(mode=0o600)
        counts = _export(path, key, partial, progress or Silent())
        _compare(partial, key, counts, progress or Silent())
        with told_of_files(target.name):
            partial.replace(target)
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


def _export(path: Path, key: bytes, partial: Path, progress: Progress) -> dict[str, int]:
    connection = connect(path, key)
    try:
        with told(partial):
            connection.execute(f"ATTACH DATABASE ? AS aside KEY \"x'{key.hex()}'\"", (str(partial),))
        with watched(connection, progress, partial):
            connection.execute("BEGIN")
            connection.execute("SELECT sqlcipher_export('aside')").fetchall()
            counts = _counts(connection)
            connection.execute("COMMIT")
            connection.execute("DETACH DATABASE aside")
        return counts
    finally:
        connection.close()


def _compare(partial: Path, key: bytes, counts: dict[str, int], progress: Progress) -> None:
    connection = connect(partial, key)
    try:
        with watched(connection, progress, partial):
            good = not findings_of_cipher(connection) and _counts(connection) == counts
    finally:
        connection.close()
    if not good:
        raise Trouble(
            N_("The copy of the data is not the same as the data. It was thrown away."),
            do=N_("Run rmdesk doctor: the disk or the data file may be damaged."),
            code="bad_copy",
        )


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
