"""A backup counts once it was opened and compared; it opens elsewhere with the passphrase, and shows nothing."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rmdesk.base import clock
from rmdesk.base.errors import Cancelled, Known, Refused, Trouble
from rmdesk.base.progress import Stoppable
from rmdesk.services.settings import queries as settings
from rmdesk.services.settings.commands import SaveView
from rmdesk.services.store import access, backup, copying, key_file, place, profile
from rmdesk.services.store.store import Store
from tests.support import disks
from tests.support.profiles import PASSPHRASE, WHO


@pytest.fixture
def desk(folder: Path) -> Iterator[Store]:
    """An open profile with a view in it that was not checkpointed yet."""
    store = profile.open_with_passphrase(folder, PASSPHRASE)
    store.perform(SaveView("clients", "白鹭洲", {"note": "白鹭洲" * 2000}))
    yield store
    store.close()


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_it_comes_back_whole_in_another_folder(desk: Store, tmp_path: Path) -> None:
    made = backup.make(desk)
    assert made.size == made.path.stat().st_size > 0
    info = backup.restore(made.path, tmp_path / "new" / "desk")
    assert (info.exists, info.who, info.has_passphrase, info.problem) == (True, WHO, True, None)
    restored = profile.open_with_passphrase(tmp_path / "new" / "desk", PASSPHRASE)
    assert restored.read(settings.views_of, "clients") == desk.read(settings.views_of, "clients")
    restored.perform(SaveView("clients", "neu", {}))
    restored.close()
    assert files(tmp_path / "new" / "desk") == [key_file.FILE, key_file.SPARE, profile.DATA]


def test_nothing_readable_is_in_it_and_nothing_is_left_beside_it(desk: Store) -> None:
    made = backup.make(desk)
    content = made.path.read_bytes()
    for secret in ("白鹭洲".encode(), PASSPHRASE.encode(), desk.key, b"SQLite format"):
        assert secret not in content
    assert files(desk.folder / backup.FOLDER) == [made.path.name]
    assert "backup.db" not in files(desk.folder)


def test_the_passphrase_is_that_of_the_day(desk: Store, tmp_path: Path) -> None:
    made = backup.make(desk)
    access.set_passphrase(desk, "another long passphrase")
    backup.restore(made.path, tmp_path / "old")
    profile.open_with_passphrase(tmp_path / "old", PASSPHRASE).close()


def test_older_ones_go_only_after_the_new_one_was_checked(desk: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [backup.make(desk, keep=3).path.name for _ in range(5)]
    target = desk.folder / backup.FOLDER
    assert [row.path.name for row in backup.backups_of(desk.folder)] == made[:1:-1]
    counts = iter([{"client": 1}, {"client": 0}])
    monkeypatch.setattr(copying, "_counts", lambda connection: next(counts))
    with pytest.raises(Trouble, match="not the same"):
        backup.make(desk, keep=1)
    assert files(target) == sorted(made[2:])
    assert "backup.db" not in files(desk.folder)


def test_a_clock_set_back_does_not_cost_the_new_one(desk: Store) -> None:
    backup.make(desk, keep=1)
    clock.fix(clock.today().replace(year=2025))
    made = backup.make(desk, keep=1)
    assert backup.backups_of(desk.folder) == (made,)


def test_other_files_in_the_folder_are_left_alone(desk: Store, tmp_path: Path) -> None:
    elsewhere = tmp_path / "stick"
    elsewhere.mkdir()
    (elsewhere / "rmdesk-photo.jpg").write_text("mine", "utf-8")
    for _ in range(3):
        backup.make(desk, elsewhere, keep=1)
    assert len(backup.backups_in(elsewhere)) == 1
    assert (elsewhere / "rmdesk-photo.jpg").exists()


def test_stopping_leaves_everything_as_it_was(desk: Store) -> None:
    first = backup.make(desk)
    stopped = Stoppable()
    stopped.stop()
    with pytest.raises(Cancelled):
        backup.make(desk, progress=stopped)
    assert backup.backups_of(desk.folder) == (first,)
    assert "backup.db" not in files(desk.folder)


def test_a_full_disk_leaves_the_older_backup(tmp_path: Path, desk: Store) -> None:
    with disks.small_disk(tmp_path / "stick", "3m") as stick:
        first = backup.make(desk, stick)
        disks.fill(stick, leave=96 << 10)
        with pytest.raises(Trouble) as trouble:
            backup.make(desk, stick)
        assert trouble.value.code == "disk_full"
        assert backup.backups_in(stick) == (first,)
        assert files(stick) == ["ballast", first.path.name]


def _bent(content: bytes, place: int) -> bytes:
    changed = bytearray(content)
    changed[place] ^= 1
    return bytes(changed)


def _repacked(content: bytes, path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    path.write_bytes(content)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)


def _grown(parts: dict[str, bytes]) -> None:
    parts[profile.DATA] += b"x"


def _other_digest(parts: dict[str, bytes]) -> None:
    parts["about.json"] = json.dumps({**json.loads(parts["about.json"]), "sha256": "0" * 64}).encode()


def _strange_size(parts: dict[str, bytes]) -> None:
    parts["about.json"] = json.dumps({**json.loads(parts["about.json"]), "size": "many"}).encode()


def _outside(parts: dict[str, bytes]) -> None:
    parts["../../evil"] = b"x"


def _huge_about(parts: dict[str, bytes]) -> None:
    parts["about.json"] = b" " * (3 << 20) + parts["about.json"]


@pytest.mark.parametrize(
    "harm",
    [
        lambda content, path: path.write_bytes(b""),
        lambda content, path: path.write_bytes(b"no zip at all" * 100),
        lambda content, path: path.write_bytes(content[: len(content) // 2]),
        lambda content, path: path.write_bytes(content[:-40]),
        lambda content, path: path.write_bytes(_bent(content, len(content) // 2)),
        lambda content, path: path.write_bytes(_bent(content, 40)),
        lambda content, path: _repacked(content, path, _grown),
        lambda content, path: _repacked(content, path, _other_digest),
        lambda content, path: _repacked(content, path, _strange_size),
        lambda content, path: _repacked(content, path, _outside),
        lambda content, path: _repacked(content, path, _huge_about),
        lambda content, path: _repacked(content, path, lambda parts: parts.pop("key.json")),
        lambda content, path: _repacked(content, path, lambda parts: parts.update({"key.json": b"{}"})),
    ],
)
def test_what_is_not_a_whole_backup_is_refused_and_makes_nothing(
    desk: Store, tmp_path: Path, harm: Callable[[bytes, Path], object]
) -> None:
    bad = tmp_path / "bad.rmbackup"
    harm(backup.make(desk).path.read_bytes(), bad)
    with pytest.raises(Trouble) as trouble:
        backup.restore(bad, tmp_path / "new")
    assert trouble.value.code == "bad_backup"
    assert not profile.describe(tmp_path / "new").exists
    assert not (tmp_path / "new").exists() or files(tmp_path / "new") == []


def test_restoring_never_goes_over_a_profile(desk: Store) -> None:
    made = backup.make(desk)
    with pytest.raises(Refused, match="already holds a profile"):
        backup.restore(made.path, desk.folder)
    assert len(desk.read(settings.views_of, "clients")) == 1


def test_restoring_without_room_or_file_is_said(desk: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = backup.make(desk)
    with disks.small_disk(tmp_path / "disk", "1m") as disk:
        disks.fill(disk, leave=128 << 10)
        with pytest.raises(Trouble) as trouble:
            backup.restore(made.path, disk / "p")
        assert trouble.value.code == "disk_full"
    with pytest.raises(Trouble, match="no such file"):
        backup.restore(tmp_path / "none.rmbackup", tmp_path / "p")
    monkeypatch.setattr(place, "network_kind", lambda folder: "nfs4")
    with pytest.raises(Known, match="network drive"):
        backup.restore(made.path, tmp_path / "p")


def test_a_backup_of_a_newer_program_is_told_from_a_damaged_one(desk: Store, tmp_path: Path) -> None:
    newer = tmp_path / "newer.rmbackup"

    def change(parts: dict[str, bytes]) -> None:
        parts["about.json"] = json.dumps({**json.loads(parts["about.json"]), "format": 2}).encode()

    _repacked(backup.make(desk).path.read_bytes(), newer, change)
    with pytest.raises(Refused, match="newer"):
        backup.restore(newer, tmp_path / "new")


def test_without_a_key_file_there_is_no_backup_that_nobody_could_open(desk: Store) -> None:
    for name in (key_file.FILE, key_file.SPARE):
        (desk.folder / name).unlink()
    with pytest.raises(Trouble, match="Without the key file"):
        backup.make(desk)
    assert backup.backups_of(desk.folder) == ()
