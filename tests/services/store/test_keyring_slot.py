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
from tests.support import profiles
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
        profile.create(tmp_path / "p", who="李慧", pin=profiles.PIN)
    assert trouble.value.code == code
    assert trouble.value.advice
    assert "secret text" not in trouble.value.said
    assert not (tmp_path / "p" / profile.DATA).exists()


def test_a_good_chain_uses_its_first_member(tmp_path: Path) -> None:
    first, second = MemoryKeyring(), MemoryKeyring()
    with profiles.using(_chain(first, second)):
        profile.create(tmp_path, who="李慧", pin=profiles.PIN).close()
        profile.open_with_pin(tmp_path, profiles.PIN).close()
    assert len(first.kept) == 2  # the secret, and the count of wrong PINs
    assert not second.kept


def test_the_backend_is_named_and_another_one_is_not_taken_for_it(tmp_path: Path) -> None:
    class Other(MemoryKeyring):
        pass

    with profiles.using(MemoryKeyring()) as backend:
        older(tmp_path)
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
    older(tmp_path)
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
    store = profile.create(tmp_path, who="李慧", pin=profiles.PIN)
    secret = next(kept for (_, name), kept in memory_keyring.kept.items() if not name.endswith("/tries"))
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
        profile.create(tmp_path, who="李慧", pin=profiles.PIN)
    assert not memory_keyring.kept
    assert list(tmp_path.iterdir()) == []


def test_the_probe_writes_the_real_size_and_leaves_nothing(memory_keyring: MemoryKeyring) -> None:
    sizes = []

    class Watched(MemoryKeyring):
        def set_password(self, service: str, username: str, password: str) -> None:
            sizes.append(len(bytes.fromhex(password)))
            super().set_password(service, username, password)

    with profiles.using(Watched()) as backend:
        assert keyring_slot.probe(32) is None
    assert sizes == [32]
    assert not backend.kept
    with profiles.using(Lossy()):
        found = keyring_slot.probe(32)
    assert found is not None
    assert found.code == "keyring_lossy"


def test_the_chain_of_the_package_itself_is_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    from keyring.backends.chainer import ChainerBackend

    for members, code in (([MemoryKeyring(), _plain_text()], "keyring_unsafe"), ([MemoryKeyring()], "")):
        monkeypatch.setattr(ChainerBackend, "backends", members)
        with profiles.using(ChainerBackend()):
            found = keyring_slot.probe(32)
        assert (found.code if found else "") == code


def older(folder: Path) -> None:
    """A profile whose key the keyring opens alone, besides its passphrase."""
    with profiles.cheap():
        store = profile.create(folder, who="李慧", passphrase=profiles.PASSPHRASE)
    profiles.keyring_alone(folder, store)
    store.close()
