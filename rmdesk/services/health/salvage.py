"""A damaged data file: what can be read of it goes into a new one, what is missing comes from the newest good backup.

The damaged file is set aside as it is; nothing is ever written to it. A desk in a team gets the rest from the hub.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from rmdesk.base.errors import Known, Refused
from rmdesk.base.progress import Progress, Silent
from rmdesk.base.text import N_, Phrase, phrase
from rmdesk.models.migrations import HEAD
from rmdesk.services.archive import tables
from rmdesk.services.health import derived, readable
from rmdesk.services.search.texts import RebuildTexts
from rmdesk.services.store import backup, container, copying, migrate, profile, restoring, witness
from rmdesk.services.store.backup import BackupRow
from rmdesk.services.store.engine import Connection, Damaged, connect, told, unreadable
from rmdesk.services.store.place import disk_full, told_of_files
from rmdesk.services.store.store import Store
from rmdesk.services.sync.greeting import Note
from rmdesk.services.sync.joining import RenewTracking

_FRESH = "rmdesk.db.saved"
_SOURCE = "rmdesk.db.packed"


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a damaged file. `rows`: read from it; `broken`: tables of which some could not be read, and the
    rows that could; `filled`: rows of those from `filled_from`, the backup of that time; `dropped`: rows left out
    because what they belong to is lost. `aside`: where the damaged file lies.
    """

    rows: int
    broken: dict[str, int] = field(default_factory=dict)
    filled: int = 0
    filled_from: BackupRow | None = None
    dropped: int = 0
    aside: Path | None = None


def newest_good(folder: Path, key: bytes, progress: Progress | None = None) -> BackupRow | None:
    """The newest backup beside the data that is found whole now; None when there is none. Seconds for a large one."""
    for row in backup.backups_of(folder):
        with suppress(Known):
            return backup.check(row.path, key, folder, progress)
    return None


def check_needed(folder: Path, key: bytes, progress: Progress | None = None) -> None:
    """Refuse a file that is whole: nothing is to be put in its place."""
    if copying.is_whole(folder / profile.DATA, key, None, progress or Silent()):
        raise Refused(
            N_("The data file is whole; there is nothing to salvage."),
            do=N_("Run rmdesk doctor for all other checks."),
            code="not_damaged",
        )


def said_of(saved: Saved) -> Iterator[Phrase]:
    """What became of a damaged file, in sentences."""
    yield phrase("{count} rows were read from the damaged file and stand in a new one.", count=saved.rows)
    if saved.broken:
        yield phrase("Of {count} tables some rows could not be read.", count=len(saved.broken))
    if saved.filled_from is not None:
        made = saved.filled_from.made.date()
        yield phrase("{count} rows came from the backup of {day}.", count=saved.filled, day=made)
    if saved.dropped:
        yield phrase("{count} rows were left out: what they belong to is lost.", count=saved.dropped)
    yield phrase("The damaged file is kept as {path}.", path=str(saved.aside))


def save(folder: Path, key: bytes, progress: Progress | None = None) -> Saved:
    """Save what can be read of a damaged data file that nobody has open, and put that in its place.

    Trouble `damaged` when not even its schema can be read: then only a backup helps. Trouble on a full disk. On any
    failure the damaged file is where it was.
    """
    progress = progress or Silent()
    path, fresh = folder / profile.DATA, folder / _FRESH
    try:
        _source(path, folder / _SOURCE)
        version = _version_of(folder / _SOURCE, key, path)
        _made(fresh, key, version)
        saved = _filled(folder, key, fresh, progress)
        migrate.bring_up(fresh, key, backed_up=False)
        _made_anew(fresh, key)
        copying.compare(fresh, key, None, progress)
        aside = restoring.swap_in(fresh, folder, None)
        witness.leave(folder, "restore", rows=saved.rows, filled=saved.filled, dropped=saved.dropped)
        return Saved(saved.rows, saved.broken, saved.filled, saved.filled_from, saved.dropped, aside)
    finally:
        restoring.remove(fresh)
        restoring.remove(folder / _SOURCE)


def _source(path: Path, target: Path) -> None:
    """A copy to read from, with its WAL: opening the damaged file itself could write to it."""
    restoring.remove(target)
    with told_of_files(path.name):
        if shutil.disk_usage(path.parent).free < 3 * path.stat().st_size:
            raise disk_full()
        shutil.copyfile(path, target)
        wal = path.with_name(f"{path.name}-wal")
        if wal.exists():
            shutil.copyfile(wal, target.with_name(f"{target.name}-wal"))


