"""The way in of every day: a secret that the system's keyring holds, and a PIN. Neither alone opens anything.

The sealing key is HKDF of the keyring's 32 bytes and Argon2id of the PIN. Wrong PINs are counted in the keyring, not in
the key file: putting an old copy of the file back does not set the count back. The count is raised before a PIN is
tried and set back after it was right, so that a process killed in between has counted. Without the count nothing is
tried; then, and after the last try, only the recovery code opens (or the bank's key), and a new PIN counts anew.
"""

from __future__ import annotations

import hmac
import os
from contextlib import suppress

from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.text import N_
from rmdesk.services.store import keyring_slot, keys
from rmdesk.services.store.key_file import KeyFile, Slot, SlotKind, check_of
from rmdesk.services.store.passphrase import key_rules

_PURPOSE = b"rmdesk daily slot"


def seal_anew(key: bytes, profile: str, pin: str) -> Slot:
    """Put a fresh secret and a count of none into the keyring in use now, and seal the key under secret and PIN.

    The entries have names of their own, so that older ones stay good until the new slot is written.
    """
    secret = os.urandom(key_rules().secret_bytes)
    account = f"{profile}/{os.urandom(4).hex()}"
    try:
        backend = keyring_slot.put(account, secret)
        keyring_slot.put(_tries(account), b"\0")
        return _seal(key, profile, pin, secret, backend, account)
    except BaseException:
        with suppress(Trouble):
            _forget(account)
        raise


def seal_again(key: bytes, file: KeyFile, pin: str) -> Slot:
    """The slot with another PIN under the same secret: the keyring is not written, so the old slot stays good."""
    slot = _slot(file)
    return _seal(key, file.profile, pin, _secret(slot), slot.params["backend"], slot.params["account"])


def unlock(file: KeyFile, pin: str) -> bytes:
    """The raw key. Refused for a wrong PIN (saying how many tries are left) and when none is left.

    Trouble when the keyring is another one, is locked, or lost secret or count.
    """
    slot = _slot(file)
    secret, count = _secret(slot), tried(slot)
    most = key_rules().pin_tries
    if count >= most:
        raise _worn()
    _count(slot, count + 1)
    key = keys.unsealed(file, slot, _sealing(secret, pin, slot.params))
    if key is None:
        if count + 1 >= most:
            raise _worn()
        raise Refused(
            N_("The PIN is not right. Tries left: {left}."),
            do=N_("Check the keyboard layout and Caps Lock. If you forgot it, use the recovery code."),
            field="pin",
            code="wrong_pin",
            left=most - count - 1,
        )
    _count(slot, 0)
    return key


def tried(slot: Slot) -> int:
    """How many wrong PINs were given since the last right one."""
    return keyring_slot.take(_tries(slot.params["account"]), slot.params["backend"], 1)[0]


def forget(slot: Slot | None) -> None:
    """Remove the entries of a slot; they are of no use without it, so a keyring that does not answer is no matter."""
    if slot is not None:
        forget_account(slot.params["account"])


def forget_account(account: str) -> None:
    """Remove the entries of this name, as `forget` does."""
    with suppress(Trouble):
        _forget(account)


def _slot(file: KeyFile) -> Slot:
    slot = file.slot(SlotKind.DAILY)
    if slot is None:
        raise Refused(N_("This profile has no PIN."), do=N_("Unlock it the way it was set up."), code="no_pin")
    return slot


def _seal(key: bytes, profile: str, pin: str, secret: bytes, backend: str, account: str) -> Slot:
    params = keys.stretching(SlotKind.DAILY) | {
        "backend": backend,
        "account": account,
        "mark": check_of(secret, account),  # tells a changed secret from a wrong PIN
    }
    return keys.sealed(key, profile, SlotKind.DAILY, params, _sealing(secret, pin, params))


def _sealing(secret: bytes, pin: str, params: dict[str, object]) -> bytes:
    return keys.derived(secret + keys.stretched(pin, params), params, _PURPOSE)


def _secret(slot: Slot) -> bytes:
    account = slot.params["account"]
    secret = keyring_slot.take(account, slot.params["backend"], key_rules().secret_bytes)
    if not hmac.compare_digest(slot.params["mark"], check_of(secret, account)):
        raise keyring_slot.changed_entry()
    return secret


def _count(slot: Slot, tries: int) -> None:
    keyring_slot.put(_tries(slot.params["account"]), bytes([tries]))


def _tries(account: str) -> str:
    return f"{account}/tries"


def _forget(account: str) -> None:
    keyring_slot.forget(account)
    keyring_slot.forget(_tries(account))


def _worn() -> Refused:
    return Refused(
        N_("Too many wrong PINs. Only the recovery code opens this profile now."),
        do=N_("Take the recovery sheet and choose Forgot PIN. The data is safe."),
        field="pin",
        code="pin_worn",
        guide="keys",
    )
