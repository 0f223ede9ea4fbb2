"""The key of a backup: random bytes of its own, sealed under the profile's key (docs/adr/0030).

For a backup beside the data the sealed key lies in a small file of its own, never in the backup: without that file
nobody can read the backup any more, also not a copy of it that a disk kept. A backup that is carried elsewhere holds
its sealed key itself.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.text import N_
from rmdesk.services.store.place import told_of_files

FOLDER = "keys"
SUFFIX = ".key"
_BYTES = 32
_MOST = 1 << 16  # far more than a sealed key takes


def new() -> bytes:
    """The key of a new backup."""
    return os.urandom(_BYTES)


def seal(backup_key: bytes, key: bytes, name: str) -> dict[str, str]:
    """The key of a backup sealed under the profile's, for the backup of this name (`about.json`'s id) alone."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = os.urandom(16), os.urandom(12)
    sealed = AESGCM(_sealing(key, salt)).encrypt(nonce, backup_key, name.encode())
    return {"salt": salt.hex(), "nonce": nonce.hex(), "sealed": sealed.hex()}


def unseal(sealed: dict[str, Any], key: bytes, name: str) -> bytes:
    """The key of a backup; Refused when the profile has another key now than on the day of the backup."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        if any(sealed[part] != sealed[part].lower() for part in ("salt", "nonce", "sealed")):
            raise ValueError  # not as it was written, though it means the same
        opened = AESGCM(_sealing(key, bytes.fromhex(sealed["salt"])))
        return opened.decrypt(bytes.fromhex(sealed["nonce"]), bytes.fromhex(sealed["sealed"]), name.encode())
    except (InvalidTag, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused(
            N_("This key does not open the backup."),
            do=N_("Give the passphrase or the key of the day it was made."),
            code="wrong_key",
        ) from error


def file_of(backup: Path) -> Path:
    """Where the sealed key of a backup beside the data lies."""
    return backup.parent / FOLDER / f"{backup.stem}{SUFFIX}"


def keep(backup: Path, sealed: dict[str, str], checked: str) -> None:
    """Keep the sealed key of a backup, and when the backup was last found whole (UTC, ISO 8601)."""
    file = file_of(backup)
    with told_of_files(file.name):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = file.with_name(f"{file.name}.new")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(json.dumps({**sealed, "checked": checked}).encode())
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)


def kept(backup: Path) -> dict[str, Any] | None:
    """The sealed key beside a backup; None when there is none: it was destroyed, or the backup came alone."""
    try:
        with file_of(backup).open("rb") as file:
            read = json.loads(file.read(_MOST))
    except (OSError, ValueError):
        return None
    return read if isinstance(read, dict) else None


def destroy(backup: Path) -> None:
    """Make a backup beside the data unreadable for good: its key is overwritten and removed, then the file goes."""
    file = file_of(backup)
    with told_of_files(file.name):
        with suppress(FileNotFoundError):
            with file.open("r+b") as out:
                out.write(os.urandom(max(1, file.stat().st_size)))
                out.flush()
                os.fsync(out.fileno())
            file.unlink()
        backup.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove keys whose backup is gone, as a crash between the two may leave them."""
    with suppress(OSError):
        for file in (folder / FOLDER).iterdir():
            if not (folder / f"{file.stem}.rmbackup").exists():
                file.unlink()


def sealed_anew(folder: Path, old: bytes, fresh: bytes) -> int:
    """Seal the keys of all backups in a folder under the profile's new key; those of another key stay. Gives how many.

    Safe to repeat: a key that the new one opens already is left as it is.
    """
    count = 0
    for file in sorted((folder / FOLDER).glob(f"*{SUFFIX}")):
        backup = folder / f"{file.stem}.rmbackup"
        found = kept(backup)
        if found is None:
            continue
        with suppress(Refused):
            opened = unseal(found, old, backup.stem)
            keep(backup, seal(opened, fresh, backup.stem), str(found.get("checked", "")))
            count += 1
    return count


def missing(backup: Path) -> Trouble:
    """The sentence for a backup whose key is not there."""
    return Trouble(
        N_("The key of the backup {name} is gone: nobody can open it."),
        do=N_(
            "Choose another backup; nothing was changed. One from a profile's folder opens only "
            "beside its key, in that folder."
        ),
        code="no_backup_key",
        name=backup.name,
    )


def _sealing(key: bytes, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), _BYTES, salt, b"rmdesk backup key").derive(key)
