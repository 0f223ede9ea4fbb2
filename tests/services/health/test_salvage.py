"""Of a damaged file all that can be read is saved; the file itself is kept as it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.progress import Silent
from rmdesk.cli.main import main
from rmdesk.services.archive import tables
from rmdesk.services.health import derived, examining, salvage
from rmdesk.services.store import backup, copying, engine, key_file, profile, restoring, witness
from rmdesk.services.store.doctor import State
from rmdesk.services.store.engine import Damaged
from rmdesk.services.store.store import Store
from rmdesk.services.visits.tasks import AddTask
from tests.support import build, demo, pages


@pytest.fixture(scope="module")
def full(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo.template(template, tmp_path_factory.mktemp("full"), date(2026, 11, 21))


@pytest.fixture
def small(template: Path, tmp_path: Path) -> Iterator[Store]:
    key_file.write(tmp_path, key_file.KeyFile("one", "x", key_file.check_of(build.KEY, "one"), demo_key=build.KEY))
    made = build.store_from(template, tmp_path)
    for at in range(20):
        made.perform(AddTask(f"task {at}", None, None))
    yield made
    made.close()


def counts(path: Path) -> dict[str, int]:
    connection = engine.connect(path, build.KEY)
    found = {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables.names(connection)
    }
    connection.close()
    return found


def leaves(path: Path, table: str) -> list[int]:
    return pages.leaves(path, build.KEY, table)


def emptied(desk: Store) -> Path:
    """The file with all that was in its WAL, closed."""
    desk.perform(AddTask("last", None, None))
    desk.close()
    return desk.path


def test_all_but_the_rows_of_bad_pages_is_saved_and_the_file_kept(desk: Store) -> None:
    before = counts(desk.path)
    path = emptied(desk)
    found = leaves(path, "visit")
    pages.bend(path, found[len(found) // 3], found[len(found) // 2], found[-2])
    content = path.read_bytes()
    assert not copying.is_whole(path, build.KEY, None, Silent())
    saved = salvage.save(path.parent, build.KEY)
    assert saved.aside is not None
    assert saved.aside.read_bytes() == content
    assert set(saved.broken) == {"visit"}
    assert before["visit"] - 150 < saved.broken["visit"] < before["visit"]
    after = counts(path)
    assert after["visit"] == saved.broken["visit"]
    assert after["client"] == before["client"]
    assert after["task"] + saved.dropped >= before["task"] + 1
    store = Store(path, build.KEY, "x")
    assert store.read(derived.missing_objects) == {}
    rows = {row.check: row for row in examining.examine(path.parent, store)}
    store.close()
    assert {rows[name].state for name in ("seals", "structure", "links", "figures", "triggers", "search")} == {State.OK}
    assert not list(path.parent.glob("rmdesk.db.*"))
    assert witness.left(path.parent)[-1].act == "restore"
    assert [one.said for one in salvage.said_of(saved)]


def test_what_cannot_be_read_comes_from_the_newest_good_backup(desk: Store) -> None:
    made = backup.make(desk)
    later = backup.make(desk)
    later.path.write_bytes(later.path.read_bytes()[:-1])  # newer, and no good
    before = counts(desk.path)
    path = emptied(desk)
    found = leaves(path, "client")
    pages.bend(path, found[1], found[2])
    saved = salvage.save(path.parent, build.KEY)
    assert saved.filled_from is not None
    assert saved.filled_from.path == made.path
    assert set(saved.broken) == {"client"}
    assert saved.filled == before["client"] - saved.broken["client"] > 0
    assert saved.dropped == 0
    after = counts(path)
    assert after["client"] == before["client"]
    assert after["visit"] == before["visit"]
    assert after["task"] >= before["task"] + 1  # since the backup, and still there


def test_rows_whose_parent_is_lost_are_left_out(desk: Store) -> None:
    path = emptied(desk)
    pages.bend(path, leaves(path, "client")[1])
    saved = salvage.save(path.parent, build.KEY)
    assert saved.dropped > 0
    connection = engine.connect(path, build.KEY)
    assert list(connection.execute("PRAGMA foreign_key_check")) == []
    connection.close()


def test_work_in_the_wal_of_a_crash_is_saved_too(desk: Store, tmp_path: Path) -> None:
    reader = desk.reader()
    desk.perform(AddTask("only in the WAL", None, None))
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for name in (profile.DATA, f"{profile.DATA}-wal"):
        (crashed / name).write_bytes((desk.folder / name).read_bytes())
    reader.close()
    pages.bend(crashed / profile.DATA, leaves(desk.path, "visit")[3])
    salvage.save(crashed, build.KEY)
    store = Store(crashed / profile.DATA, build.KEY, "x")
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM task WHERE text = 'only in the WAL'")) == 1
    store.close()


def test_a_file_without_a_beginning_is_for_a_backup(desk: Store) -> None:
    made = backup.make(desk)
    path = emptied(desk)
    pages.bend(path, 1)
    content = path.read_bytes()
    with pytest.raises(Damaged) as damaged:
        profile.open_demo(path.parent)
    assert damaged.value.key == build.KEY
    with pytest.raises(Trouble):
        salvage.save(path.parent, damaged.value.key)
    assert path.read_bytes() == content
    assert salvage.newest_good(path.parent, build.KEY) == backup.row_of(made.path)
    restoring.restore_over(made.path, path.parent, build.KEY)
    assert counts(path)["client"] > 0


def test_a_file_that_lost_its_end_gives_what_is_left_and_a_backup_the_rest(small: Store) -> None:
    desk = small
    before = counts(desk.path)
    backup.make(desk)
    path = emptied(desk)
    found = leaves(path, "task")
    with path.open("r+b") as data:
        data.truncate((max(found) - 1) * pages.PAGE + 100)
    content = path.read_bytes()
    saved = salvage.save(path.parent, build.KEY)
    assert saved.filled > 0
    assert saved.aside is not None
    assert saved.aside.read_bytes() == content
    assert counts(path)["task"] >= before["task"]
    assert copying.is_whole(path, build.KEY, None, Silent())


def tells_all_tables(path: Path) -> bool:
    connection = engine.connect(path, build.KEY, cut_short=True)
    try:
        return bool(connection.execute("SELECT count(*) FROM sqlite_schema").fetchone())
    except engine.dbapi2.DatabaseError:
        return False
    finally:
        connection.close()


def test_tables_whose_names_went_with_the_end_come_from_the_backup(small: Store) -> None:
    desk = small
    before = counts(desk.path)
    backup.make(desk)
    path = emptied(desk)
    while tells_all_tables(path):
        with path.open("r+b") as data:
            data.truncate(path.stat().st_size * 9 // 10)
    salvage.save(path.parent, build.KEY)
    assert counts(path)["task"] >= before["task"]


def test_where_not_even_the_tables_can_be_told_the_backup_is_named(small: Store) -> None:
    path = emptied(small)
    pages.bend(path, *range(2, path.stat().st_size // pages.PAGE))
    content = path.read_bytes()
    with pytest.raises(Trouble) as trouble:
        salvage.save(path.parent, build.KEY)
    assert (trouble.value.code, "backup restore 1" in trouble.value.whole) == ("damaged", True)
    assert "salvage" not in trouble.value.whole  # that is what was just tried
    assert path.read_bytes() == content


def test_a_file_cut_off_near_its_beginning_is_named_by_its_own_name(desk: Store) -> None:
    path = emptied(desk)
    with path.open("r+b") as data:
        data.truncate(pages.PAGE)
    with pytest.raises(Trouble) as trouble:
        salvage.save(path.parent, build.KEY)
    assert trouble.value.params.get("name", path.name) == path.name
    assert path.stat().st_size == pages.PAGE


def test_by_command(desk: Store, capsys: pytest.CaptureFixture[str]) -> None:
    path = emptied(desk)

    def answer(*more: str, status: int = 0) -> Any:
        assert main(["--profile", str(path.parent), "--json", "--lang", "en", *more]) == status
        told = capsys.readouterr()
        return json.loads(told.out or told.err)

    assert answer("doctor", "--salvage", status=2)["error"] == "not_damaged"
    found = leaves(path, "visit")
    pages.bend(path, found[5])
    assert answer("doctor", status=3)["ok"] is False
    told = answer("doctor", "--salvage")
    assert (list(told["broken"]), told["filled"]) == (["visit"], 0)
    assert Path(told["aside"]).exists()
    assert answer("doctor", "--mend")["ok"] is True


def test_without_room_nothing_is_touched(desk: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    path = emptied(desk)
    pages.bend(path, leaves(path, "visit")[3])
    content = path.read_bytes()
    monkeypatch.setattr(salvage.shutil, "disk_usage", lambda _folder: type("Usage", (), {"free": 1000}))
    with pytest.raises(Trouble) as trouble:
        salvage.save(path.parent, build.KEY)
    assert trouble.value.code == "disk_full"
    assert path.read_bytes() == content


def test_a_whole_file_is_refused(desk: Store) -> None:
    path = emptied(desk)
    with pytest.raises(Refused, match="whole"):
        salvage.check_needed(path.parent, build.KEY)
