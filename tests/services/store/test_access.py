"""Ways into a profile are changed without touching the data, and never down to none."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from rmdesk.base.errors import Refused, Trouble
from rmdesk.services.store import access, key_file, keys, profile, recovery_code
from tests.support.profiles import PASSPHRASE, PIN, MemoryKeyring, keyring_alone

NEW = "another long passphrase"


def test_a_changed_passphrase_replaces_the_old_one(folder: Path) -> None:
    data = (folder / profile.DATA).read_bytes()
    access.change_passphrase(folder, PASSPHRASE, NEW)
    profile.open_with_passphrase(folder, NEW).close()
    with pytest.raises(Refused, match="not right"):
        profile.open_with_passphrase(folder, PASSPHRASE)
    (folder / key_file.FILE).unlink()  # nor in the spare
    with pytest.raises(Refused, match="not right"):
        profile.open_with_passphrase(folder, PASSPHRASE)
    assert (folder / profile.DATA).read_bytes() == data


def test_changing_needs_the_old_one_and_a_strong_new_one(folder: Path) -> None:
    with pytest.raises(Refused, match="not right"):
        access.change_passphrase(folder, "wrong", NEW)
    with pytest.raises(Refused, match="too short"):
        access.change_passphrase(folder, PASSPHRASE, "short")
    profile.open_with_passphrase(folder, PASSPHRASE).close()


@pytest.mark.parametrize("fsyncs", range(6))
def test_a_change_cut_short_leaves_one_of_the_two(folder: Path, monkeypatch: pytest.MonkeyPatch, fsyncs: int) -> None:
    left = [fsyncs]
    real = key_file.os.fsync

    class Killed(BaseException):
        pass

    def killing(handle: int) -> None:
        if left[0] == 0:
            raise Killed
        left[0] -= 1
        real(handle)

    with monkeypatch.context() as patch:
        patch.setattr(key_file.os, "fsync", killing)
        with contextlib.suppress(Killed):
            access.change_passphrase(folder, PASSPHRASE, NEW)
    opened = 0
    for passphrase in (PASSPHRASE, NEW):
        try:
            profile.open_with_passphrase(folder, passphrase).close()
            opened += 1
        except Refused:
            continue
    assert opened == 1


def test_a_pin_takes_the_place_of_the_keyring_alone(folder: Path, memory_keyring: MemoryKeyring) -> None:
    store = profile.open_with_passphrase(folder, PASSPHRASE)
    keyring_alone(folder, store)
    profile.open_with_keyring(folder).close()
    access.set_pin(store, PIN)
    store.close()
    info = profile.describe(folder)
    assert (info.has_pin, info.has_keyring, info.has_passphrase) == (True, False, True)
    assert len(memory_keyring.kept) == 2  # secret and count; the older entry is gone
    profile.open_with_pin(folder, PIN).close()


def test_the_last_way_of_every_day_stays(folder: Path, memory_keyring: MemoryKeyring, cheap: None) -> None:
    store = profile.open_with_passphrase(folder, PASSPHRASE)
    access.set_recovery(store, recovery_code.make())
    with pytest.raises(Refused, match="only way"):
        access.remove_passphrase(store)  # the recovery code is not for every day
    access.set_pin(store, PIN)
    access.remove_passphrase(store)
    with pytest.raises(Refused, match="only way"):
        access.remove_pin(store)
    access.set_passphrase(store, NEW)
    access.remove_pin(store)
    assert not memory_keyring.kept
    store.close()
    profile.open_with_passphrase(folder, NEW).close()


def test_a_demo_profile_has_no_secrets(tmp_path: Path) -> None:
    store = profile.create(tmp_path, who="x", demo=True)
    for change in (lambda: access.set_passphrase(store, NEW), lambda: access.export_key(store, tmp_path / "k")):
        with pytest.raises(Refused, match="demo profile"):
            change()
    store.close()


def test_a_renamed_user_is_greeted_by_the_new_name(folder: Path) -> None:
    store = profile.open_with_passphrase(folder, PASSPHRASE)
    access.rename(store, "陈思远")
    assert (store.who, profile.describe(folder).who) == ("陈思远", "陈思远")
    store.close()
    profile.open_with_passphrase(folder, PASSPHRASE).close()


def test_a_key_file_of_another_profile_is_not_written_over(folder: Path) -> None:
    store = profile.open_with_passphrase(folder, PASSPHRASE)
    key = keys.new_key()
    foreign = key_file.KeyFile("p9", "x", key_file.check_of(key, "p9"))
    key_file.write(folder, foreign.with_slot(keys.seal_with_passphrase(key, "p9", NEW)))
    with pytest.raises(Trouble, match="another profile"):
        access.set_passphrase(store, NEW)
    store.close()


@pytest.mark.parametrize("fsyncs", [0, 2])
def test_without_room_the_pin_in_force_keeps_its_entries(
    folder: Path, memory_keyring: MemoryKeyring, cheap: None, monkeypatch: pytest.MonkeyPatch, fsyncs: int
) -> None:
    """No room for the key file: the old one stands. No room for its spare: the new one does, without a spare."""
    store = profile.open_with_passphrase(folder, PASSPHRASE)
    access.set_pin(store, PIN)
    left, real = [fsyncs], key_file.os.fsync

    def full(handle: int) -> None:
        if left[0] == 0:
            raise OSError(28, "No space left on device")
        left[0] -= 1
        real(handle)

    with monkeypatch.context() as patch:
        patch.setattr(key_file.os, "fsync", full)
        with contextlib.nullcontext() if fsyncs else pytest.raises(Trouble, match="disk is full"):
            access.set_pin(store, "280461")
    store.close()
    profile.open_with_pin(folder, "280461" if fsyncs else PIN).close()
    assert (folder / key_file.SPARE).exists() == (not fsyncs)
    assert len(memory_keyring.kept) == 2
