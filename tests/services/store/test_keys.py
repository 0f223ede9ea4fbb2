"""The key opens with what sealed it and with nothing else."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.record import replace
from rmdesk.services.store import key_file, keys
from rmdesk.services.store.key_file import KeyFile, SlotKind
from tests.support import profiles

KEY = bytes(range(32))
FILE = KeyFile("p1", "李慧", key_file.check_of(KEY, "p1"))


def test_keys_are_random_and_whole() -> None:
    made = {keys.new_key() for _ in range(50)}
    assert len(made) == 50
    assert {len(key) for key in made} == {32}


def test_the_passphrase_opens_and_another_does_not() -> None:
    file = FILE.with_slot(keys.seal_with_passphrase(KEY, "p1", "梧桐 lantern"))
    assert keys.open_with_passphrase(file, "梧桐 lantern") == KEY
    with pytest.raises(Refused, match="not right") as refused:
        keys.open_with_passphrase(file, "梧桐 Lantern")
    assert refused.value.field == "passphrase"


def test_the_parameters_are_those_of_the_rules_and_kept_in_the_slot() -> None:
    with profiles.in_full():
        slot = keys.seal_with_passphrase(KEY, "p1", "梧桐 lantern")
        again = keys.seal_with_passphrase(KEY, "p1", "梧桐 lantern")
    assert (slot.params["passes"], slot.params["memory_kib"], slot.params["lanes"]) == (3, 65536, 1)
    assert slot.params["salt"] != again.params["salt"]
    assert keys.open_with_passphrase(FILE.with_slot(slot), "梧桐 lantern") == KEY


def test_a_slot_moved_to_another_profile_or_changed_stays_shut() -> None:
    slot = keys.seal_with_secret(KEY, "p1", b"s" * 32, backend="a.B", account="p1/1")
    other = replace(FILE, profile="p2").with_slot(slot)
    with pytest.raises(Trouble):
        keys.open_with_secret(other, b"s" * 32)
    bent = FILE.with_slot(replace(slot, params={**slot.params, "backend": "keyrings.alt.file.PlaintextKeyring"}))
    with pytest.raises(Trouble):
        keys.open_with_secret(bent, b"s" * 32)


def test_the_check_knows_the_key_and_no_other() -> None:
    assert FILE.knows(KEY)
    assert not FILE.knows(bytes(32))


def test_an_exported_key_comes_back_and_only_the_user_may_read_it(tmp_path: Path) -> None:
    target = tmp_path / "desk.key"
    keys.export(KEY, target)
    assert keys.read_exported(target) == KEY
    if sys.platform != "win32":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_exporting_never_overwrites(tmp_path: Path) -> None:
    target = tmp_path / "desk.key"
    target.write_text("precious", "utf-8")
    with pytest.raises(Trouble):
        keys.export(KEY, target)
    assert target.read_text("utf-8") == "precious"


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (KEY.hex() + "\n", KEY),
        (f"rmdesk-key {KEY.hex()}", KEY),
        ("梧桐 lantern\nsecond line", "梧桐 lantern"),
        ("\ufeff梧桐 lantern\r\n", "梧桐 lantern"),
        (" keeps its spaces ", " keeps its spaces "),
        ("# not a comment", "# not a comment"),
    ],
)
def test_a_key_file_holds_a_key_or_a_passphrase(tmp_path: Path, content: str, read: object) -> None:
    given = tmp_path / "given.txt"
    given.write_bytes(content.encode())
    assert keys.read_exported(given) == read


@pytest.mark.parametrize("content", [b"", b"\n\n", b"   \n", b"\xff\xfe\x00\x01"])
def test_a_file_with_neither_is_refused(tmp_path: Path, content: bytes) -> None:
    given = tmp_path / "given.txt"
    given.write_bytes(content)
    with pytest.raises(Refused, match=r"neither a key nor a passphrase"):
        keys.read_exported(given)


def test_a_folder_is_no_key_file(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"neither a key nor a passphrase"):
        keys.read_exported(tmp_path)


def test_there_is_one_slot_of_a_kind() -> None:
    first = keys.seal_with_secret(KEY, "p1", b"s" * 32, backend="a.B", account="1")
    second = keys.seal_with_secret(KEY, "p1", b"t" * 32, backend="a.B", account="2")
    file = FILE.with_slot(first).with_slot(second)
    assert file.slots == (second,)
    assert file.without(SlotKind.KEYRING).slots == ()
