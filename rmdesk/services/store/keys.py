"""The raw key of a profile: made, sealed under a passphrase or a secret of the keyring, opened again, exported.

The data file is encrypted with 32 random bytes. They are never stored as they are (but in a demo profile, which
says so): each *slot* of the key file seals them under something the user has.

- `passphrase`: Argon2id (RFC 9106) of the passphrase, parameters in the slot;
- `keyring`: HKDF of a random secret that the system's keyring holds; the slot names the keyring.

An exported key file holds the raw key itself: whoever has it and the data file can read everything.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.text import N_
from rmdesk.services.store import keyring_slot
from rmdesk.services.store.key_file import KEY_BYTES, VERSION, KeyFile, Slot, SlotKind
from rmdesk.services.store.passphrase import key_rules, normal
from rmdesk.services.store.place import told_of_files

EXPORT_MARK = "rmdesk-key"


def new_key() -> bytes:
    """32 random bytes from the system."""
    return os.urandom(KEY_BYTES)


def seal_with_passphrase(key: bytes, profile: str, passphrase: str) -> Slot:
    """A slot that the passphrase opens; takes a fraction of a second and 64 MiB on purpose."""
    rules = key_rules()
    params = {
        "kdf": "argon2id",
        "passes": rules.passes,
        "memory_kib": rules.memory_kib,
        "lanes": rules.lanes,
        "salt": os.urandom(16).hex(),
    }
    return _sealed(key, profile, SlotKind.PASSPHRASE, params, _stretched(passphrase, params))


def seal_into_keyring(key: bytes, profile: str) -> Slot:
    """Put a fresh secret into the system's keyring, and seal the key under it.

    The entry has a name of its own, so that an older one stays good until the new slot is written.
    """
    secret = os.urandom(key_rules().secret_bytes)
    account = f"{profile}/{os.urandom(4).hex()}"
    backend = keyring_slot.put(account, secret)
    return seal_with_secret(key, profile, secret, backend=backend, account=account)


def seal_with_secret(key: bytes, profile: str, secret: bytes, *, backend: str, account: str) -> Slot:
    """A slot that a secret kept in the system's keyring opens."""
    params = {"kdf": "hkdf-sha256", "salt": os.urandom(16).hex(), "backend": backend, "account": account}
    return _sealed(key, profile, SlotKind.KEYRING, params, _derived(secret, params))


def open_with_passphrase(file: KeyFile, passphrase: str) -> bytes:
    """The raw key; Refused when the passphrase is wrong or the profile has none."""
    slot = file.slot(SlotKind.PASSPHRASE)
    if slot is None:
        raise Refused(
            N_("This profile has no passphrase."), do=N_("Unlock it the way it was set up."), code="no_passphrase"
        )
    key = _unsealed(file, slot, _stretched(passphrase, slot.params))
    if key is None:
        raise Refused(
            N_("The passphrase is not right."),
            do=N_("Check the keyboard layout and Caps Lock, and try again."),
            field="passphrase",
            code="wrong_passphrase",
        )
    return key


def open_with_secret(file: KeyFile, secret: bytes) -> bytes:
    """The raw key from the keyring's secret; Trouble when it does not fit the slot."""
    slot = file.slot(SlotKind.KEYRING)
    key = None if slot is None else _unsealed(file, slot, _derived(secret, slot.params))
    if key is None:
        raise Trouble(
            N_("What the system's keyring holds for this profile is not its key."),
            do=N_("Unlock with the passphrase or the exported key file, then store the key in the keyring again."),
            code="keyring_entry_changed",
        )
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
    passphrase as it stands, without its line end.
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


def _sealed(key: bytes, profile: str, kind: SlotKind, params: dict[str, Any], sealing: bytes) -> Slot:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(12)
    return Slot(kind, params, nonce, AESGCM(sealing).encrypt(nonce, key, _bound(profile, kind, params)))


def _unsealed(file: KeyFile, slot: Slot, sealing: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(sealing).decrypt(slot.nonce, slot.sealed, _bound(file.profile, slot.kind, slot.params))
    except InvalidTag:
        return None


def _bound(profile: str, kind: SlotKind, params: dict[str, Any]) -> bytes:
    """What the seal covers besides the key: a slot moved to another profile, or with other parameters, stays shut."""
    return json.dumps([VERSION, profile, kind.value, params], sort_keys=True).encode()


def _stretched(passphrase: str, params: dict[str, Any]) -> bytes:
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


def _derived(secret: bytes, params: dict[str, Any]) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY_BYTES, bytes.fromhex(params["salt"]), b"rmdesk keyring slot").derive(secret)
