"""Backups: an encrypted copy of the data under a key of its own, in one file that tells what it is.

Those beside the data have their key in a small file apart: destroying it destroys the backup (`backup_keys`). One that
is made into another folder carries its sealed key and the profile's key file, and opens with the passphrase of the day.
A backup counts only once it was opened and compared; only then does an older one go.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rmdesk import __version__
from rmdesk.base import clock
from rmdesk.base.errors import Known, Trouble
from rmdesk.base.progress import Progress, Silent
from rmdesk.base.text import N_
from rmdesk.models.migrations import HEAD
from rmdesk.services import rulebook
from rmdesk.services.store import backup_keys, container, copying, key_file, witness
from rmdesk.services.store.container import About
from rmdesk.services.store.key_file import KeyFile
from rmdesk.services.store.place import told_of_files
from rmdesk.services.store.store import Store

FOLDER = "backups"
SUFFIX = ".rmbackup"
SCRATCH = "backup.db"
_NAME = re.compile(r"rmdesk-(\d{8}-\d{6}-\d{3})\.rmbackup")
_STAMP = "%Y%m%d-%H%M%S-%f"


@dataclass(frozen=True, slots=True)
class BackupRow:
    """One backup file; `made` is UTC, `size` in bytes.

    `checked`: when it was last found whole, as far as that is known here. `readable`: its key is not destroyed.
    """

    path: Path
    made: datetime
    size: int
    checked: datetime | None = None
    readable: bool = True


def rule(name: str) -> int:
    """A number of resources/rules/backup.toml."""
    return int(rulebook.book("backup")[name]["value"])


def make(
    store: Store,
    folder: Path | None = None,
    keep: int | None = None,
    progress: Progress | None = None,
    *,
    why: str = "hand",
) -> BackupRow:
    """Make a backup beside the data (or in `folder`), check it, and remove all but the `keep` latest there.

    Raises Trouble on a full disk or damaged data, Cancelled when stopped; the older backups stay then.
    """
    return make_of(store.path, store.key, folder, keep, progress, why=why)


def make_of(
    path: Path,
    key: bytes,
    folder: Path | None = None,
    keep: int | None = None,
    progress: Progress | None = None,
    *,
    why: str = "hand",
    schema: str = HEAD,
) -> BackupRow:
    """The same of a data file that is not open as a store."""
    progress = progress or Silent()
    target = path.parent / FOLDER if folder is None else folder
    keys = _key_file(path.parent, needed=folder is not None)
    scratch, partial = path.parent / SCRATCH, None
    own = backup_keys.new()
    try:
        progress.at(0, 3)
        with told_of_files(target.name):
            target.mkdir(mode=0o700, parents=True, exist_ok=True)
        _clear(target)
        rows = copying.copy(path, key, scratch, progress, target_key=own)
        progress.at(1, 3)
        place = _free_name(target)
        sealed = backup_keys.seal(own, key, place.stem)
        made = clock.now().isoformat(timespec="seconds")
        about = About(
            place.stem, made, __version__, schema, "" if keys is None else keys.profile, why, scratch.stat().st_size,
            rows, sealed if folder is not None else None, keys,
        )  # fmt: skip
        partial = place.with_name(f"{place.name}.partial")
        container.write(partial, about, scratch, progress)
        progress.at(2, 3)
        container.unpack(partial, None, progress)
        if folder is None:
            backup_keys.keep(place, sealed, made)
        with told_of_files(place.name):
            partial.replace(place)
        _rotate(place, rule("kept") if keep is None else keep)
        witness.leave(path.parent, "backup", why=why)
        progress.at(3, 3)
        return row_of(place)
    finally:
        with suppress(OSError):
            scratch.unlink(missing_ok=True)
            if partial is not None:
                partial.unlink(missing_ok=True)


def check(backup: Path, key: bytes, scratch_in: Path, progress: Progress | None = None) -> BackupRow:
    """Read a backup whole and open it with the profile's key, as restoring would; note that it is whole.

    `scratch_in`: a folder with room for the (encrypted) copy. Trouble `bad_backup` when it is not whole.
    """
    scratch = scratch_in / f"{SCRATCH}.check"
    try:
        about = container.unpack(backup, scratch, progress)
        own = key_of(backup, about, key)
        if not copying.is_whole(scratch, own, about.rows or None, progress or Silent()):
            raise container.damaged(backup)
    finally:
        with suppress(OSError):
            for leftover in scratch_in.glob(f"{scratch.name}*"):
                leftover.unlink()
    sealed = backup_keys.kept(backup)
    if sealed is not None:
        backup_keys.keep(backup, sealed, clock.now().isoformat(timespec="seconds"))
    return row_of(backup)


def key_of(backup: Path, about: About, key: bytes) -> bytes:
    """The key that the copy in a backup is encrypted with; `key` is the profile's on the day it was made.

    Trouble when the backup's key was destroyed, Refused when `key` is not the one.
    """
    if not about.name:
        return key  # made before backups had keys of their own
    sealed = about.sealed or backup_keys.kept(backup)
    if sealed is None:
        raise backup_keys.missing(backup)
    return backup_keys.unseal(sealed, key, about.name)


def backups_in(folder: Path) -> tuple[BackupRow, ...]:
    """The backups in a folder, latest first; an empty or missing folder has none."""
    with suppress(OSError):
        found = [row_of(path) for path in folder.iterdir() if _NAME.fullmatch(path.name)]
        return tuple(sorted(found, key=lambda row: (row.made, row.path.name), reverse=True))
    return ()


def backups_of(store_folder: Path) -> tuple[BackupRow, ...]:
    """The backups beside a profile's data, latest first."""
    return backups_in(store_folder / FOLDER)


