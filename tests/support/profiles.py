"""Real profiles for tests, copied from one that was made once; and keyrings that live in memory."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import keyring
from keyring.errors import PasswordDeleteError

from rmdesk.base.record import replace as with_values
from rmdesk.services.store import key_file, keyring_slot, keys, passphrase, profile
from rmdesk.services.store.store import Store

PIN = "719304"
PASSPHRASE = "梧桐 wind 七 lantern"
WHO = "李慧"
AS_SHIPPED = passphrase.key_rules


def template(folder: Path) -> Path:
    """A profile with a passphrase, to copy from."""
    profile.create(folder / "profile", who=WHO, passphrase=PASSPHRASE).close()
    return folder / "profile"


def copy_of(made: Path, folder: Path) -> Path:
    """A profile of its own for one test."""
    return Path(shutil.copytree(made, folder))


def keyring_alone(folder: Path, store: Store) -> str:
    """Give a profile the slot of older versions, that the keyring opens without a PIN; gives the entry's name."""
    file, _spare = key_file.read(folder)
    secret, account = os.urandom(32), f"{file.profile}/{os.urandom(4).hex()}"
    backend = keyring_slot.put(account, secret)
    slot = keys.seal_with_secret(store.key, file.profile, secret, backend=backend, account=account)
    key_file.write(folder, file.with_slot(slot))
    return account


@contextmanager
def cheap() -> Iterator[None]:
    """Stretch as little as Argon2id allows: a run's tests do it hundreds of times, and few are about that."""
    rules = with_values(passphrase.key_rules(), passes=1, memory_kib=64)
    with patch.object(keys, "key_rules", lambda: rules), patch.object(passphrase, "key_rules", lambda: rules):
        yield


@contextmanager
def in_full() -> Iterator[None]:
    """Stretch as the program does."""
    with patch.object(keys, "key_rules", AS_SHIPPED), patch.object(passphrase, "key_rules", AS_SHIPPED):
        yield


class MemoryKeyring:
    """A keyring that keeps what it is given, as a good system's does.

    Not a KeyringBackend: the package would offer every such class to the whole process from then on.
    """

    priority: float = 5

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("not there")


@contextmanager
def using(backend: Any) -> Iterator[Any]:
    """Make this the system's keyring for a while."""
    with patch.object(keyring, "get_keyring", lambda: backend):
        yield backend
