"""The keyring is used when it is safe; otherwise the reason is said, and nothing weaker takes its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import keyring.backends.fail
import keyring.backends.null
import pytest
from keyring.errors import KeyringLocked, PasswordSetError

from rmdesk.base.errors import Trouble
from rmdesk.services.store import keyring_slot, profile
from tests.support import profiles, secret_service
from tests.support.profiles import MemoryKeyring


class Lossy(MemoryKeyring):
    def set_password(self, service: str, username: str, password: str) -> None:
        super().set_password(service, username, password[:20])


class Forgetful(MemoryKeyring):
    def set_password(self, service: str, username: str, password: str) -> None:
        """Says nothing and keeps nothing, as the null backend does."""


class Weak(MemoryKeyring):
    priority = 0.5


class Unusable(MemoryKeyring):
    @property
    def priority(self) -> float:  # type: ignore[override]
        raise RuntimeError("needs another system")


class Locked(MemoryKeyring):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked("locked")


class Broken(MemoryKeyring):
    def set_password(self, service: str, username: str, password: str) -> None:
        raise PasswordSetError("secret text of the backend")


class Crashing(MemoryKeyring):
    def set_password(self, service: str, username: str, password: str) -> None:
        raise OSError("bus gone")


def _plain_text() -> Any:
    return type("PlaintextKeyring", (MemoryKeyring,), {"__module__": "keyrings.alt.file"})()


def _chain(*backends: Any) -> Any:
    chain = MemoryKeyring()
    chain.backends = backends  # type: ignore[attr-defined]
    return chain


@pytest.mark.parametrize(
    ("backend", "code"),
    [
        (keyring.backends.fail.Keyring, "keyring_unsafe"),
        (keyring.backends.null.Keyring, "keyring_unsafe"),
        (_plain_text, "keyring_unsafe"),
        (Weak, "keyring_unsafe"),
        (Unusable, "keyring_unsafe"),
        (lambda: _chain(MemoryKeyring(), _plain_text()), "keyring_unsafe"),
        (lambda: _chain(keyring.backends.fail.Keyring()), "keyring_unsafe"),
        (Lossy, "keyring_lossy"),
        (Forgetful, "keyring_lossy"),
        (Locked, "keyring_locked"),
        (Broken, "keyring"),
        (Crashing, "keyring"),
    ],
)
def test_a_keyring_that_is_not_safe_is_refused_in_words(tmp_path: Path, backend: Callable[[], Any], code: str) -> None:
    with profiles.using(backend()), pytest.raises(Trouble) as trouble:
        profile.create(tmp_path / "p", who="李慧", keyring=True)
    assert trouble.value.code == code
    assert trouble.value.advice
    assert "secret text" not in trouble.value.said
    assert not (tmp_path / "p" / profile.DATA).exists()


def test_a_good_chain_uses_its_first_member(tmp_path: Path) -> None:
    first, second = MemoryKeyring(), MemoryKeyring()
    with profiles.using(_chain(first, second)):
        profile.create(tmp_path, who="李慧", keyring=True).close()
        profile.open_with_keyring(tmp_path).close()
    assert len(first.kept) == 1
    assert not second.kept


def test_the_backend_is_named_and_another_one_is_not_taken_for_it(tmp_path: Path) -> None:
    class Other(MemoryKeyring):
        pass

    with profiles.using(MemoryKeyring()) as backend:
        profile.create(tmp_path, who="李慧", keyring=True).close()
    assert profile.describe(tmp_path).keyring == "tests.support.profiles.MemoryKeyring"
    other = Other()
    other.kept = dict(backend.kept)
    with profiles.using(other), pytest.raises(Trouble) as trouble:
        profile.open_with_keyring(tmp_path)
    assert trouble.value.code == "keyring_changed"
    assert "MemoryKeyring" in trouble.value.said


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (None, "keyring_entry_gone"),
        ("ab" * 33, "keyring_entry_changed"),
        ("ab" * 32, "keyring_entry_changed"),
        ("not hex", "keyring_entry_changed"),
        ("", "keyring_entry_changed"),
    ],
)
def test_a_lost_or_changed_entry_is_said_and_the_passphrase_still_opens(
    tmp_path: Path, memory_keyring: MemoryKeyring, entry: str | None, code: str
) -> None:
    profile.create(tmp_path, who="李慧", keyring=True, passphrase=profiles.PASSPHRASE).close()
    (place,) = memory_keyring.kept
    if entry is None:
        memory_keyring.kept.clear()
    else:
        memory_keyring.kept[place] = entry
    with pytest.raises(Trouble) as trouble:
        profile.open_with_keyring(tmp_path)
    assert trouble.value.code == code
    assert "passphrase" in trouble.value.advice
    profile.open_with_passphrase(tmp_path, profiles.PASSPHRASE).close()


def test_the_keyring_holds_a_secret_of_32_bytes_not_the_key(tmp_path: Path, memory_keyring: MemoryKeyring) -> None:
    store = profile.create(tmp_path, who="李慧", keyring=True)
    (secret,) = memory_keyring.kept.values()
    assert len(bytes.fromhex(secret)) == 32
    assert secret != store.key.hex()
    store.close()


def test_forgetting_twice_is_no_error(memory_keyring: MemoryKeyring) -> None:
    keyring_slot.put("a", b"s" * 32)
    keyring_slot.forget("a")
    keyring_slot.forget("a")
    assert not memory_keyring.kept


def test_when_the_profile_cannot_be_made_the_entry_goes_too(
    tmp_path: Path, memory_keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise Trouble("The disk is full.")

    monkeypatch.setattr(profile.key_file, "write", full)
    with pytest.raises(Trouble):
        profile.create(tmp_path, who="李慧", keyring=True)
    assert not memory_keyring.kept
    assert list(tmp_path.iterdir()) == []


MAKE = """
import sys
from pathlib import Path
from rmdesk.services.store import profile
profile.create(Path(sys.argv[1]), who="x", keyring=True).close()
print(profile.describe(Path(sys.argv[1])).keyring)
"""
OPEN = """
import sys
from pathlib import Path
from rmdesk.base.errors import Known
from rmdesk.services.store import access, profile
try:
    store = profile.open_with_keyring(Path(sys.argv[1]))
except Known as error:
    print(error.code)
else:
    print("clients", store.read(lambda reads: reads.value("SELECT count(*) FROM client")))
    if "forget" in sys.argv:
        access.set_passphrase(store, "correct horse battery")
        access.remove_keyring(store)
    store.close()
"""


def test_the_real_secret_service_keeps_the_key_from_one_session_to_the_next(tmp_path: Path) -> None:
    folder = str(tmp_path / "p")
    made = secret_service.run(MAKE, tmp_path, folder)
    assert made.stdout.strip() == "keyring.backends.SecretService.Keyring", made.stderr
    opened = secret_service.run(OPEN, tmp_path, folder, "forget")
    assert opened.stdout.strip() == "clients 0", opened.stderr
    assert secret_service.run(OPEN, tmp_path, folder).stdout.strip() == "no_keyring_slot"


def test_the_real_secret_service_without_the_entry_is_said(tmp_path: Path) -> None:
    folder = str(tmp_path / "p")
    assert secret_service.run(MAKE, tmp_path, folder).returncode == 0
    for kept in (tmp_path / "data" / "keyrings").iterdir():
        kept.unlink()
    assert secret_service.run(OPEN, tmp_path, folder).stdout.strip() == "keyring_entry_gone"
