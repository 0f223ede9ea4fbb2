"""The ways into an open profile: PIN, recovery code, passphrase, each made anew or taken away; the key exported.

The data itself is not touched: only the key file is written anew. Calls may take half a second or open the system's
dialog; they belong on a worker.
"""

from __future__ import annotations

from pathlib import Path

from rmdesk.base import clock
from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.record import replace
from rmdesk.base.text import N_
from rmdesk.models.kinds import new_id
from rmdesk.services.store import daily, key_file, keys, passphrase, recovery_code, witness
from rmdesk.services.store.key_file import KeyFile, SlotKind
from rmdesk.services.store.store import Store


def change_passphrase(folder: Path, old: str, new: str) -> None:
    """Replace the passphrase, proving the old one first; the old one opens nothing afterwards."""
    file, _spare = key_file.read(folder)
    key = keys.open_with_passphrase(file, old)
    passphrase.check(new, file.who)
    key_file.write(folder, file.with_slot(keys.seal_with_passphrase(key, file.profile, new)))
    _noted(folder, "passphrase")


def set_passphrase(store: Store, new: str) -> None:
    """Give an unlocked profile a passphrase; also writes a new key file when the old one was lost."""
    file = _file_of(store)
    passphrase.check(new, file.who)
    key_file.write(store.folder, file.with_slot(keys.seal_with_passphrase(store.key, file.profile, new)))
    _noted(store.folder, "passphrase")


def remove_passphrase(store: Store) -> None:
    """Leave the other daily ways; refused when there are none."""
    _remove(store, SlotKind.PASSPHRASE)


def set_pin(store: Store, pin: str) -> None:
    """Wrap the key anew with the keyring in use now and a PIN; also after recovery, when the old PIN is forgotten.

    Takes the place of an older PIN and of the keyring alone. Trouble when there is no safe keyring: nothing changes.
    """
    file = _file_of(store)
    passphrase.check_pin(pin)
    slot = daily.seal_anew(store.key, file.profile, pin)
    fresh = file.with_slot(slot).without(SlotKind.KEYRING)
    try:
        key_file.write(store.folder, fresh)
    except Trouble:
        if key_file.read(store.folder)[0] != fresh:  # the old key file stands
            daily.forget(slot)
        raise
    daily.forget(file.slot(SlotKind.DAILY))
    daily.forget(file.slot(SlotKind.KEYRING))
    _noted(store.folder, "pin")


def change_pin(folder: Path, old: str, new: str) -> None:
    """Replace the PIN, proving the old one first (a wrong one counts); the old one opens nothing afterwards."""
    file, _spare = key_file.read(folder)
    key = daily.unlock(file, old)
    passphrase.check_pin(new)
    key_file.write(folder, file.with_slot(daily.seal_again(key, file, new)))
    _noted(folder, "pin")


def remove_pin(store: Store) -> None:
    """Take the PIN away; refused when there is no passphrase."""
    daily.forget(_remove(store, SlotKind.DAILY))


def set_recovery(store: Store, code: str) -> None:
    """Let a code open the profile in place of the one before, which opens nothing afterwards.

    The code must have been shown and typed back first: see recovery_code.py.
    """
    file = _file_of(store)
    slot = keys.seal_with_code(store.key, file.profile, recovery_code.read(code))
    key_file.write(store.folder, file.with_slot(slot))
    _noted(store.folder, "recovery_code")


def export_key(store: Store, target: Path) -> None:
    """Write the raw key into a new file: it opens the data for whoever has it, and cannot be taken back."""
    file = _file_of(store)
    keys.export(store.key, target)
    key_file.write(store.folder, replace(file, exported=(*file.exported, clock.today().isoformat())))
    _noted(store.folder, "exported")


def rename(store: Store, who: str) -> None:
    """Change the name that greets before unlocking and signs the changes."""
    key_file.write(store.folder, replace(_any_file_of(store), who=who))
    store.who = who


def _remove(store: Store, kind: SlotKind) -> key_file.Slot | None:
    file = _file_of(store)
    rest = file.without(kind)
    if not any(slot.kind in key_file.OF_EVERY_DAY for slot in rest.slots):  # the recovery code is not for every day
        raise Refused(
            N_("This is the only way into the profile."),
            do=N_("Add another one first."),
            code="last_way_in",
            guide="keys",
        )
    key_file.write(store.folder, rest)
    _noted(store.folder, f"{kind.value}_removed")
    return file.slot(kind)


def _noted(folder: Path, what: str) -> None:
    """For the audit log, which takes it in at the next unlocking: some of this is done while the data are shut."""
    witness.leave(folder, "keys", what=what)


def _file_of(store: Store) -> KeyFile:
    file = _any_file_of(store)
    if file.demo:
        raise Refused(
            N_("A demo profile has no secrets: its key lies open."),
            do=N_("Create a profile of your own."),
            code="demo",
        )
    return file


def _any_file_of(store: Store) -> KeyFile:
    try:
        file, _spare = key_file.read(store.folder)
    except Trouble as error:
        if error.code not in ("no_key_file", "damaged_key_file"):
            raise
        profile = new_id()
        return KeyFile(profile, store.who, key_file.check_of(store.key, profile))
    if not file.knows(store.key):
        raise Trouble(
            N_("The key file beside the data belongs to another profile."),
            do=N_("Put the right key.json back, or move this one away. Your data was not changed."),
            code="foreign_key_file",
        )
    return file
