"""A profile: one folder with the encrypted data file and its key file. Made here, described, and opened.

Opening proves the key first (against the key file), so that a data file that does not open is known to be damaged
and is never mistaken for a wrong passphrase. Everything here may take half a second: it belongs on a worker.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR

from rmdesk.base.errors import Known, Refused, Trouble
from rmdesk.base.record import record
from rmdesk.base.text import N_
from rmdesk.models.kinds import USER_NAME_KEY, new_id
from rmdesk.models.migrations import HEAD
from rmdesk.services.store import daily, key_file, keyring_slot, keys, migrate, recovery_code, rekey, witness
from rmdesk.services.store import passphrase as phrases
from rmdesk.services.store import words as words_of
from rmdesk.services.store.engine import Connection, Damaged, connect, damaged, told
from rmdesk.services.store.key_file import KeyFile, SlotKind
from rmdesk.services.store.place import check_local, not_writable, told_of_files
from rmdesk.services.store.store import Store

DATA = "rmdesk.db"
UNFINISHED = "rmdesk.db.new"
PR_SET_DUMPABLE = 4  # prctl(2)
SMALLEST = 4096  # bytes: one page of SQLCipher 4


@record
class ProfileInfo:
    """What can be told about a profile without its key.

    `exists`: there is data to unlock. `problem` says why it cannot be unlocked, or None. `has_keyring`: the keyring
    opens it alone, as in older versions. `keyring` names the one in use then. `recovery_of` is the day of the recovery
    code, "" without one. `has_key_file`: the key was exported at least once (`exported`: when). `from_spare`: key.json
    was damaged or missing and the spare copy is used.
    """

    folder: Path
    exists: bool
    demo: bool = False
    who: str = ""
    has_pin: bool = False
    has_passphrase: bool = False
    has_keyring: bool = False
    keyring: str = ""
    recovery_of: str = ""
    has_key_file: bool = False
    exported: tuple[str, ...] = ()
    from_spare: bool = False
    problem: Known | None = None


def describe(folder: Path) -> ProfileInfo:
    """What lies in a folder; reads the key file only and never raises Known."""
    has_data = unfinished = False
    try:
        with told_of_files(folder.name):
            has_data, unfinished = (folder / DATA).exists(), (folder / UNFINISHED).exists()
        file, from_spare = key_file.read(folder)
    except Known as error:
        is_empty = not has_data and error.code == "no_key_file"
        return ProfileInfo(folder, has_data, problem=None if is_empty else error)
    if not has_data and unfinished:
        return ProfileInfo(folder, False)  # making it was cut short; it can be made again
    code = file.slot(SlotKind.RECOVERY)
    kept = file.slot(SlotKind.DAILY) or file.slot(SlotKind.KEYRING)
    return ProfileInfo(
        folder,
        exists=has_data,
        demo=file.demo,
        who=file.who,
        has_pin=file.slot(SlotKind.DAILY) is not None,
        has_passphrase=file.slot(SlotKind.PASSPHRASE) is not None,
        has_keyring=file.slot(SlotKind.KEYRING) is not None,
        keyring="" if kept is None else str(kept.params["backend"]),
        recovery_of="" if code is None else str(code.params["made"]),
        has_key_file=bool(file.exported),
        exported=file.exported,
        from_spare=from_spare,
        problem=None if has_data else _no_data(),
    )


def create(
    folder: Path,
    *,
    who: str,
    pin: str | None = None,
    passphrase: str | None = None,
    code: str | None = None,
    demo: bool = False,
) -> Store:
    """Make a new profile and open it: an empty data file and its key file.

    Give a PIN (beside the system's keyring), a passphrase where there is no safe keyring, or both; and the recovery
    code that was shown and typed back. A demo profile takes none of them. Refuses weak ones, a folder that holds a
    profile already and a network drive; Trouble when the keyring is not safe or the disk does not play along.
    """
    if demo == bool(pin is not None or passphrase is not None):
        raise Refused(
            N_("Say how the profile is to be unlocked."),
            do=N_("Choose a PIN, or a passphrase where there is no keyring; a demo profile takes neither."),
            code="no_way_in",
        )
    if pin is not None:
        phrases.check_pin(pin)
    if passphrase is not None:
        phrases.check(passphrase, who)
    check_local(folder)
    check_free(folder)
    is_new = not folder.exists()
    with told_of_files(folder.name):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _leave_no_dump()
    key = keys.new_key()
    file = _first_key_file(key, who, passphrase, code, demo)
    try:
        if pin is not None:
            file = file.with_slot(daily.seal_anew(key, file.profile, pin))
        _make_data(folder, key, file)
    except BaseException:
        daily.forget(file.slot(SlotKind.DAILY))
        if is_new:
            with suppress(OSError):  # what is not empty stays
                folder.rmdir()
        raise
    return Store(folder / DATA, key, who)


def _first_key_file(key: bytes, who: str, passphrase: str | None, code: str | None, demo: bool) -> KeyFile:
    profile = new_id()
    file = KeyFile(profile, who, key_file.check_of(key, profile), demo_key=key if demo else None)
    if passphrase is not None:
        file = file.with_slot(keys.seal_with_passphrase(key, profile, passphrase))
    if code is not None:
        file = file.with_slot(keys.seal_with_code(key, profile, recovery_code.read(code)))
    return file


def open_with_pin(folder: Path, pin: str) -> Store:
    """Unlock by PIN and keyring; Refused(field="pin") when it is wrong, Trouble without the keyring."""
    return _unlocked(folder, "pin", lambda file: daily.unlock(file, pin))


def open_with_code(folder: Path, code: str) -> Store:
    """Unlock by recovery code; Refused(field="code") naming the group that is mistyped. Nothing is changed."""
    return _unlocked(folder, "recovery", lambda file: keys.open_with_code(file, code))


def open_with_passphrase(folder: Path, passphrase: str) -> Store:
    """Unlock by passphrase; Refused(field="passphrase") when it is wrong."""
    return _unlocked(folder, "passphrase", lambda file: keys.open_with_passphrase(file, passphrase))


def open_with_words(folder: Path, words: str) -> Store:
    """Unlock with words whose kind is not told: recovery code, passphrase or PIN."""
    return _unlocked(folder, "words", lambda file: words_of.key_from(file, words))


def open_with_keyring(folder: Path) -> Store:
    """Unlock a profile of an older version by the keyring alone; Trouble with advice when it does not give the key."""
    return _unlocked(folder, "keyring", _by_keyring)


def open_with_key_file(folder: Path, given: Path) -> Store:
    """Unlock with a file: an exported key, or a text file whose first line is passphrase, PIN or recovery code.

    An exported key opens the data even when key.json is lost or damaged.
    """
    read = keys.read_exported(given)
    if isinstance(read, str):
        return open_with_words(folder, read)
    try:
        return _unlocked(folder, "key_file", lambda file: _exported(file, read))
    except Trouble as error:
        if error.code not in ("no_key_file", "damaged_key_file"):
            raise
        return _open(folder, read, None)


def open_with_key(folder: Path, key: bytes) -> Store:
    """Open again with the key that had opened this profile, after its data was restored or salvaged."""
    file, _spare = _key_file(folder)
    return _open(folder, _exported(file, key), file)


def open_demo(folder: Path) -> Store:
    """Open a demo profile, whose key lies open; Refused for any other."""
    file, _spare = _key_file(folder)
    if file.demo_key is None:
        raise Refused(N_("This is not a demo profile."), do=N_("Unlock it with its passphrase."), code="not_a_demo")
    return _open(folder, file.demo_key, file)


def check_free(folder: Path) -> None:
    """Refuse a folder that holds a profile, or the key file of one."""
    info = describe(folder)
    if info.exists or info.problem is not None:
        raise Refused(
            N_("This folder already holds a profile."),
            do=N_("Unlock it, or choose an empty folder."),
            field="folder",
            code="profile_exists",
        )


def clear_unfinished(folder: Path) -> None:
    """Remove what is left of a profile that was not made whole; never touches one with data."""
    if (folder / DATA).exists():
        return
    with suppress(OSError):
        for name in (key_file.FILE, key_file.SPARE):
            if (folder / UNFINISHED).exists():
                (folder / name).unlink(missing_ok=True)
        for leftover in folder.glob(f"{UNFINISHED}*"):
            leftover.unlink()


def _leave_no_dump() -> None:
    """The key lies in memory from now on: a crash must not write memory to the disk."""
    if sys.platform != "win32":
        import resource

        _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
    if sys.platform == "linux":
        # A dump that is piped to a program heeds no limit; this also keeps the user's other programs from reading here.
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def _make_data(folder: Path, key: bytes, file: KeyFile) -> None:
    """The data file under another name first: a profile is there whole, or can be made again."""
    clear_unfinished(folder)
    fresh = folder / UNFINISHED
    with told_of_files(folder.name):
        fresh.touch(mode=0o600)
    try:
        connect(fresh, key, create=True).close()
        migrate.bring_up(fresh, key)
        if not file.demo:  # who fills a demo names its people
            _keep_user_name(fresh, key, file.who)
        key_file.write(folder, file)
        with told_of_files(DATA):
            fresh.replace(folder / DATA)
    except BaseException:
        clear_unfinished(folder)
        raise


def _by_keyring(file: KeyFile) -> bytes:
    slot = file.slot(SlotKind.KEYRING)
    if slot is None:
        raise Refused(
            N_("The key of this profile is not in the system's keyring."),
            do=N_("Unlock it the way it was set up."),
            code="no_keyring_slot",
        )
    secret = keyring_slot.take(slot.params["account"], slot.params["backend"], phrases.key_rules().secret_bytes)
    return keys.open_with_secret(file, secret)


def _exported(file: KeyFile, key: bytes) -> bytes:
    if not file.knows(key):
        raise Refused(
            N_("This key file belongs to another profile."),
            do=N_("Give the key file that was exported from this profile."),
            field="key_file",
            code="wrong_key",
        )
    return key


def _unlocked(folder: Path, way: str, find: Callable[[KeyFile], bytes]) -> Store:
    """Open with the key that `find` gets out of the key file; a failure is left for the audit log."""
    file, _spare = _key_file(folder)
    try:
        key = find(file)
    except Known as error:
        witness.leave(folder, "unlock_failed", way=way, code=error.code)
        raise
    return _open(folder, key, rekey.finish(folder, file, key))


def _key_file(folder: Path) -> tuple[KeyFile, bool]:
    info = describe(folder)
    is_gone = (
        info.problem is not None and info.problem.code == "no_data_file"
    )  # then a backup helps whoever has the key
    if not info.exists and not is_gone:
        raise info.problem or Refused(
            N_("There is no profile in this folder."),
            do=N_("Create one, restore a backup, or choose another folder."),
            code="no_profile",
        )
    return key_file.read(folder)


def _open(folder: Path, key: bytes, file: KeyFile | None) -> Store:
    try:
        return _opened(folder, key, file)
    except Damaged as error:
        error.key = key  # proven: what can be saved is saved with it, and nobody is asked again
        raise


def _opened(folder: Path, key: bytes, file: KeyFile | None) -> Store:
    path = folder / DATA
    _leave_no_dump()
    check_local(folder)
    if not path.exists():
        raise _no_data()
    with told_of_files(DATA):
        found = path.stat()
    if S_ISDIR(found.st_mode):
        raise not_writable(DATA)
    if found.st_size < SMALLEST:
        raise damaged(path)  # SQLite would take it for a new file, write to it and hide the loss
    try:
        version, who = _looked_into(path, key)
    except Trouble as error:
        if error.code == "wrong_key" and file is not None and file.knows(key):
            raise damaged(path) from error
        raise
    if version is None:
        raise damaged(path)
    if version != HEAD:
        migrate.bring_up(path, key)
    return Store(path, key, who or ("" if file is None else file.who))


def _looked_into(path: Path, key: bytes) -> tuple[str | None, str]:
    """The schema revision, and the name that signs the change records; over one connection, as each costs 2 ms."""
    connection = connect(path, key)
    try:
        with told(path):
            _check_writable(connection)
            version = migrate.version_in(connection)
            return version, _user_name(connection) if version else ""
    finally:
        connection.close()


def _check_writable(connection: Connection) -> None:
    """Learn now, not at the first saved note, that nothing can be saved."""
    connection.execute("BEGIN IMMEDIATE")  # succeeds on a read-only file too: only a write tells
    connection.execute("PRAGMA user_version = 0").fetchall()
    connection.execute("ROLLBACK")


def _keep_user_name(path: Path, key: bytes, who: str) -> None:
    connection = connect(path, key)
    try:
        with told(path):
            kept = (USER_NAME_KEY, json.dumps(who, ensure_ascii=False))
            connection.execute("INSERT INTO setting (key, value) VALUES (?, ?)", kept)
    finally:
        connection.close()


def _user_name(connection: Connection) -> str:
    """The name in the settings; empty when it was never changed."""
    kept = connection.execute("SELECT value FROM setting WHERE key = ?", (USER_NAME_KEY,)).fetchone()
    return str(json.loads(kept[0])) if kept else ""


def _no_data() -> Damaged:
    return Damaged(
        N_("The data file of this profile is missing ({name})."),
        do=N_("Put it back, restore a backup, or choose another folder. Nothing was changed."),
        code="no_data_file",
        name=DATA,
    )
