"""A code is long enough, and a slip of the hand is named before anything is tried."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.base.errors import Refused
from rmdesk.services.store import access, profile, recovery_code
from rmdesk.services.store.recovery_code import GROUP, SIGNS
from tests.support.profiles import PASSPHRASE, PIN, MemoryKeyring

CODE = recovery_code.make()


def named(written: str) -> str:
    with pytest.raises(Refused) as refused:
        recovery_code.read(written)
    assert refused.value.field == "code"
    return refused.value.said


def test_it_holds_more_than_128_bits_and_no_two_are_alike() -> None:
    groups = recovery_code.groups(CODE)
    assert len(groups) == 7
    assert len(groups) * (GROUP - 1) * math.log2(len(SIGNS)) >= 128
    assert len({recovery_code.make() for _ in range(200)}) == 200
    assert not set("01OIL") & set(SIGNS)


@pytest.mark.parametrize(
    "typed",
    [
        str,
        recovery_code.shown,
        lambda code: f"  {recovery_code.shown(code).lower()}\n",
        lambda code: " ".join(recovery_code.groups(code)),
        lambda code: recovery_code.shown(code).replace("-", "—"),
        lambda code: "".join(chr(ord(sign) + 0xFEE0) for sign in code),  # as a Chinese input method writes them
    ],
)
def test_it_is_read_however_it_is_typed(typed: Callable[[str], str]) -> None:
    assert recovery_code.read(typed(CODE)) == CODE


@given(place=st.integers(0, 34), sign=st.sampled_from(SIGNS))
def test_a_mistyped_sign_names_its_group(place: int, sign: str) -> None:
    if sign != CODE[place]:
        said = named(CODE[:place] + sign + CODE[place + 1 :])
        assert said == f"Group {place // GROUP + 1} is mistyped."


@given(first=st.integers(0, 34), second=st.integers(0, 34))
def test_two_swapped_signs_are_noticed(first: int, second: int) -> None:
    signs = list(CODE)
    signs[first], signs[second] = signs[second], signs[first]
    if signs != list(CODE) and first // GROUP == second // GROUP:
        assert "is mistyped" in named("".join(signs))


@given(first=st.integers(0, 6), second=st.integers(0, 6))
def test_two_swapped_groups_are_noticed(first: int, second: int) -> None:
    groups = list(recovery_code.groups(CODE))
    groups[first], groups[second] = groups[second], groups[first]
    if first != second:
        assert named("-".join(groups)) == f"Group {min(first, second) + 1} is mistyped."


def test_what_is_no_code_is_said() -> None:
    assert named(CODE[:-1]) == "The code has 34 signs instead of 35."
    assert named("") == "The code has 0 signs instead of 35."
    assert named(CODE + "2") == "The code has 36 signs instead of 35."
    assert named("0" + CODE[1:]) == "Group 1 holds a sign that no code has: 0"


def test_the_drill_asks_for_two_groups_of_this_sheet() -> None:
    assert {len(recovery_code.drill()) for _ in range(50)} == {2}
    assert {at for _ in range(200) for at in recovery_code.drill()} == set(range(7))
    groups = recovery_code.groups(CODE)
    recovery_code.check_drill(CODE, 2, f" {groups[2].lower()} ")
    with pytest.raises(Refused, match="group 3") as refused:
        recovery_code.check_drill(CODE, 2, groups[3])
    assert refused.value.field == "group2"


def test_it_opens_and_resets_the_pin(tmp_path: Path, memory_keyring: MemoryKeyring, cheap: None) -> None:
    profile.create(tmp_path, who="李慧", pin=PIN, code=CODE).close()
    store = profile.open_with_code(tmp_path, recovery_code.shown(CODE))
    access.set_pin(store, "280461")
    store.close()
    profile.open_with_pin(tmp_path, "280461").close()
    with pytest.raises(Refused, match="not right"):
        profile.open_with_pin(tmp_path, PIN)
    profile.open_with_code(tmp_path, CODE).close()


def test_a_new_code_takes_the_place_of_the_old(folder: Path, cheap: None) -> None:
    store = profile.open_with_passphrase(folder, PASSPHRASE)
    with pytest.raises(Refused, match="has no recovery code"):
        profile.open_with_code(folder, CODE)
    access.set_recovery(store, CODE)
    newer = recovery_code.make()
    access.set_recovery(store, newer)
    store.close()
    profile.open_with_code(folder, newer).close()
    with pytest.raises(Refused, match=r"made on \d{4}-\d\d-\d\d") as refused:
        profile.open_with_code(folder, CODE)
    assert refused.value.field == "code"


def test_a_text_file_may_hold_any_of_them(tmp_path: Path, memory_keyring: MemoryKeyring, cheap: None) -> None:
    profile.create(tmp_path / "p", who="李慧", pin=PIN, code=CODE).close()
    for words in (PIN, recovery_code.shown(CODE)):
        (tmp_path / "words.txt").write_text(words + "\n", "utf-8")
        profile.open_with_key_file(tmp_path / "p", tmp_path / "words.txt").close()
