"""The key file is never half there, says what is wrong with it, and cannot be bent."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rmdesk.base.errors import Refused, Trouble
from rmdesk.services.store import key_file, keys
from rmdesk.services.store.key_file import KeyFile
from tests.support.profiles import PASSPHRASE

KEY = bytes(range(32))


def made(key: bytes = KEY, **more: Any) -> KeyFile:
    file = KeyFile("p1", "李慧", key_file.check_of(key, "p1"), **more)
    return file.with_slot(keys.seal_with_secret(key, "p1", b"s" * 32, backend="a.B", account="p1/1"))


def test_it_comes_back_as_it_was_written(tmp_path: Path) -> None:
    key_file.write(tmp_path, made(exported=("2026-11-21",)))
    file, from_spare = key_file.read(tmp_path)
    assert (file.who, file.exported, file.demo, from_spare) == ("李慧", ("2026-11-21",), False, False)
    assert keys.open_with_secret(file, b"s" * 32) == KEY


def test_the_raw_key_is_not_in_it(tmp_path: Path) -> None:
    key_file.write(tmp_path, made())
    for name in (key_file.FILE, key_file.SPARE):
        assert KEY.hex() not in (tmp_path / name).read_text("utf-8")


@pytest.mark.parametrize("left", [b"", b"{", b'{"version": 1, "profile"', b"\x00" * 900, b"[]", b'{"version": 1}'])
def test_a_half_written_file_gives_way_to_the_spare(tmp_path: Path, left: bytes) -> None:
    key_file.write(tmp_path, made())
    (tmp_path / key_file.FILE).write_bytes(left)
    file, from_spare = key_file.read(tmp_path)
    assert from_spare
    assert keys.open_with_secret(file, b"s" * 32) == KEY


def test_an_older_way_in_does_not_live_on_in_the_spare(tmp_path: Path) -> None:
    key_file.write(tmp_path, made())
    key_file.write(tmp_path, made().with_slot(keys.seal_with_secret(KEY, "p1", b"t" * 32, backend="a.B", account="2")))
    (tmp_path / key_file.FILE).unlink()
    file, _spare = key_file.read(tmp_path)
    with pytest.raises(Trouble):
        keys.open_with_secret(file, b"s" * 32)
    assert keys.open_with_secret(file, b"t" * 32) == KEY


def test_a_missing_and_a_damaged_file_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="missing") as missing:
        key_file.read(tmp_path)
    assert missing.value.code == "no_key_file"
    (tmp_path / key_file.FILE).write_bytes(b"{")
    with pytest.raises(Trouble, match="damaged") as damaged:
        key_file.read(tmp_path)
    assert damaged.value.code == "damaged_key_file"


def _memory(read: dict[str, Any]) -> None:
    read["slots"].append(
        {
            "kind": "passphrase",
            "params": {"kdf": "argon2id", "passes": 3, "memory_kib": 1 << 30, "lanes": 1, "salt": "00"},
            "nonce": "",
            "sealed": "",
        }
    )


def _of_kind(kind: str, **params: Any) -> Callable[[dict[str, Any]], Any]:
    """Adds a slot of a kind whose parameters lack what it needs, or ask for too much."""
    slot = {"kind": kind, "params": {"salt": "00", **params}, "nonce": "", "sealed": ""}
    return lambda read: read["slots"].append(slot)


_PLACE = {"backend": "a.B", "account": "x"}
_STRETCH = {"kdf": "argon2id+hkdf-sha256", "passes": 3, "memory_kib": 64, "lanes": 1}


@pytest.mark.parametrize(
    "bend",
    [
        _memory,
        _of_kind("daily", **_PLACE, mark="x"),
        _of_kind("daily", **_PLACE, mark="x", **{**_STRETCH, "memory_kib": 1 << 30}),
        _of_kind("daily", **_PLACE, mark="x", **{**_STRETCH, "kdf": "argon2id"}),
        _of_kind("daily", **_PLACE, **_STRETCH),
        _of_kind("daily", mark="x", **_STRETCH),
        _of_kind("recovery"),
        _of_kind("recovery", made=7),
        _of_kind("former"),
        lambda read: read.update(who=7),
        lambda read: read.update(profile=None),
        lambda read: read["slots"][0].update(kind="mind"),
        lambda read: read["slots"][0].update(nonce="zz"),
        lambda read: read["slots"][0]["params"].pop("salt"),
        lambda read: read.update(demo=True),
        lambda read: read.update(demo=True, key="00" * 32),
    ],
)
def test_a_bent_file_is_damaged_not_a_crash(tmp_path: Path, bend: Callable[[dict[str, Any]], Any]) -> None:
    read = json.loads(key_file.content(made()))
    bend(read)
    (tmp_path / key_file.FILE).write_text(json.dumps(read), "utf-8")
    with pytest.raises(Trouble) as damaged:
        key_file.read(tmp_path)
    assert damaged.value.code == "damaged_key_file"


def test_a_newer_file_is_refused_not_taken_for_damaged(tmp_path: Path) -> None:
    key_file.write(tmp_path, made())
    read = json.loads((tmp_path / key_file.FILE).read_bytes())
    (tmp_path / key_file.FILE).write_text(json.dumps({**read, "version": key_file.VERSION + 1}), "utf-8")
    with pytest.raises(Refused, match="newer"):
        key_file.read(tmp_path)


def test_when_it_cannot_be_written_the_old_one_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key_file.write(tmp_path, made())
    before = (tmp_path / key_file.FILE).read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(key_file.os, "fsync", full)
    with pytest.raises(Trouble, match="disk is full"):
        key_file.write(tmp_path, made(exported=("2026-11-21",)))
    assert (tmp_path / key_file.FILE).read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [key_file.FILE, key_file.SPARE]


def test_a_key_file_of_version_1_opens_as_it_did() -> None:
    """Written by the version before PIN and recovery code, and frozen."""
    file = key_file.parse((Path(__file__).parent / "frozen" / "key-v1.json").read_bytes())
    assert keys.open_with_passphrase(file, PASSPHRASE) == KEY
    assert keys.open_with_secret(file, b"s" * 32) == KEY
    again = key_file.parse(key_file.content(file))  # and after this version wrote it
    assert keys.open_with_passphrase(again, PASSPHRASE) == KEY
    assert (file.who, file.exported, file.knows(KEY)) == ("李慧", ("2026-11-20",), True)
