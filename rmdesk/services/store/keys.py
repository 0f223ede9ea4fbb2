"""The raw key of a profile: made, sealed under what its user has, opened again, exported.

The data file is encrypted with 32 random bytes. They are never stored as they are (but in a demo profile, which
says so): each *slot* of the key file seals them under something the user has.

- `daily`: a random secret of the system's keyring together with a PIN (daily.py); neither alone opens anything;
- `recovery`: HKDF of the recovery code, which is random and long (recovery_code.py);
- `passphrase`: Argon2id (RFC 9106) of the passphrase, for machines without a safe keyring; parameters in the slot;
- `keyring`: HKDF of a secret of the keyring alone, in profiles of older versions.

An exported key file holds the raw key itself: whoever has it and the data file can read everything.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.services.store import recovery_code
from rmdesk.services.store.key_file import KEY_BYTES, STRETCHED, KeyFile, Slot, SlotKind
from rmdesk.services.store.keyring_slot import changed_entry
from rmdesk.services.store.passphrase import key_rules, normal
from rmdesk.services.store.place import told_of_files

EXPORT_MARK = "rmdesk-key"
_KEYRING, _CODE = b"rmdesk keyring slot", b"rmdesk recovery code"
_BOUND = 1  # what the seals of all versions of the key file cover


def new_key() -> bytes:
    """32 random bytes from the system."""
    return os.urandom(KEY_BYTES)


def seal_with_passphrase(key: bytes, profile: str, passphrase: str) -> Slot:
    """A slot that the passphrase opens; takes a fraction of a second and 64 MiB on purpose."""
    params = stretching(SlotKind.PASSPHRASE)
    return sealed(key, profile, SlotKind.PASSPHRASE, params, stretched(passphrase, params))


def seal_with_code(key: bytes, profile: str, code: str) -> Slot:
    """A slot that a recovery code opens; the code as `recovery_code.read` gives it."""
    params = {"kdf": "hkdf-sha256", "salt": os.urandom(16).hex(), "made": clock.today().isoformat()}
    return sealed(key, profile, SlotKind.RECOVERY, params, derived(code.encode(), params, _CODE))


def seal_with_secret(key: bytes, profile: str, secret: bytes, *, backend: str, account: str) -> Slot:
    """A slot that a secret kept in the system's keyring opens, without a PIN, as older versions made it."""
    params = {"kdf": "hkdf-sha256", "salt": os.urandom(16).hex(), "backend": backend, "account": account}
    return sealed(key, profile, SlotKind.KEYRING, params, derived(secret, params, _KEYRING))


def open_with_passphrase(file: KeyFile, passphrase: str) -> bytes:
    """The raw key; Refused when the passphrase is wrong or the profile has none."""
    slot = file.slot(SlotKind.PASSPHRASE)
    if slot is None:
        raise Refused(
            N_("This profile has no passphrase."), do=N_("Unlock it the way it was set up."), code="no_passphrase"
        )
    key = unsealed(file, slot, stretched(passphrase, slot.params))
    if key is None:
        raise Refused(
            N_("The passphrase is not right."),
            do=N_("Check the keyboard layout and Caps Lock, and try again."),
            field="passphrase",
            code="wrong_passphrase",
        )
    return key


def open_with_code(file: KeyFile, written: str) -> bytes:
    """The raw key; Refused when the code is mistyped (naming the group), another one, or the profile has none."""
    slot = file.slot(SlotKind.RECOVERY)
    if slot is None:
        raise Refused(
            N_("This profile has no recovery code."), do=N_("Unlock it the way it was set up."), code="no_recovery"
        )
    key = unsealed(file, slot, derived(recovery_code.read(written).encode(), slot.params, _CODE))
    if key is None:
        raise Refused(
            N_("This is not the recovery code of this profile. Its code was made on {day}."),
            do=N_("Take the sheet of that day; older codes no longer open."),
            field="code",
            code="wrong_code",
            day=slot.params["made"],
        )
    return key


def open_with_secret(file: KeyFile, secret: bytes) -> bytes:
    """The raw key from the keyring's secret; Trouble when it does not fit the slot."""
    slot = file.slot(SlotKind.KEYRING)
    key = None if slot is None else unsealed(file, slot, derived(secret, slot.params, _KEYRING))
    if key is None:
        raise changed_entry()
    return key


def export(key: bytes, target: Path) -> None:
    """Write the raw key into a new file that only the user may read."""
    with told_of_files(target.name):
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(f"{EXPORT_MARK} {key.hex()}\n".encode())
            out.flush()
            os.fsync(out.fileno())


def read_exported(file: Path) -> bytes | str:
    """What a file given with --key-file holds: the raw key (bytes), or a passphrase (its first line).

    A line `rmdesk-key` + 64 hex digits, or 64 hex digits alone, is the raw key; every other first line is the
    passphrase as it stands, without its line end. Refused when it is empty or cannot be read as either.
    """
    content = b""
    if not file.is_dir():
        with told_of_files(file.name), file.open("rb") as given:
            content = given.read(4096)
    try:
        line = content.decode("utf-8-sig").splitlines()[0]
    except (UnicodeDecodeError, IndexError):
        line = ""
    if not line.strip():
        raise Refused(
            N_("{name} holds neither a key nor a passphrase."),
            do=N_("Give an exported key file, or a text file with the passphrase as its first line."),
            code="no_key_in_file",
            name=file.name,
        )
    digits = line.removeprefix(EXPORT_MARK).strip()
    if len(digits) == KEY_BYTES * 2 and all(sign in "0123456789abcdefABCDEF" for sign in digits):
        return bytes.fromhex(digits)
    return line


def sealed(key: bytes, profile: str, kind: SlotKind, params: dict[str, Any], sealing: bytes) -> Slot:
    """A slot of a kind: the raw key under a sealing key, bound to the profile and the parameters."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(12)
    return Slot(kind, params, nonce, AESGCM(sealing).encrypt(nonce, key, _bound(profile, kind, params)))


def unsealed(file: KeyFile, slot: Slot, sealing: bytes) -> bytes | None:
    """The raw key in a slot, None when the sealing key is another one."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(sealing).decrypt(slot.nonce, slot.sealed, _bound(file.profile, slot.kind, slot.params))
    except InvalidTag:
        return None


def _bound(profile: str, kind: SlotKind, params: dict[str, Any]) -> bytes:
    """What the seal covers besides the key: a slot moved to another profile, or with other parameters, stays shut."""
    return json.dumps([_BOUND, profile, kind.value, params], sort_keys=True).encode()


def stretching(kind: SlotKind) -> dict[str, Any]:
    """Fresh parameters for `stretched`, as the rules say."""
    rules = key_rules()
    return {
        "kdf": STRETCHED[kind],
        "passes": rules.passes,
        "memory_kib": rules.memory_kib,
        "lanes": rules.lanes,
        "salt": os.urandom(16).hex(),
    }


def stretched(passphrase: str, params: dict[str, Any]) -> bytes:
    """32 bytes from what a person can remember: Argon2id, slow on purpose."""
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        normal(passphrase),
        bytes.fromhex(params["salt"]),
        time_cost=params["passes"],
        memory_cost=params["memory_kib"],
        parallelism=params["lanes"],
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def derived(secret: bytes, params: dict[str, Any], purpose: bytes) -> bytes:
    """32 bytes from a random secret, for one purpose only: HKDF."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY_BYTES, bytes.fromhex(params["salt"]), purpose).derive(secret)
