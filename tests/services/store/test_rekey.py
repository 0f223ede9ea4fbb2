"""A new data key: all data under it, everything older opens nothing, and nobody may have the file open."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from rmdesk.base.errors import Refused, Trouble
from rmdesk.services import settings
from rmdesk.services.settings import general
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store import access, backup, copying, profile, recovery_code, rekey, restoring, witness
from rmdesk.services.store.copying import copy
from tests.support.profiles import PASSPHRASE, PIN, MemoryKeyring

OLD, NEW = recovery_code.make(), recovery_code.make()
BRANCH = "滨江支行"

pytestmark = pytest.mark.usefixtures("cheap")


@pytest.fixture
def desk(tmp_path: Path, memory_keyring: MemoryKeyring) -> Path:
    store = profile.create(tmp_path / "desk", who="李慧", pin=PIN, passphrase=PASSPHRASE, code=OLD)
    store.perform(ChangeSetting("general.branch", BRANCH))
    access.export_key(store, tmp_path / "old.key")
    backup.make(store)
    witness.keep(store.folder, store.key, 7, "ab")
    store.close()
    return store.folder


def test_what_opened_before_opens_nothing_and_the_data_is_all_there(
    desk: Path, tmp_path: Path, memory_keyring: MemoryKeyring
) -> None:
    rekey.rekey(desk, code=NEW, pin=PIN)
    assert len(memory_keyring.kept) == 2  # the older entries are gone
    store = profile.open_with_pin(desk, PIN)
    assert store.read(settings.value, general.BRANCH) == BRANCH
    (made,) = backup.backups_of(desk)
    assert backup.check(made.path, store.key, desk).path == made.path
    assert witness.kept(desk, store.key) == (7, "ab")
    store.close()
    profile.open_with_code(desk, NEW).close()
    with pytest.raises(Refused, match="not the recovery code"):
        profile.open_with_code(desk, OLD)
    with pytest.raises(Refused, match="no passphrase"):
        profile.open_with_passphrase(desk, PASSPHRASE)  # it was not given
    with pytest.raises(Refused, match="another profile"):
        profile.open_with_key_file(desk, tmp_path / "old.key")
    assert profile.describe(desk).exported == ()
    assert not (desk / rekey.FRESH).exists()


def test_the_old_key_does_not_open_the_new_file(desk: Path, tmp_path: Path) -> None:
    store = profile.open_with_pin(desk, PIN)
    old = store.key
    store.close()
    rekey.rekey(desk, code=NEW, pin=PIN, passphrase=PASSPHRASE)
    profile.open_with_passphrase(desk, PASSPHRASE).close()
    with pytest.raises(Trouble, match="does not open"):
        copy(desk / profile.DATA, old, tmp_path / "copy.db")


def test_a_wrong_pin_or_no_proof_changes_nothing(desk: Path) -> None:
    before = (desk / "key.json").read_bytes()
    with pytest.raises(Refused, match="PIN is not right"):
        rekey.rekey(desk, code=NEW, pin="000000")
    with pytest.raises(Refused, match="needs the PIN"):
        rekey.rekey(desk, code=NEW)
    with pytest.raises(Refused, match="mistyped"):
        rekey.rekey(desk, code=NEW[:-1] + ("2" if NEW[-1] != "2" else "3"), pin=PIN)
    assert (desk / "key.json").read_bytes() == before


def test_it_waits_until_nobody_has_the_data_open(desk: Path) -> None:
    store = profile.open_with_pin(desk, PIN)
    reader = store.reader()
    with pytest.raises(Trouble) as trouble:
        rekey.rekey(desk, code=NEW, pin=PIN)
    assert trouble.value.code == "busy"
    reader.close()
    store.close()
    profile.open_with_code(desk, OLD).close()


def test_what_was_written_meanwhile_is_not_lost(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def copied(*given: object, **more: object) -> object:
        done = copy(*given, **more)  # type: ignore[arg-type]
        store = profile.open_with_pin(desk, PIN)
        store.perform(ChangeSetting("general.branch", "新区支行"))
        store.close()
        return done

    monkeypatch.setattr(copying, "copy", copied)
    with pytest.raises(Trouble) as trouble:
        rekey.rekey(desk, code=NEW, pin=PIN)
    assert trouble.value.code == "busy"
    store = profile.open_with_code(desk, OLD)
    assert store.read(settings.value, general.BRANCH) == "新区支行"
    store.close()


def test_what_a_restore_set_aside_is_not_made_unreadable(desk: Path) -> None:
    restoring.set_aside(desk)
    with pytest.raises(Refused, match="set aside"):
        rekey.rekey(desk, code=NEW, pin=PIN)
    profile.open_with_code(desk, OLD).close()


def test_a_demo_has_no_key_to_change(tmp_path: Path) -> None:
    profile.create(tmp_path / "demo", who="x", demo=True).close()
    with pytest.raises(Refused, match="needs the PIN"):
        rekey.rekey(tmp_path / "demo", code=NEW, pin=PIN)


@pytest.mark.parametrize("fsyncs", [0, 1, 2, 3])
def test_a_full_disk_is_said_and_changes_nothing(
    desk: Path, memory_keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch, fsyncs: int
) -> None:
    """The copy is synced once; then the key file, its folder, and the spare, for which there may be no room."""
    left, real, before = [fsyncs], os.fsync, dict(memory_keyring.kept)

    def full(handle: int) -> None:
        if left[0] == 0 and not stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.ENOSPC, "No space left on device")
        left[0] -= 1
        real(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        if fsyncs < 2:
            with pytest.raises(Trouble, match="disk is full"):
                rekey.rekey(desk, code=NEW, pin=PIN)
        else:  # it was decided before
            rekey.rekey(desk, code=NEW, pin=PIN)
    store = profile.open_with_code(desk, OLD if fsyncs < 2 else NEW)
    assert store.read(settings.value, general.BRANCH) == BRANCH
    store.close()
    profile.open_with_pin(desk, PIN).close()
    if fsyncs < 2:
        assert memory_keyring.kept == before
