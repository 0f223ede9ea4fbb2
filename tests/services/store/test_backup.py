"""A backup counts once it was opened and compared; it opens elsewhere with the passphrase, and shows nothing."""

from __future__ import annotations

import hashlib
import json
import stat
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from rmdesk.base import clock
from rmdesk.base.errors import Cancelled, Known, Refused, Trouble
from rmdesk.base.progress import Stoppable
from rmdesk.services.settings import queries as settings
from rmdesk.services.settings.commands import SaveView
from rmdesk.services.store import (
    access,
    backup,
    backup_keys,
    container,
    copying,
    engine,
    key_file,
    place,
    profile,
    restoring,
    witness,
)
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


def carried(desk: Store, folder: Path) -> Path:
    """A backup in another folder, which holds its own key."""
    return backup.make(desk, folder / "stick").path


def restored(path: Path, folder: Path) -> profile.ProfileInfo:
    return restoring.restore(path, folder, restoring.with_words(PASSPHRASE))


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_it_comes_back_whole_in_another_folder(desk: Store, tmp_path: Path) -> None:
    made = backup.make(desk, tmp_path / "stick")
    assert made.size == made.path.stat().st_size > 0
    info = restored(made.path, tmp_path / "new" / "desk")
    assert (info.exists, info.who, info.has_passphrase, info.problem) == (True, WHO, True, None)
    again = profile.open_with_passphrase(tmp_path / "new" / "desk", PASSPHRASE)
    assert again.read(settings.views_of, "clients") == desk.read(settings.views_of, "clients")
    again.perform(SaveView("clients", "neu", {}))
    again.close()
    assert files(tmp_path / "new" / "desk") == [witness.LEFT, key_file.FILE, key_file.SPARE, profile.DATA]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_nobody_else_of_the_computer_reads_it(desk: Store, tmp_path: Path) -> None:
    for made in (backup.make(desk), backup.make(desk, tmp_path / "stick")):
        assert stat.S_IMODE(made.path.stat().st_mode) == 0o600


def test_nothing_readable_is_in_it_and_nothing_is_left_beside_it(desk: Store) -> None:
    made = backup.make(desk)
    content = made.path.read_bytes()
    for secret in ("白鹭洲".encode(), PASSPHRASE.encode(), desk.key, b"SQLite format"):
        assert secret not in content
    assert files(desk.folder / backup.FOLDER) == ["keys", made.path.name]
    assert "backup.db" not in files(desk.folder)


def test_the_passphrase_is_that_of_the_day(desk: Store, tmp_path: Path) -> None:
    path = carried(desk, tmp_path)
    access.set_passphrase(desk, "another long passphrase")
    restored(path, tmp_path / "old")
    profile.open_with_passphrase(tmp_path / "old", PASSPHRASE).close()


