"""Keyring and PIN together open, neither alone; wrong PINs are counted where the key file does not lie."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from rmdesk.base.errors import Known, Refused, Trouble
from rmdesk.base.record import replace
from rmdesk.services.store import access, daily, key_file, keys, profile, recovery_code
from rmdesk.services.store.key_file import KeyFile, SlotKind
from tests.support import profiles
from tests.support.profiles import PIN, MemoryKeyring

KEY = bytes(range(32))
MOST = 10


def sealed() -> KeyFile:
    file = KeyFile("p1", "李慧", key_file.check_of(KEY, "p1"))
    return file.with_slot(daily.seal_anew(KEY, "p1", PIN))


def refusal(file: KeyFile, pin: str) -> str:
    with pytest.raises(Known) as known:
        daily.unlock(file, pin)
    assert known.value.advice
    return known.value.code


def test_the_stretching_is_that_of_the_design(memory_keyring: MemoryKeyring) -> None:
    with profiles.in_full():
        slot = sealed().slot(SlotKind.DAILY)
    assert slot is not None
    assert (slot.params["passes"], slot.params["memory_kib"], slot.params["lanes"]) == (3, 65536, 1)
    assert slot.params["backend"] == "tests.support.profiles.MemoryKeyring"


def test_keyring_and_pin_open_it_and_neither_alone(memory_keyring: MemoryKeyring, cheap: None) -> None:
    file = sealed()
    assert daily.unlock(file, PIN) == KEY
    assert refusal(file, "719305") == "wrong_pin"  # the keyring alone
    with profiles.using(MemoryKeyring()):
        assert refusal(file, PIN) == "keyring_entry_gone"  # the PIN alone
    slot = file.slot(SlotKind.DAILY)
    assert slot is not None
    secret = bytes.fromhex(memory_keyring.kept["rmdesk", slot.params["account"]])
    alone = keys.derived(secret, slot.params, b"rmdesk keyring slot")
    by_pin = keys.derived(keys.stretched(PIN, slot.params), slot.params, b"rmdesk daily slot")
    assert [keys.unsealed(file, slot, sealing) for sealing in (alone, by_pin)] == [None, None]


def test_case_36_ten_wrong_pins_leave_only_the_recovery_code(
    tmp_path: Path, memory_keyring: MemoryKeyring, cheap: None
) -> None:
    folder, code = tmp_path / "p", recovery_code.make()
    profile.create(folder, who="李慧", pin=PIN, code=code).close()
    shutil.copytree(folder, tmp_path / "before")
    file, _spare = key_file.read(folder)
    assert [refusal(file, "000000") for _ in range(MOST)] == ["wrong_pin"] * (MOST - 1) + ["pin_worn"]
    assert refusal(file, PIN) == "pin_worn"
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "before", folder)  # an older copy of the files sets no count back
    with pytest.raises(Refused, match="Only the recovery code"):
        profile.open_with_pin(folder, PIN)
    store = profile.open_with_code(folder, code)
    access.set_pin(store, "280461")
    store.close()
    profile.open_with_pin(folder, "280461").close()


def test_the_tries_left_are_told_and_a_right_pin_counts_anew(memory_keyring: MemoryKeyring, cheap: None) -> None:
    file = sealed()
    for left in (9, 8):
        with pytest.raises(Refused, match=f"Tries left: {left}"):
            daily.unlock(file, "000000")
    slot = file.slot(SlotKind.DAILY)
    assert slot is not None
    assert daily.tried(slot) == 2
    daily.unlock(file, PIN)
    assert daily.tried(slot) == 0


def test_a_try_cut_short_has_counted(
    memory_keyring: MemoryKeyring, cheap: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def killed(*_arguments: object) -> None:
        raise Killed

    file = sealed()
    with monkeypatch.context() as patch:
        patch.setattr(keys, "unsealed", killed)
        for _ in range(MOST):
            with pytest.raises(Killed):
                daily.unlock(file, "000000")
    assert refusal(file, PIN) == "pin_worn"


def test_a_count_that_is_not_kept_lets_nobody_try(memory_keyring: MemoryKeyring, cheap: None) -> None:
    file = sealed()
    place = next(place for place in memory_keyring.kept if place[1].endswith("/tries"))
    kept = memory_keyring.kept.pop(place)
    assert refusal(file, PIN) == "keyring_entry_gone"
    for bent in ("", "zz", "0000"):
        memory_keyring.kept[place] = bent
        assert refusal(file, PIN) == "keyring_entry_changed"
    memory_keyring.kept[place] = kept
    assert daily.unlock(file, PIN) == KEY

    class Deaf(MemoryKeyring):
        def set_password(self, service: str, username: str, password: str) -> None:
            """Keeps what it had."""

    deaf = Deaf()
    deaf.kept = dict(memory_keyring.kept)
    with profiles.using(deaf):
        slot = file.slot(SlotKind.DAILY)
        assert slot is not None
        same = replace(slot, params={**slot.params, "backend": f"{Deaf.__module__}.{Deaf.__qualname__}"})
        assert refusal(replace(file, slots=(same,)), "000000") == "keyring_lossy"


def test_another_pin_under_the_same_secret(tmp_path: Path, memory_keyring: MemoryKeyring, cheap: None) -> None:
    profile.create(tmp_path, who="李慧", pin=PIN).close()
    before = set(memory_keyring.kept)
    with pytest.raises(Refused, match="Tries left: 9"):
        access.change_pin(tmp_path, "000000", "280461")
    with pytest.raises(Refused, match="too short"):
        access.change_pin(tmp_path, PIN, "1")
    access.change_pin(tmp_path, PIN, "280461")
    assert set(memory_keyring.kept) == before
    profile.open_with_pin(tmp_path, "280461").close()
    with pytest.raises(Refused, match="not right"):
        profile.open_with_pin(tmp_path, PIN)


@pytest.mark.parametrize("pin", ["", "12345", "123456", "111111", "121212", "fedcba", "七八九"])
def test_a_pin_that_anybody_would_try_is_refused(tmp_path: Path, memory_keyring: MemoryKeyring, pin: str) -> None:
    with pytest.raises(Refused, match="PIN") as refused:
        profile.create(tmp_path, who="李慧", pin=pin)
    assert refused.value.field == "pin"
    assert not memory_keyring.kept


def test_without_a_safe_keyring_there_is_no_pin(tmp_path: Path) -> None:
    import keyring.backends.null

    with profiles.using(keyring.backends.null.Keyring()), pytest.raises(Trouble) as trouble:
        profile.create(tmp_path / "p", who="李慧", pin=PIN, passphrase=profiles.PASSPHRASE)
    assert trouble.value.code == "keyring_unsafe"
    assert not (tmp_path / "p" / profile.DATA).exists()
