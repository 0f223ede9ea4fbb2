"""Bringing a backup back: as a new profile in an empty folder, or in place of a profile's data, which is kept aside."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from rmdesk.base import clock
from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.progress import Progress, Silent
from rmdesk.base.text import N_
from rmdesk.models.migrations import HEAD
from rmdesk.services.store import backup, backup_keys, container, copying, key_file, keys, profile, witness
from rmdesk.services.store.container import About
from rmdesk.services.store.engine import connect, told
from rmdesk.services.store.key_file import KeyFile, SlotKind
from rmdesk.services.store.place import check_local, disk_full, told_of_files
from rmdesk.services.store.words import key_from

ASIDE = "set-aside"
_FRESH = "rmdesk.db.restored"
_PACKED = "rmdesk.db.packed"
SCRATCH = (f"{backup.SCRATCH}*", f"{_FRESH}*", f"{_PACKED}*", "rmdesk.db.archive*", "rmdesk.db.saved*")
_SIDES = ("-wal", "-shm", "-journal")

Opener = Callable[[KeyFile], bytes]


def keys_of(file: Path) -> KeyFile:
    """The key file in a backup, for asking how it opens. Trouble when the backup is none, or came without its keys."""
    found = container.about(file).keys
    if found is None:
        raise backup_keys.missing(file)
    return found


def describe(file: Path) -> profile.ProfileInfo:
    """What opens a backup, as `profile.describe` tells of a folder; not the keyring, which stays on its computer."""
    found = keys_of(file)
    code = found.slot(SlotKind.RECOVERY)
    return profile.ProfileInfo(
        file.parent,
        exists=True,
        demo=found.demo,
        who=found.who,
        has_passphrase=found.slot(SlotKind.PASSPHRASE) is not None,
        recovery_of="" if code is None else str(code.params["made"]),
        has_key_file=bool(found.exported),
    )


def with_words(words: str) -> Opener:
    """Opens a backup with the recovery code or the passphrase of its day (a PIN only on its own computer)."""
    return lambda file: key_from(file, words)


def with_key_file(given: Path) -> Opener:
    """Opens a backup with an exported key, or with a text file whose first line are its words."""

    def opened(file: KeyFile) -> bytes:
        read = keys.read_exported(given)
        if isinstance(read, str):
            return key_from(file, read)
        if not file.knows(read):
            raise _wrong()
        return read

    return opened


def restore(
    file: Path, folder: Path, opener: Opener, progress: Progress | None = None, *, key: bytes | None = None
) -> profile.ProfileInfo:
    """Put a backup into a folder that holds no profile yet, as a profile that opens as it did on the day of the backup.

    `opener` finds the profile's key from the key file of the day (see `with_words`); or give the
    `key` itself. The copy is opened and compared before it counts. Refuses a file that is no backup, a damaged one, a
    wrong secret, a folder that is taken, a network drive; on any failure the folder holds no profile.
    """
    check_local(folder)
    profile.check_free(folder)
    about = container.about(file)
    _check_schema(about)
    if about.keys is None:
        raise backup_keys.missing(file)
    if key is None:
        key = about.keys.demo_key or opener(about.keys)
    fresh = folder / profile.UNFINISHED
    try:
        with told_of_files(folder.name):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _bring(file, key, fresh, key, progress or Silent())
        key_file.write(folder, about.keys)
        with told_of_files(profile.DATA):
            fresh.replace(folder / profile.DATA)
        witness.leave(folder, "restore", backup=about.name or "older")
    except BaseException:
        profile.clear_unfinished(folder)
        raise
    return profile.describe(folder)


def restore_over(file: Path, folder: Path, key: bytes, progress: Progress | None = None) -> Path | None:
    """Put a backup in place of the data of a profile that nobody has open; what was there is kept aside.

    Gives where it lies now, None when there was nothing. `key`: the profile's. At every moment the folder has the old
    data or the restored. Refuses a backup of another profile or another key.
    """
    about = container.about(file)
    _check_schema(about)
    with suppress(Trouble):
        present, _spare = key_file.read(folder)
        if about.profile and present.profile != about.profile:
            raise Refused(
                N_("This backup belongs to another profile."),
                do=N_("Restore it into a folder of its own."),
                code="other_profile",
            )
    fresh = folder / _FRESH
    try:
        _bring(file, key, fresh, key, progress or Silent())
        aside = swap_in(fresh, folder, key)
        witness.leave(folder, "restore", backup=about.name or "older")
        return aside
    finally:
        remove(fresh)


def swap_in(fresh: Path, folder: Path, key: bytes | None) -> Path | None:
    """Put a whole data file in place of the present one, which is kept aside under its date; gives where it lies."""
    data = folder / profile.DATA
    with told_of_files(profile.DATA):
        aside = set_aside(folder, key)
        fresh.replace(data)
    return aside


def set_aside(folder: Path, key: bytes | None = None) -> Path | None:
    """Keep a second name of the data file, and its WAL, in the folder for what was set aside; the file itself stays
    until another takes its place. None when there is no data file.
    """
    data = folder / profile.DATA
    if not data.exists():
        return None
    if key is not None:
        _emptied(data, key)
    target = _free_place(folder)
    with told_of_files(target.name):
        target.parent.mkdir(mode=0o700, exist_ok=True)
        target.mkdir(mode=0o700)
        kept = target / profile.DATA
        try:
            kept.hardlink_to(data)
        except OSError:  # a file system without second names
            shutil.copyfile(data, kept)
        for side in _SIDES:
            with suppress(FileNotFoundError):
                data.with_name(data.name + side).replace(kept.with_name(kept.name + side))
    return kept


def set_asides(folder: Path) -> tuple[Path, ...]:
    """The data files that were set aside, latest first."""
    return tuple(sorted((folder / ASIDE).glob(f"*/{profile.DATA}"), reverse=True))


def drop_asides(folder: Path) -> int:
    """Remove the data files that were set aside; they hold clients who left since. Gives how many."""
    found = set_asides(folder)
    with told_of_files(ASIDE):
        for kept in found:
            shutil.rmtree(kept.parent)
        with suppress(OSError):
            (folder / ASIDE).rmdir()
    return len(found)


def _bring(file: Path, key: bytes, fresh: Path, target_key: bytes, progress: Progress) -> None:
    """The copy in a backup, checked, under the profile's key."""
    packed = fresh.with_name(_PACKED)
    try:
        _check_room(fresh.parent, 2 * container.about(file).size)
        about = container.unpack(file, packed, progress)
        own = backup.key_of(file, about, key)
        try:
            rows = copying.copy(packed, own, fresh, progress, target_key=target_key)
        except Trouble as error:
            if error.code not in ("wrong_key", "damaged", "bad_copy"):
                raise
            if error.code == "wrong_key" and not about.name:
                raise _wrong() from error
            raise container.damaged(file) from error
        if about.rows and rows != about.rows:
            raise container.damaged(file)
    finally:
        remove(packed)


def _wrong() -> Refused:
    return Refused(
        N_("This key does not open the backup."),
        do=N_("Give the passphrase or the key of the day it was made."),
        code="wrong_key",
    )


def _check_schema(about: About) -> None:
    if about.schema > HEAD:
        raise container.newer()


def _emptied(data: Path, key: bytes) -> None:
    """Take the WAL into the file where that works; what does not open is kept as it is."""
    with suppress(Trouble):
        connection = connect(data, key)
        try:
            with told(data):
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            connection.close()


def _free_place(folder: Path) -> Path:
    stamp = clock.now().strftime("%Y%m%d-%H%M%S")
    number = 0
    while (place := folder / ASIDE / (f"{stamp}-{number}" if number else stamp)).exists():
        number += 1
    return place


def _check_room(folder: Path, size: int) -> None:
    with told_of_files(folder.name):
        if shutil.disk_usage(folder).free < size + (1 << 20):
            raise disk_full()


def remove(path: Path) -> None:
    """Remove a scratch file with all that stands beside it."""
    with suppress(OSError):
        for leftover in path.parent.glob(f"{path.name}*"):
            leftover.unlink()
