"""Backups, health and archive from the window; and out of damaged data step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rmdesk.base import clock
from rmdesk.services.health import keeping as safe
from rmdesk.services.store import backup, engine, key_file, marks, profile, restoring
from rmdesk.services.store.place import disk_full
from rmdesk.services.store.store import Store
from rmdesk.services.visits.tasks import AddTask
from rmdesk.ui.settings.health import ArchiveCard, HealthCard, ReadDialog, WriteDialog
from rmdesk.ui.settings.safety import SafetyCard
from rmdesk.ui.unlock.damaged import DamagedGate
from tests.support import build, pages, profiles
from tests.support.build import KEY
from tests.ui.unlock.robot import Robot, at_work, running

W = TypeVar("W", bound=QWidget)
PHRASE = "seven lanterns on a hill"


@pytest.fixture(autouse=True)
def cheap() -> Iterator[None]:
    with profiles.cheap():
        yield


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    made = tmp_path / "profile"
    made.mkdir()
    key_file.write(made, key_file.KeyFile("one", "Li", key_file.check_of(KEY, "one"), demo_key=KEY))
    store = build.store_from(template, made)
    for number in range(30):
        store.perform(AddTask(f"task {number} " + "长" * 400, None, None))
    store.close()
    return made


@pytest.fixture
def robot(qtbot: QtBot, folder: Path) -> Iterator[Robot]:
    with at_work(folder, qtbot) as robot:
        yield robot


def card(robot: Robot, kind: type[W]) -> W:
    def found() -> list[W]:
        page = robot.app.window.page()
        return [] if page is None else page.findChildren(kind)

    robot.wait(lambda: bool(found()))
    return found()[0]


def dialog(robot: Robot, kind: type[W]) -> W:
    def found() -> list[W]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]

    robot.qtbot.waitUntil(lambda: bool(found()))
    return found()[0]


def tasks(robot: Robot) -> int:
    store = robot.app.parts.tasks.store
    assert store is not None
    return int(store.read(lambda reads: reads.value("SELECT count(*) FROM task")))


def test_a_backup_is_made_listed_checked_and_gone_back_to(robot: Robot, folder: Path) -> None:
    here = card(robot, SafetyCard)
    robot.press(here.backup)
    robot.wait(lambda: len(here.listed) == 1)
    assert here.listed[0].lost == 0
    robot.press(here.checks[0])
    robot.wait(lambda: bool(here.restores))
    before = robot.app.parts.tasks.store
    assert before is not None
    clock.fix(clock.today() + timedelta(days=1))
    robot.app.parts.desk.perform(AddTask("since", None, None))
    robot.wait(lambda: tasks(robot) == 31)
    here.reload()
    robot.wait(lambda: here.listed[0].lost == 1)
    robot.press(here.restores[0])
    box = dialog(robot, QMessageBox)
    assert "(1)" in box.informativeText()
    yes = next(one for one in box.findChildren(QPushButton) if one.text() == "Restore")
    robot.press(yes)
    robot.wait(lambda: robot.app.parts.tasks.store not in (None, before) and not robot.app.window.gated)
    assert tasks(robot) == 30
    assert len(restoring.set_asides(folder)) == 1


def test_a_check_tells_and_mends(robot: Robot, folder: Path) -> None:
    connection = engine.connect(folder / profile.DATA, KEY)
    connection.execute("DROP TRIGGER search_task_insert")
    connection.close()
    here = card(robot, HealthCard)
    assert not here.mend.isEnabled()
    robot.press(here.look)
    robot.wait(lambda: bool(here.rows))
    assert {row.check for row in here.rows if row.state.value == "warning"} >= {"triggers"}
    robot.press(here.mend)
    robot.wait(lambda: any(row.state.value == "mended" for row in here.rows))
    assert here.look.isEnabled()


def test_an_archive_is_written_and_read_into_a_new_profile(
    robot: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rmdesk.ui.settings import health

    file, new = tmp_path / "all.rmarchive", tmp_path / "new"
    new.mkdir()
    chooser: Any = health.QFileDialog
    monkeypatch.setattr(chooser, "getSaveFileName", lambda *_about: (str(file), ""))
    monkeypatch.setattr(chooser, "getOpenFileName", lambda *_about: (str(file), ""))
    monkeypatch.setattr(chooser, "getExistingDirectory", lambda *_about: str(new))
    here = card(robot, ArchiveCard)
    robot.press(here.write)
    asked = dialog(robot, WriteDialog)
    robot.type(asked.form, password="purple lantern", again="another")
    robot.press(asked.answer)
    assert "differ" in asked.form.fields["again"].error.text()
    robot.type(asked.form, again="purple lantern")
    with robot.qtbot.waitSignal(asked.accepted):
        robot.press(asked.answer)
    robot.press(here.read)
    read = dialog(robot, ReadDialog)
    robot.type(read.form, password="wrong one here", passphrase=PHRASE, again=PHRASE)
    robot.press(read.answer)
    robot.wait(lambda: bool(read.form.fields["password"].error.text()))
    robot.type(read.form, password="purple lantern")
    with robot.qtbot.waitSignal(read.accepted, timeout=20_000):
        robot.press(read.answer)
    store = profile.open_with_passphrase(new, PHRASE)
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM task")) == 30
    store.close()


def damage(folder: Path) -> None:
    """A page in the middle of the tasks, after everything was taken into the file."""
    path = folder / profile.DATA
    found = pages.leaves(path, KEY, "task")
    pages.bend(path, found[len(found) // 2])


def rescued(robot: Robot) -> DamagedGate:
    gate = robot.app.parts.start._gate
    assert isinstance(gate, DamagedGate)
    return gate


@pytest.mark.parametrize("way", ["salvage", "restore"])
def test_out_of_damaged_data_step_by_step(qtbot: QtBot, folder: Path, way: str) -> None:
    store = Store(folder / profile.DATA, KEY, "x")
    made = backup.make(store)
    store.close()
    damage(folder)
    with running(folder) as app:
        robot = Robot(app, qtbot)
        robot.opened()
        app.parts.session.keeping.look_once()
        qtbot.waitUntil(app.window.banner.isVisible)
        assert "damaged" in app.window.banner.said.text()
        robot.press(app.window.banner.again)
        robot.wait(lambda: isinstance(app.parts.start._gate, DamagedGate) and rescued(robot).row is not None)
        gate = rescued(robot)
        assert gate.row is not None
        assert gate.row.path == made.path
        robot.press(gate.salvage if way == "salvage" else gate.restore)
        robot.wait(lambda: app.parts.tasks.store is not None and not app.window.gated)
        assert tasks(robot) == 30  # what could not be read came from the backup
        assert len(restoring.set_asides(folder)) == 1


def test_damage_met_while_one_works_leads_out_too(qtbot: QtBot, folder: Path) -> None:
    with running(folder) as app:
        robot = Robot(app, qtbot)
        robot.opened()
        app.parts.tasks.call(_meets_damage, folder / profile.DATA)
        qtbot.waitUntil(app.window.banner.isVisible)
        robot.press(app.window.banner.again)
        robot.wait(lambda: isinstance(app.parts.start._gate, DamagedGate) and app.parts.tasks.store is None)
        assert rescued(robot).salvage.isEnabled()


def _meets_damage(path: Path) -> None:
    raise engine.damaged(path)


def test_without_a_backup_there_is_only_what_can_be_read(qtbot: QtBot, folder: Path) -> None:
    pages.bend(folder / profile.DATA, 1)
    with running(folder) as app:
        robot = Robot(app, qtbot)
        robot.wait(lambda: isinstance(app.parts.start._gate, DamagedGate))
        gate = rescued(robot)
        assert not gate.restore.isEnabled()
        assert "no good backup" in gate.restore_note.text()
        robot.press(gate.salvage)
        robot.wait(gate.error.isVisible)  # not even its beginning can be read
        assert restoring.set_asides(folder) == ()


def test_a_missing_file_comes_back_from_a_backup(qtbot: QtBot, folder: Path) -> None:
    store = Store(folder / profile.DATA, KEY, "x")
    backup.make(store)
    store.close()
    (folder / profile.DATA).unlink()
    with running(folder) as app:
        robot = Robot(app, qtbot)
        app.parts.start._call(profile.open_demo, folder, then=app.parts.start._opened)
        robot.wait(lambda: isinstance(app.parts.start._gate, DamagedGate) and rescued(robot).row is not None)
        gate = rescued(robot)
        assert not gate.salvage.isVisible()
        robot.press(gate.restore)
        robot.wait(lambda: app.parts.tasks.store is not None and not app.window.gated)
        assert tasks(robot) == 30


def until_rested(robot: Robot, until: Callable[[], bool]) -> None:
    keeping = robot.app.parts.session.keeping
    keeping._demo = False
    keeping.rested = lambda: 3600.0
    keeping.look()
    robot.wait(until)


def test_in_an_idle_moment_the_daily_backup_and_the_full_check_are_made(robot: Robot, folder: Path) -> None:
    keeping = robot.app.parts.session.keeping
    keeping.rested = lambda: 0.0
    keeping.look()
    assert backup.backups_of(folder) == ()  # somebody is at the desk
    until_rested(robot, lambda: len(backup.backups_of(folder)) == 1)
    assert marks.began(folder)  # not shut in order yet
    keeping._full_due = True
    until_rested(robot, lambda: not keeping._full_due)
    assert '"full": "20' in (folder / marks.FILE).read_text("utf-8")
    keeping.look()
    assert len(backup.backups_of(folder)) == 1


def test_a_backup_that_fails_is_said_quietly_and_tried_later(
    robot: Robot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def full(*_about: object, **_more: object) -> None:
        tried.append(1)
        raise disk_full()

    monkeypatch.setattr(safe, "back_up", full)
    until_rested(robot, lambda: any("disk is full" in one.text for one in robot.app.parts.notices.all()))
    assert not robot.app.window.banner.isVisible()
    robot.app.parts.session.keeping.look()
    robot.wait(lambda: True)
    assert len(tried) == 1