def is_due(store_folder: Path) -> bool:
    """Whether the daily backup is to be made: there is none, or the latest is a day old, or is dated ahead."""
    found = [row for row in backups_of(store_folder) if row.readable]
    if not found:
        return True
    age = clock.now() - found[0].made
    return not timedelta(0) <= age < timedelta(hours=rule("every_hours"))


def row_of(path: Path) -> BackupRow:
    """One backup file as a row; OSError when it is not there."""
    stamp = _NAME.fullmatch(path.name)
    size = path.stat().st_size
    if stamp is None:
        return BackupRow(path, datetime.fromtimestamp(path.stat().st_mtime, UTC), size)
    made = datetime.strptime(stamp[1], _STAMP).replace(tzinfo=UTC)
    kept = backup_keys.kept(path)
    if kept is None:
        return BackupRow(path, made, size, readable=_holds_its_key(path))
    with suppress(ValueError):
        return BackupRow(path, made, size, datetime.fromisoformat(str(kept.get("checked", ""))))
    return BackupRow(path, made, size)


def _holds_its_key(path: Path) -> bool:
    try:
        about = container.about(path)
    except Known:
        return False
    return not about.name or about.sealed is not None


def _key_file(folder: Path, *, needed: bool) -> KeyFile | None:
    """The profile's key file. A backup that is carried could not be opened without; one beside the data opens with
    the exported key.
    """
    try:
        return key_file.read(folder)[0]
    except Known as error:
        if error.code not in ("no_key_file", "damaged_key_file"):
            raise
        if not needed:
            return None
        raise Trouble(
            N_("Without the key file a backup could not be opened."),
            do=N_("Set a passphrase first; that writes a new key file."),
            code="no_key_file",
        ) from error


def _free_name(folder: Path) -> Path:
    made = clock.now()
    while True:
        path = folder / f"rmdesk-{made.strftime(_STAMP)[:-3]}{SUFFIX}"
        if not path.exists() and not backup_keys.file_of(path).exists():
            return path
        made += timedelta(milliseconds=1)


def _rotate(fresh: Path, keep: int) -> None:
    """Keeps the fresh one whatever its date says: a clock may have been set back. The oldest go first."""
    others = [row for row in backups_in(fresh.parent) if row.path != fresh]
    for old in reversed(others[max(1, keep) - 1 :]):
        backup_keys.destroy(old.path)
    backup_keys.sweep(fresh.parent)


def _clear(folder: Path) -> None:
    """Remove what a backup that was cut off has left."""
    with suppress(OSError):
        for leftover in folder.glob(f"rmdesk-*{SUFFIX}.partial"):
            leftover.unlink()
