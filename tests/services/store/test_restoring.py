"""A backup takes the place of the data, and what was there is kept aside; whatever happens, one of the two is there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from rmdesk.base.errors import Refused, Trouble
from rmdesk.services.settings import queries as settings
from rmdesk.services.settings.commands import SaveView
from rmdesk.services.store import backup, key_file, profile, restoring
from rmdesk.services.store.store import Store
from tests.support.profiles import PASSPHRASE


@pytest.fixture
def desk(folder: Path) -> Iterator[Store]:
    store = profile.open_with_passphrase(folder, PASSPHRASE)
    yield store
    store.close()


def names(folder: Path, key: bytes) -> list[str]:
    """The views in the data file of a folder."""
    store = Store(folder / profile.DATA, key, "x")
    found = [row.name for row in store.read(settings.views_of, "clients")]
    store.close()
    return sorted(found)


def two_days(desk: Store) -> tuple[Path, Path, bytes]:
    """A backup of yesterday, and work done since; closed. Gives the backup, the folder and the key."""
    desk.perform(SaveView("clients", "monday", {}))
    made = backup.make(desk)
    desk.perform(SaveView("clients", "tuesday", {}))
    key = desk.key
    desk.close()
    return made.path, desk.folder, key


def test_it_takes_the_place_of_the_data_which_is_kept(desk: Store) -> None:
    path, folder, key = two_days(desk)
    aside = restoring.restore_over(path, folder, key)
    assert names(folder, key) == ["monday"]
    assert aside is not None
    assert restoring.set_asides(folder) == (aside,)
    assert names(aside.parent, key) == ["monday", "tuesday"]
    assert not list(folder.glob("rmdesk.db.*"))
    again = restoring.restore_over(path, folder, key)  # within the same second
    assert again != aside
    assert restoring.drop_asides(folder) == 2
    assert restoring.set_asides(folder) == ()


def test_what_was_not_in_the_file_yet_is_kept_with_it(desk: Store, tmp_path: Path) -> None:
    desk.perform(SaveView("clients", "monday", {}))
    made = backup.make(desk)
    reader = desk.reader()  # holds the WAL open, as a crash leaves it
    desk.perform(SaveView("clients", "tuesday", {}))
    crashed = tmp_path / "crashed"
    shutil.copytree(desk.folder, crashed)
    reader.close()
    assert (crashed / "rmdesk.db-wal").stat().st_size
    aside = restoring.restore_over(crashed / backup.FOLDER / made.path.name, crashed, desk.key)
    assert aside is not None
    assert names(crashed, desk.key) == ["monday"]
    assert names(aside.parent, desk.key) == ["monday", "tuesday"]


def test_data_that_opens_no_more_is_kept_as_it_is(desk: Store) -> None:
    path, folder, key = two_days(desk)
    (folder / profile.DATA).write_bytes(b"broken" * 2000)
    aside = restoring.restore_over(path, folder, key)
    assert aside is not None
    assert aside.read_bytes() == b"broken" * 2000
    assert names(folder, key) == ["monday"]


def test_data_that_is_gone_comes_back(desk: Store) -> None:
    path, folder, key = two_days(desk)
    (folder / profile.DATA).unlink()
    assert restoring.restore_over(path, folder, key) is None
    assert names(folder, key) == ["monday"]


@pytest.mark.parametrize("step", ["hardlink_to", "replace"])
def test_cut_off_at_any_step_the_old_data_is_there(desk: Store, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path, folder, key = two_days(desk)
    real = getattr(Path, step)

    def cut(self: Path, other: Path) -> Path:
        if profile.DATA in (self.name, Path(other).name) and ".partial" not in self.name:
            raise KeyboardInterrupt
        return Path(real(self, other))

    monkeypatch.setattr(Path, step, cut)
    with pytest.raises(KeyboardInterrupt):
        restoring.restore_over(path, folder, key)
    monkeypatch.undo()
    assert names(folder, key) == ["monday", "tuesday"]
    restoring.restore_over(path, folder, key)
    assert names(folder, key) == ["monday"]


def test_without_second_names_it_is_copied(desk: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    path, folder, key = two_days(desk)

    def refuse(self: Path, other: Path) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    aside = restoring.restore_over(path, folder, key)
    assert aside is not None
    assert names(aside.parent, key) == ["monday", "tuesday"]


def test_a_damaged_backup_changes_nothing(desk: Store) -> None:
    path, folder, key = two_days(desk)
    bent = bytearray(path.read_bytes())
    bent[len(bent) // 2] ^= 1
    path.write_bytes(bent)
    before = (folder / profile.DATA).read_bytes()
    with pytest.raises(Trouble, match="not a whole backup"):
        restoring.restore_over(path, folder, key)
    assert (folder / profile.DATA).read_bytes() == before
    assert restoring.set_asides(folder) == ()


def test_a_backup_of_another_profile_is_refused(desk: Store, tmp_path: Path) -> None:
    other = profile.create(tmp_path / "other", who="x", passphrase=PASSPHRASE)
    made = backup.make(other, tmp_path / "stick")
    other.close()
    with pytest.raises(Refused, match="another profile"):
        restoring.restore_over(made.path, desk.folder, desk.key)


def test_what_opens_it_is_told(desk: Store, tmp_path: Path) -> None:
    made = backup.make(desk, tmp_path / "stick")
    info = restoring.describe(made.path)
    assert (info.exists, info.has_passphrase, info.has_keyring, info.demo) == (True, True, False, False)
    with pytest.raises(Refused, match="passphrase is not right"):
        restoring.restore(made.path, tmp_path / "new", restoring.with_words("another one, long"))
    assert not (tmp_path / "new").exists()


def test_an_exported_key_opens_it(desk: Store, tmp_path: Path) -> None:
    made = backup.make(desk, tmp_path / "stick")
    good, other, written = tmp_path / "good.key", tmp_path / "other.key", tmp_path / "passphrase.txt"
    good.write_text(f"rmdesk-key {desk.key.hex()}\n", "utf-8")
    other.write_text("00" * 32, "utf-8")
    written.write_text(PASSPHRASE, "utf-8")
    with pytest.raises(Refused, match="does not open the backup"):
        restoring.restore(made.path, tmp_path / "new", restoring.with_key_file(other))
    for number, file in enumerate((good, written)):
        restoring.restore(made.path, tmp_path / f"new{number}", restoring.with_key_file(file))
        assert key_file.read(tmp_path / f"new{number}")[0].knows(desk.key)
