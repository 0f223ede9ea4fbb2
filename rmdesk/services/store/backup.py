"""Backups: one file that holds an encrypted copy of the data and its key file, so that it can be carried elsewhere.

A backup opens with the same passphrase as the profile did on the day it was made (a keyring stays on its computer).
It counts only once it was opened and compared; only then does an older one go.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

from rmdesk import __version__
from rmdesk.base import clock
from rmdesk.base.errors import Known, Refused, Trouble
from rmdesk.base.progress import Progress, Silent
from rmdesk.base.text import N_
from rmdesk.services.store import copying, key_file, profile
from rmdesk.services.store.place import check_local, disk_full, told_of_files
from rmdesk.services.store.store import Store

FOLDER = "backups"
SUFFIX = ".rmbackup"
KEPT = 7
_ABOUT = "about.json"
_NAME = re.compile(r"rmdesk-(\d{8}-\d{6}-\d{3})\.rmbackup")
_STAMP = "%Y%m%d-%H%M%S-%f"
_BLOCK = 1 << 20
_MOST_SMALL = 1 << 20  # about.json and key.json are far smaller


@dataclass(frozen=True, slots=True)
class BackupRow:
    """One backup file; `made` is UTC, `size` in bytes."""

    path: Path
    made: datetime
    size: int


def make(store: Store, folder: Path | None = None, keep: int = KEPT, progress: Progress | None = None) -> BackupRow:
    """Make a backup beside the data (or in `folder`), check it, and remove all but the `keep` latest there.

    Raises Trouble on a full disk or damaged data, Cancelled when stopped; the older backups stay then.
    """
    progress = progress or Silent()
    target = store.folder / FOLDER if folder is None else folder
    scratch = store.folder / "backup.db"  # encrypted like the data
    partial: Path | None = None
    try:
        progress.at(0, 3)
        copying.copy(store.path, store.key, scratch, progress)
        progress.at(1, 3)
        with told_of_files(target.name):
            target.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = _free_name(target)
            partial = path.with_name(f"{path.name}.partial")
            _pack(store.folder, scratch, partial, progress)
            progress.at(2, 3)
            _check(partial, progress)
            partial.replace(path)
            _rotate(path, keep)
            progress.at(3, 3)
            return _row(path)
    finally:
        with suppress(OSError):
            scratch.unlink(missing_ok=True)
            if partial is not None:
                partial.unlink(missing_ok=True)


def backups_in(folder: Path) -> tuple[BackupRow, ...]:
    """The backups in a folder, latest first; an empty or missing folder has none."""
    with suppress(OSError):
        found = [_row(path) for path in folder.iterdir() if _NAME.fullmatch(path.name)]
        return tuple(sorted(found, key=lambda row: (row.made, row.path.name), reverse=True))
    return ()


def backups_of(store_folder: Path) -> tuple[BackupRow, ...]:
    """The backups beside a profile's data, latest first."""
    return backups_in(store_folder / FOLDER)


def restore(backup: Path, folder: Path, progress: Progress | None = None) -> profile.ProfileInfo:
    """Put a backup into a folder that holds no profile yet, as a profile to be unlocked with its passphrase.

    Every byte is compared with what was written. Refuses a file that is no backup, a damaged one, a folder that is
    taken, a network drive; on any failure the folder holds no profile.
    """
    check_local(folder)
    profile.check_free(folder)
    fresh = folder / profile.UNFINISHED
    try:
        with told_of_files(backup.name), _opened(backup) as archive:
            about = _about(archive)
            keys = key_file.parse(_small(archive, key_file.FILE))
            with told_of_files(folder.name):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                _check_room(folder, about["size"])
                fresh.touch(mode=0o600)
                with archive.open(profile.DATA) as packed, fresh.open("wb") as out:
                    digest = _flow(packed, out, about["size"], progress or Silent())
            if digest != about["sha256"]:
                raise _damaged(backup)
        key_file.write(folder, keys)
        with told_of_files(profile.DATA):
            fresh.replace(folder / profile.DATA)
    except BaseException as error:
        profile.clear_unfinished(folder)
        if isinstance(error, zipfile.BadZipFile | ValueError | KeyError | TypeError | EOFError | NotImplementedError):
            raise _damaged(backup) from error
        raise
    return profile.describe(folder)


