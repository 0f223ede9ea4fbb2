"""What is due is told by what lies beside the data; a backup is made and put on record, and going back keeps all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from rmdesk.base import clock
from rmdesk.services.health import keeping
from rmdesk.services.store import backup, ballast, engine, key_file, marks, restoring
from rmdesk.services.store.engine import Damaged
from rmdesk.services.store.store import Store
from rmdesk.services.visits.tasks import AddTask
from tests.support import build, pages


@pytest.fixture
def desk(template: Path, tmp_path: Path) -> Iterator[Store]:
    key_file.write(tmp_path, key_file.KeyFile("one", "x", key_file.check_of(build.KEY, "one"), demo_key=build.KEY))
    made = build.store_from(template, tmp_path)
    yield made
    made.close()


def test_a_full_check_is_due_after_an_end_that_was_none_and_once_a_week(tmp_path: Path) -> None:
    assert not marks.began(tmp_path)  # a new desk
    assert marks.began(tmp_path)  # it was never shut
    marks.ended(tmp_path)
    assert not marks.began(tmp_path)
    marks.checked(tmp_path)
    marks.ended(tmp_path)
    assert not marks.began(tmp_path)
    marks.ended(tmp_path)
    clock.fix(clock.today() + timedelta(days=8))
    assert marks.began(tmp_path)
    (tmp_path / marks.FILE).write_text('{"full": "nonsense"}', "utf-8")
    assert marks.began(tmp_path)
    (tmp_path / marks.FILE).unlink()
    marks.ended(tmp_path)  # a wiped desk stays empty
    assert list(tmp_path.iterdir()) == []


def test_the_look_after_opening_holds_room_and_finds_damage(desk: Store) -> None:
    keeping.quick_look(desk, demo=True)
    assert ballast.is_held(desk.folder)
    assert ballast.size() == 32 << 20
    assert (desk.folder / ballast.FILE).stat().st_size == ballast.size(demo=True)
    desk.perform(AddTask("one", None, None))
    desk.close()
    pages.bend(desk.path, pages.leaves(desk.path, build.KEY, "task")[0])
    store = Store(desk.path, build.KEY, "x")
    with pytest.raises((Damaged, engine.Trouble)) as damaged:
        keeping.quick_look(store)
    store.close()
    assert damaged.value.code == "damaged"
    assert getattr(damaged.value, "key", b"") == build.KEY


def test_a_backup_is_put_on_record_and_what_it_lacks_is_counted(desk: Store) -> None:
    made = keeping.back_up(desk, why="daily")
    assert desk.read(lambda reads: reads.value("SELECT act FROM audit_entry ORDER BY seq DESC")) == "backup"
    assert [(one.row, one.lost) for one in desk.read(keeping.listed, desk.folder)] == [(made, 0)]
    clock.fix(clock.today() + timedelta(days=1))
    desk.perform(AddTask("since", None, None))
    assert [one.lost for one in desk.read(keeping.listed, desk.folder)] == [1]


def test_going_back_keeps_what_was_there_and_is_put_on_record(desk: Store) -> None:
    made = keeping.back_up(desk)
    desk.perform(AddTask("since", None, None))
    folder, key = desk.folder, desk.key
    desk.close()
    store = keeping.restored(folder, key, made.path)
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM task")) == 0
    store.close()
    assert len(restoring.set_asides(folder)) == 1


def test_the_full_look_notes_when_it_was(desk: Store) -> None:
    marks.began(desk.folder)
    assert len(keeping.full_look(desk)) > 10
    assert '"full": "20' in (desk.folder / marks.FILE).read_text("utf-8")


def test_room_is_only_held_where_there_is_plenty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ballast.shutil, "disk_usage", lambda _folder: type("Usage", (), {"free": 100 << 20}))
    assert not ballast.hold(tmp_path)
    assert not ballast.give_up(tmp_path)
    assert backup.rule("ballast_mib") == 32
