"""Reading an archive into a new profile, whatever version of rmdesk wrote it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2

from rmdesk.base.errors import Trouble
from rmdesk.base.progress import Progress, Silent
from rmdesk.models.migrations import HEAD
from rmdesk.services.archive import sealed, tables
from rmdesk.services.store import key_file, migrate, profile, restoring
from rmdesk.services.store.copying import watched
from rmdesk.services.store.engine import Connection, connect
from rmdesk.services.store.place import told_of_files
from rmdesk.services.store.store import Store

_FRESH = "rmdesk.db.archive"
_LONGEST = 256 << 20  # bytes of one line: a row with one attachment takes a tenth of that


@dataclass(frozen=True, slots=True)
class ArchiveRow:
    """What the head of an archive tells without its password; `made` UTC, ISO 8601."""

    path: Path
    size: int
    made: str
    program: str
    schema: str


def describe(file: Path) -> ArchiveRow:
    """What an archive tells of itself. Trouble when it is none, Refused when a newer rmdesk wrote it."""
    with told_of_files(file.name):
        head = sealed.head_of(file)
        size = file.stat().st_size
    if head["schema"] > HEAD:
        raise sealed.newer()
    return ArchiveRow(file, size, str(head.get("made", "")), str(head.get("program", "")), head["schema"])


def read_into(file: Path, password: str, store: Store, progress: Progress | None = None) -> dict[str, int]:
    """Put what is in an archive in place of all data of a profile that was just made; the store is closed by this.

    Data of an older version is brought to this one. The search takes its texts in afresh. Gives the rows per table;
    on any failure the profile is removed again, for it holds nothing else.
    """
    folder, key, progress = store.folder, store.key, progress or Silent()
    store.close()
    fresh = folder / _FRESH
    try:
        about = describe(file)
        restoring.remove(fresh)
        with told_of_files(fresh.name):
            fresh.touch(mode=0o600)
        connect(fresh, key, create=True).close()
        migrate.bring_up(fresh, key, head=about.schema)
        counts = _filled(fresh, key, _lines(file, password, progress), progress, file)
        migrate.bring_up(fresh, key, backed_up=False)
        _made_anew(Store(fresh, key, store.who))
        restoring.swap_in(fresh, folder, key)
    except BaseException:
        _undo(folder)
        raise
    finally:
        restoring.remove(fresh)
    with suppress(Trouble):
        restoring.drop_asides(folder)  # the empty data of the new profile
    return counts


def _made_anew(store: Store) -> None:
    """What is no row of the archive: the index of texts (filled in idle moments), the triggers of a desk in a team."""
    from rmdesk.services.search.texts import RebuildTexts
    from rmdesk.services.sync.joining import RenewTracking

    try:
        store.perform(RebuildTexts())
        if store.read(lambda reads: reads.value("SELECT joined FROM sync_control")):
            store.perform(RenewTracking())
    finally:
        store.close()


def _filled(fresh: Path, key: bytes, told: Iterator[bytes], progress: Progress, file: Path) -> dict[str, int]:
    connection = connect(fresh, key)
    try:
        with watched(connection, progress, fresh):
            list(connection.execute("PRAGMA foreign_keys=OFF"))
            connection.execute("BEGIN IMMEDIATE")
            triggers = _without_triggers(connection)
            try:
                counts = tables.take_in(connection, told)
            except (ValueError, KeyError, TypeError, zlib.error, RecursionError, dbapi2.IntegrityError) as error:
                raise sealed.damaged(file) from error
            for sql in triggers:
                connection.execute(sql)
            connection.execute("COMMIT")
        return counts
    finally:
        connection.close()


def _without_triggers(connection: Connection) -> list[str]:
    """Drops the triggers, which would write again what the rows say already; gives how to make them."""
    found = list(connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"))
    for name, _sql in found:
        connection.execute(f'DROP TRIGGER "{name}"')
    return [sql for _name, sql in found]


def _lines(file: Path, password: str, progress: Progress) -> Iterator[bytes]:
    inflate, rest = zlib.decompressobj(), b""
    with told_of_files(file.name):
        for piece in sealed.pieces(file, password, progress):
            content = inflate.decompress(piece, 16 << 20)
            while content:
                *whole, rest = (rest + content).split(b"\n")
                yield from whole
                if len(rest) > _LONGEST:
                    raise sealed.damaged(file)
                content = inflate.decompress(inflate.unconsumed_tail, 16 << 20)
    if rest or not inflate.eof:
        raise sealed.damaged(file)


def _undo(folder: Path) -> None:
    with suppress(OSError, Trouble):
        restoring.remove(folder / profile.DATA)
        for name in (key_file.FILE, key_file.SPARE):
            (folder / name).unlink(missing_ok=True)