def _pack(folder: Path, scratch: Path, partial: Path, progress: Progress) -> None:
    digest = hashlib.sha256()
    with scratch.open("rb") as data:
        while block := data.read(_BLOCK):
            progress.at(0, 0)
            digest.update(block)
    try:
        keys, _spare = key_file.read(folder)
    except Known as error:
        if error.code != "no_key_file":
            raise
        raise Trouble(
            N_("Without the key file a backup could not be opened."),
            do=N_("Set a passphrase first; that writes a new key file."),
            code="no_key_file",
        ) from error
    about = {
        "format": 1,
        "made": clock.now().isoformat(timespec="seconds"),
        "program": __version__,
        "profile": keys.profile,
        "size": scratch.stat().st_size,
        "sha256": digest.hexdigest(),
    }
    with partial.open("xb") as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(_ABOUT, json.dumps(about, ensure_ascii=False, indent=1))
            archive.writestr(key_file.FILE, key_file.content(keys))
            archive.write(scratch, profile.DATA)
        out.flush()
        os.fsync(out.fileno())


def _check(partial: Path, progress: Progress) -> None:
    """Read the whole file back, as restoring would."""
    try:
        with _opened(partial) as archive:
            about = _about(archive)
            key_file.parse(_small(archive, key_file.FILE))
            with archive.open(profile.DATA) as packed:
                good = _flow(packed, None, about["size"], progress) == about["sha256"]
    except (zipfile.BadZipFile, ValueError, KeyError, TypeError, EOFError):
        good = False
    if not good:
        raise _damaged(partial)


@contextmanager
def _opened(backup: Path) -> Iterator[zipfile.ZipFile]:
    with backup.open("rb") as file, zipfile.ZipFile(file) as archive:
        if sorted(archive.namelist()) != sorted((_ABOUT, key_file.FILE, profile.DATA)):
            raise zipfile.BadZipFile
        yield archive


def _about(archive: zipfile.ZipFile) -> dict[str, Any]:
    about = json.loads(_small(archive, _ABOUT))
    if about["format"] != 1:
        raise Refused(
            N_("This backup was written by a newer rmdesk."),
            do=N_("Install the newer version. The file was not changed."),
            code="newer_file",
        )
    if not isinstance(about["size"], int) or archive.getinfo(profile.DATA).file_size != about["size"]:
        raise zipfile.BadZipFile
    return dict(about)


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as packed:
        content = packed.read(_MOST_SMALL + 1)
    if len(content) > _MOST_SMALL:
        raise zipfile.BadZipFile
    return content


def _flow(source: IO[bytes], out: IO[bytes] | None, size: int, progress: Progress) -> str:
    """Copy block by block, never more than was announced; gives the digest."""
    digest, done = hashlib.sha256(), 0
    while block := source.read(_BLOCK):
        done += len(block)
        if done > size:
            raise zipfile.BadZipFile
        digest.update(block)
        if out is not None:
            out.write(block)
        progress.at(done, size)
    if out is not None:
        out.flush()
        os.fsync(out.fileno())
    return digest.hexdigest()


def _check_room(folder: Path, size: int) -> None:
    if shutil.disk_usage(folder).free < size + (1 << 20):
        raise disk_full()


def _free_name(folder: Path) -> Path:
    made = clock.now()
    while True:
        path = folder / f"rmdesk-{made.strftime(_STAMP)[:-3]}{SUFFIX}"
        if not path.exists():
            return path
        made += timedelta(milliseconds=1)


def _rotate(fresh: Path, keep: int) -> None:
    """Keeps the fresh one whatever its date says: a clock may have been set back."""
    others = [row for row in backups_in(fresh.parent) if row.path != fresh]
    for old in others[max(1, keep) - 1 :]:
        old.path.unlink()


def _row(path: Path) -> BackupRow:
    stamp = _NAME.fullmatch(path.name)
    made = datetime.strptime(stamp[1], _STAMP).replace(tzinfo=UTC) if stamp else datetime.fromtimestamp(0, UTC)
    return BackupRow(path, made, path.stat().st_size)


def _damaged(backup: Path) -> Trouble:
    return Trouble(
        N_("{name} is not a whole backup of rmdesk."),
        do=N_("Choose another backup; nothing was changed."),
        code="bad_backup",
        name=backup.name.removesuffix(".partial"),
    )
