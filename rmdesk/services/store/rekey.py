"""A new data key: the whole file written anew under it, so that older keys, codes and exported keys open nothing more.

The copy is made and checked beside the data first. Then one rename of key.json decides: before it the old key and the
old file hold, after it the new ones. What is left to do after it (the copy takes the data's place, the keys of the
backups are sealed anew) is done at once, or at the next unlocking when the process was killed: until then key.json
holds the former key, sealed under the new one.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.progress import Progress, Silent
from rmdesk.base.record import replace
from rmdesk.base.text import N_
from rmdesk.services.store import daily, key_file, keys, recovery_code, witness
from rmdesk.services.store.engine import connect, told
from rmdesk.services.store.key_file import KeyFile, Slot, SlotKind
from rmdesk.services.store.place import told_of_files

DATA, FRESH, BACKUPS, ASIDE = "rmdesk.db", "rmdesk.db.rekeyed", "backups", "set-aside"
_FORMER = b"rmdesk former key"


def rekey(
    folder: Path,
    *,
    code: str,
    pin: str | None = None,
    passphrase: str | None = None,
    progress: Progress | None = None,
) -> None:
    """Give a profile that nobody has open a new data key and a new recovery code (shown and typed back before).

    The caller holds the profile (lock.py). PIN and passphrase are those of now: each that is given is proven and opens
    afterwards too, one that is not given opens nothing any more. Refused for a wrong one; Trouble(code="busy") while
    somebody has the data open, and on a full disk: nothing has changed then.
    """
    code = recovery_code.read(code)
    file, _spare = key_file.read(folder)
    key = _proven(file, pin, passphrase)
    file = finish(folder, file, key)
    _check(folder, file)
    _alone(folder / DATA, key)
    before = _state(folder / DATA)
    new = keys.new_key()
    from rmdesk.services.store import copying

    copying.copy(folder / DATA, key, folder / FRESH, progress or Silent(), target_key=new)
    if _state(folder / DATA) != before:
        raise _in_use()
    fresh = _slots(file, key, new, code, pin, passphrase)
    try:
        key_file.write(folder, fresh)
    except Trouble:
        if key_file.read(folder)[0] != fresh:  # the old key file stands
            daily.forget(fresh.slot(SlotKind.DAILY))
            raise
    finish(folder, fresh, new)
    witness.leave(folder, "keys", what="data_key")


def finish(folder: Path, file: KeyFile, key: bytes) -> KeyFile:
    """Do what a rekey had left to do when it was cut short; gives the key file as it is then. Safe to repeat."""
    slot = file.slot(SlotKind.FORMER)
    if slot is None or not file.knows(key):
        return file
    former = keys.unsealed(file, slot, keys.derived(key, slot.params, _FORMER))
    with told_of_files(DATA):
        if (folder / FRESH).exists():
            for side in ("-wal", "-shm"):  # of the old file, which was at rest; under the new one they would be noise
                (folder / f"{DATA}{side}").unlink(missing_ok=True)
            (folder / FRESH).replace(folder / DATA)
    done = file.without(SlotKind.FORMER)
    try:
        if former is not None:
            _hand_on(folder, former, key)
        key_file.write(folder, done)
    except Trouble:
        return file  # a full disk: the data are there, and the rest is done at a later unlocking
    if slot.params["account"]:
        daily.forget_account(slot.params["account"])
    return done


def _hand_on(folder: Path, former: bytes, key: bytes) -> None:
    """What else the former key guarded: how the audit log ended, and the keys of the backups."""
    end = witness.kept(folder, former)
    if end is not None:
        witness.keep(folder, key, *end)
    from rmdesk.services.store import backup_keys

    backup_keys.sealed_anew(folder / BACKUPS, former, key)


def _proven(file: KeyFile, pin: str | None, passphrase: str | None) -> bytes:
    if file.demo or (pin is None and passphrase is None):
        raise Refused(
            N_("A new data key needs the PIN or the passphrase of now."),
            do=N_("Unlock the profile and choose a PIN first."),
            code="no_proof",
            guide="keys",
        )
    found = None if passphrase is None else keys.open_with_passphrase(file, passphrase)
    return daily.unlock(file, pin) if pin is not None else found or b""


def _check(folder: Path, file: KeyFile) -> None:
    if any((folder / ASIDE).glob(f"*/{DATA}")):
        raise Refused(
            N_("Data that a restore set aside lie in {name}; a new key would not open them."),
            do=N_("Look whether you still need them, remove that folder, then try again."),
            code="set_aside",
            name=ASIDE,
        )
    with suppress(OSError):  # of an attempt that came to nothing
        (folder / FRESH).unlink(missing_ok=True)


def _slots(file: KeyFile, key: bytes, new: bytes, code: str, pin: str | None, passphrase: str | None) -> KeyFile:
    profile, old = file.profile, file.slot(SlotKind.DAILY)
    fresh = replace(file, check=key_file.check_of(new, profile), slots=(), exported=())
    fresh = fresh.with_slot(keys.seal_with_code(new, profile, code))
    if passphrase is not None:
        fresh = fresh.with_slot(keys.seal_with_passphrase(new, profile, passphrase))
    fresh = fresh.with_slot(_former(key, new, profile, "" if old is None else old.params["account"]))
    return fresh if pin is None else fresh.with_slot(daily.seal_anew(new, profile, pin))


def _former(key: bytes, new: bytes, profile: str, account: str) -> Slot:
    params = {"kdf": "hkdf-sha256", "salt": os.urandom(16).hex(), "account": account}
    return keys.sealed(key, profile, SlotKind.FORMER, params, keys.derived(new, params, _FORMER))


def _alone(data: Path, key: bytes) -> None:
    """Refuse while another connection is open: leaving the WAL takes the file for oneself."""
    connection = connect(data, key)
    try:
        with told(data):
            left = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0] == "delete"
            connection.execute("PRAGMA journal_mode=WAL").fetchone()
    finally:
        connection.close()
    if not left:
        raise _in_use()


def _state(data: Path) -> tuple[int, int, int]:
    """What changes when somebody writes, be it into the file or its WAL."""
    wal = data.with_name(f"{data.name}-wal")
    with told_of_files(data.name):
        now = data.stat()
        return now.st_mtime_ns, now.st_size, wal.stat().st_size if wal.exists() else 0


def _in_use() -> Trouble:
    return Trouble(
        N_("The data file is in use by another program."),
        do=N_("Close the other program and try again. Nothing was changed."),
        code="busy",
    )
