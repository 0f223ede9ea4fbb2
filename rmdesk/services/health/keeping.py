"""What keeps a profile safe while it is used: the daily backup, checks when they are due, room held on the disk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from rmdesk.base.progress import Progress, Silent
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.noting import noted
from rmdesk.services.health import examining, salvage
from rmdesk.services.store import backup, ballast, copying, marks, profile, restoring
from rmdesk.services.store.backup import BackupRow
from rmdesk.services.store.doctor import CheckRow
from rmdesk.services.store.engine import Damaged, connect, damaged
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.store import Store


@dataclass(frozen=True, slots=True)
class Listed:
    """A backup as it is chosen from: `lost` is how many things were done since it was made, None when unknown."""

    row: BackupRow
    lost: int | None


def quick_look(store: Store, progress: Progress | None = None, *, demo: bool = False) -> None:
    """After opening: whether tables and indexes are sound (Damaged when not), and hold room on the disk."""
    try:
        connection = connect(store.path, store.key)
        try:
            with copying.watched(connection, progress or Silent(), store.path):
                if any(row[0] != "ok" for row in connection.execute("PRAGMA quick_check")):
                    raise damaged(store.path)
        finally:
            connection.close()
    except Damaged as error:
        error.key = store.key  # for whoever saves what can be saved
        raise
    ballast.hold(store.folder, demo=demo)


def full_look(store: Store, progress: Progress | None = None) -> tuple[CheckRow, ...]:
    """The full check, once a week and after an end that was none; when it was done is noted."""
    rows = examining.examine(store.folder, store, progress)
    marks.checked(store.folder)
    return rows


def back_up(
    store: Store, folder: Path | None = None, progress: Progress | None = None, *, why: str = "hand"
) -> BackupRow:
    """Make a backup and put it on record."""
    made = backup.make(store, folder, progress=progress, why=why)
    noted(store, Act.BACKUP, facts={"backup": made.path.name, "size": made.size, "why": why})
    return made


def listed(reads: Reads, folder: Path) -> tuple[Listed, ...]:
    """The backups beside the data, latest first, and what would be lost by going back to each."""
    sql = "SELECT count(DISTINCT unit) FROM change WHERE at > ?"
    return tuple(
        Listed(row, int(reads.value(sql, (row.made.astimezone(UTC).isoformat(timespec="milliseconds"),))))
        for row in backup.backups_of(folder)
    )


def restored(folder: Path, key: bytes, path: Path, progress: Progress | None = None) -> Store:
    """A backup in place of the data, which is kept aside; opened."""
    restoring.restore_over(path, folder, key, progress)
    return profile.open_with_key(folder, key)


def salvaged(folder: Path, key: bytes, progress: Progress | None = None) -> Store:
    """What can be read of damaged data in its place, which is kept aside; opened."""
    salvage.save(folder, key, progress)
    return profile.open_with_key(folder, key)