def _version_of(source: Path, key: bytes, path: Path) -> str | None:
    """The schema revision; what goes wrong is said of the data file itself."""
    try:
        with told(path):
            connection = connect(source, key, cut_short=True)
            try:  # straight: the list of tables may not be whole
                row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
                return None if row is None else str(row[0])
            finally:
                connection.close()
    except Damaged as error:
        raise unreadable(path) from error


def _made(fresh: Path, key: bytes, version: str | None) -> None:
    restoring.remove(fresh)
    with told_of_files(fresh.name):
        fresh.touch(mode=0o600)
    connect(fresh, key, create=True).close()
    migrate.bring_up(fresh, key, head=version or HEAD)


def _filled(folder: Path, key: bytes, fresh: Path, progress: Progress) -> Saved:
    connection = connect(fresh, key)
    try:
        with told(fresh):
            list(connection.execute("PRAGMA foreign_keys=OFF"))
            connection.execute("BEGIN IMMEDIATE")
            with without_triggers(connection):
                counts, broken = _read_over(folder / _SOURCE, key, connection, progress)
                filled, row = _fill(folder, key, connection, broken, progress) if broken else (0, None)
                dropped = _drop_orphans(connection)
            connection.execute("COMMIT")
        return Saved(sum(counts.values()), {name: counts[name] for name in broken}, filled, row, dropped)
    finally:
        connection.close()


def _read_over(
    source: Path, key: bytes, connection: Connection, progress: Progress
) -> tuple[dict[str, int], list[str]]:
    counts: dict[str, int] = {}
    broken: list[str] = []
    names = tables.names(connection)
    for number, table in enumerate(names):
        progress.at(number, len(names))
        columns = tables.columns(connection, table)
        connection.execute(f'DELETE FROM "{table}"')
        insert = _insert(table, columns)
        reading = readable.Reading(source, key, table, columns)
        counts[table] = 0
        for page in reading.pages():
            progress.at(number, len(names))
            counts[table] += connection.executemany(insert, [row[1:] for row in page]).rowcount
        if not reading.whole:
            broken.append(table)
    return counts, broken


def _insert(table: str, columns: list[str]) -> str:
    listed = ", ".join(f'"{name}"' for name in columns)
    return f'INSERT OR IGNORE INTO "{table}" ({listed}) VALUES ({", ".join("?" * len(columns))})'


def _fill(
    folder: Path, key: bytes, connection: Connection, broken: list[str], progress: Progress
) -> tuple[int, BackupRow | None]:
    """Rows of the broken tables from the newest good backup, where none with the same key was read."""
    row = newest_good(folder, key, progress)
    if row is None:
        return 0, None
    unpacked = folder / f"{_SOURCE}.backup"
    try:
        about = container.unpack(row.path, unpacked, progress)
        own = backup.key_of(row.path, about, key)
        if migrate.version_of(unpacked, own) != _version(connection):
            return 0, None
        other, filled = connect(unpacked, own), 0
        try:
            for table in broken:
                columns = tables.columns(connection, table)
                listed = ", ".join(f'"{name}"' for name in columns)
                cursor = other.execute(f'SELECT {listed} FROM "{table}"')
                insert = _insert(table, columns)
                while page := cursor.fetchmany(500):
                    filled += max(0, connection.executemany(insert, page).rowcount)
        finally:
            other.close()
        return filled, row
    finally:
        restoring.remove(unpacked)


def _drop_orphans(connection: Connection) -> int:
    """Rows whose parent is lost cannot stand; they stay in the file that was set aside."""
    dropped = 0
    while found := {(row[0], row[1]) for row in connection.execute("PRAGMA foreign_key_check")}:
        for table, rowid in found:
            connection.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (rowid,))
        dropped += len(found)
    return dropped


def _version(connection: Connection) -> str | None:
    return migrate.version_in(connection)


def _made_anew(fresh: Path, key: bytes) -> None:
    """What is worked out from the rest: triggers of a desk in a team, the index of texts, the figures."""
    store = Store(fresh, key, "")
    try:
        if store.read(lambda reads: reads.value("SELECT joined FROM sync_control")):
            store.perform(RenewTracking())
            store.perform(Note("verified", None))  # the next round compares all with the hub
        store.perform(RebuildTexts())
        store.perform(derived.RenewFigures())
    finally:
        store.close()


@contextmanager
def without_triggers(connection: Connection) -> Iterator[None]:
    """Triggers are away while rows are put back that say already what the triggers would write."""
    found = list(connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"))
    for name, _sql in found:
        connection.execute(f'DROP TRIGGER "{name}"')
    yield
    for _name, sql in found:
        connection.execute(sql)