def test_older_ones_go_only_after_the_new_one_was_checked(desk: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [backup.make(desk, keep=3).path.name for _ in range(5)]
    target = desk.folder / backup.FOLDER
    assert [row.path.name for row in backup.backups_of(desk.folder)] == made[:1:-1]
    counts = iter([{"client": 1}, {"client": 0}])
    monkeypatch.setattr(copying, "_counts", lambda connection: next(counts))
    with pytest.raises(Trouble, match="not the same"):
        backup.make(desk, keep=1)
    assert files(target) == ["keys", *sorted(made[2:])]
    assert len(files(target / "keys")) == 3
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


def _retold(content: bytes, **values: object) -> bytes:
    """Another head, with a digest that fits: what a forger could write who has no key."""
    mark, told, rest = content.split(b"\n", 2)
    head = mark + b"\n" + json.dumps({**json.loads(told), **values}).encode() + b"\n"
    whole = head + rest[:-64]
    return whole + hashlib.sha256(whole).hexdigest().encode()


@pytest.mark.parametrize(
    "harm",
    [
        lambda content: b"",
        lambda content: b"PK no zip at all" * 100,
        lambda content: b"no backup at all" * 100,
        lambda content: content[: len(content) // 2],
        lambda content: content[:-1],
        lambda content: content + b"x",
        lambda content: _bent(content, len(content) // 2),
        lambda content: _bent(content, 3),
        lambda content: _bent(content, 40),
        lambda content: _retold(content, size=4096),
        lambda content: _retold(content, size="many"),
        lambda content: _retold(content, size=-1),
        lambda content: _retold(content, rows={"client": 7}),
        lambda content: _retold(content, keys="{}"),
        lambda content: _retold(content, more=1),
        lambda content: _retold(content, made=None),
        lambda content: content.replace(b"\n", b" ", 2),
    ],
)
def test_what_is_not_a_whole_backup_is_refused_and_makes_nothing(
    desk: Store, tmp_path: Path, harm: Callable[[bytes], bytes]
) -> None:
    bad = tmp_path / "bad.rmbackup"
    bad.write_bytes(harm(carried(desk, tmp_path).read_bytes()))
    with pytest.raises(Trouble) as trouble:
        restoring.restore(bad, tmp_path / "new", lambda _keys: desk.key)
    assert trouble.value.code == "bad_backup"
    assert not profile.describe(tmp_path / "new").exists
    assert not (tmp_path / "new").exists() or files(tmp_path / "new") == []


def test_restoring_never_goes_over_a_profile(desk: Store) -> None:
    made = backup.make(desk)
    with pytest.raises(Refused, match="already holds a profile"):
        restored(made.path, desk.folder)
    assert len(desk.read(settings.views_of, "clients")) == 1


def test_restoring_without_room_or_file_is_said(desk: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = backup.make(desk)
    with disks.small_disk(tmp_path / "disk", "1m") as disk:
        disks.fill(disk, leave=128 << 10)
        with pytest.raises(Trouble) as trouble:
            restored(made.path, disk / "p")
        assert trouble.value.code == "disk_full"
    with pytest.raises(Trouble, match="no such file"):
        restored(tmp_path / "none.rmbackup", tmp_path / "p")
    monkeypatch.setattr(place, "network_kind", lambda folder: "nfs4")
    with pytest.raises(Known, match="network drive"):
        restored(made.path, tmp_path / "p")


def test_a_backup_of_a_newer_program_is_told_from_a_damaged_one(desk: Store, tmp_path: Path) -> None:
    content = carried(desk, tmp_path).read_bytes()
    (tmp_path / "form").write_bytes(content.replace(b"backup 2", b"backup 3", 1))
    (tmp_path / "schema").write_bytes(_retold(content, schema="9999"))
    for name in ("form", "schema"):
        with pytest.raises(Refused, match="newer"):
            restored(tmp_path / name, tmp_path / "new")
        assert not (tmp_path / "new").exists()


def test_without_a_key_file_there_is_no_backup_that_nobody_could_open(desk: Store, tmp_path: Path) -> None:
    for name in (key_file.FILE, key_file.SPARE):
        (desk.folder / name).unlink()
    with pytest.raises(Trouble, match="Without the key file"):
        backup.make(desk, tmp_path / "stick")
    assert backup.backups_in(tmp_path / "stick") == ()
    assert backup.make(desk).readable  # beside the data: it opens with the exported key


def test_the_key_is_its_own_and_destroying_it_destroys_the_backup(desk: Store, tmp_path: Path) -> None:
    made = backup.make(desk)
    stolen = tmp_path / made.path.name
    stolen.write_bytes(made.path.read_bytes())
    about = container.unpack(made.path, tmp_path / "inside.db")
    with pytest.raises(Trouble, match="key does not open"):
        engine.connect(tmp_path / "inside.db", desk.key)
    engine.connect(tmp_path / "inside.db", backup.key_of(made.path, about, desk.key)).close()
    sealed = backup_keys.file_of(made.path)
    inode = tmp_path / "same bytes"
    inode.hardlink_to(sealed)
    before = inode.read_bytes()
    backup_keys.destroy(made.path)
    assert inode.read_bytes() != before  # overwritten, not only unlinked
    assert (made.path.exists(), sealed.exists()) == (False, False)
    with pytest.raises(Trouble, match="nobody can open it"):
        restored(stolen, tmp_path / "new")
    (desk.folder / backup.FOLDER / made.path.name).write_bytes(stolen.read_bytes())
    assert [row.readable for row in backup.backups_of(desk.folder)] == [False]


def test_a_key_belongs_to_its_backup_alone(desk: Store) -> None:
    one, two = backup.make(desk), backup.make(desk)
    backup_keys.file_of(two.path).write_bytes(backup_keys.file_of(one.path).read_bytes())
    with pytest.raises(Refused, match="does not open the backup"):
        backup.check(two.path, desk.key, desk.folder)


def test_a_new_key_of_the_profile_takes_the_backups_along(desk: Store) -> None:
    made = backup.make(desk)
    fresh = bytes(32)
    assert backup_keys.sealed_anew(made.path.parent, desk.key, fresh) == 1
    assert backup_keys.sealed_anew(made.path.parent, desk.key, fresh) == 0  # done already: repeated after a crash
    assert backup.check(made.path, fresh, desk.folder).checked is not None
    with pytest.raises(Refused):
        backup.check(made.path, desk.key, desk.folder)


def test_keys_without_a_backup_are_removed(desk: Store) -> None:
    made = backup.make(desk)
    made.path.unlink()
    again = backup.make(desk)
    assert files(again.path.parent / "keys") == [f"{again.path.stem}.key"]


def test_checking_opens_it_and_notes_when(desk: Store) -> None:
    made = backup.make(desk)
    clock.fix(clock.today().replace(month=12))
    checked = backup.check(made.path, desk.key, desk.folder)
    assert checked.checked is not None
    assert checked.checked > made.made
    assert backup.backups_of(desk.folder) == (checked,)
    assert not list(desk.folder.glob("backup.db*"))
    made.path.write_bytes(_bent(made.path.read_bytes(), made.size // 2))
    with pytest.raises(Trouble, match="not a whole backup"):
        backup.check(made.path, desk.key, desk.folder)


def test_the_daily_one_is_due_after_a_day(desk: Store) -> None:
    assert backup.is_due(desk.folder)
    backup.make(desk)
    assert not backup.is_due(desk.folder)
    day = clock.today()
    clock.fix(day + timedelta(days=2))
    assert backup.is_due(desk.folder)
    clock.fix(day - timedelta(days=300))
    assert backup.is_due(desk.folder)  # a clock that was ahead must not stop the backups


def test_seven_are_kept(desk: Store) -> None:
    assert backup.rule("kept") == 7
    for _ in range(8):
        backup.make(desk)
    assert len(backup.backups_of(desk.folder)) == 7


def test_what_rmdesk_wrote_at_first_is_still_read(desk: Store, tmp_path: Path) -> None:
    old = zipped_backup(desk, tmp_path)
    restored(old, tmp_path / "new")
    again = profile.open_with_passphrase(tmp_path / "new", PASSPHRASE)
    assert again.read(settings.views_of, "clients") == desk.read(settings.views_of, "clients")
    again.close()
    old.write_bytes(_bent(old.read_bytes(), old.stat().st_size // 2))
    with pytest.raises(Trouble, match="not a whole backup"):
        restored(old, tmp_path / "other")


def zipped_backup(desk: Store, folder: Path) -> Path:
    copying.copy(desk.path, desk.key, folder / "copy.db")
    content = (folder / "copy.db").read_bytes()
    about = {"format": 1, "made": "2026-11-01T10:00:00+00:00", "program": "0.1.0", "profile": "x"}
    about |= {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    path = folder / "rmdesk-20261101-100000-000.rmbackup"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("about.json", json.dumps(about))
        archive.write(desk.folder / key_file.FILE, key_file.FILE)
        archive.writestr(profile.DATA, content)
    return path
