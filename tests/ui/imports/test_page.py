"""From files to an import and back, on a real desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from rmdesk.models.clients import Client
from rmdesk.services.imports import queries
from rmdesk.services.imports.duplicates import suspects
from rmdesk.services.imports.records import Entity
from rmdesk.services.store.store import Store
from rmdesk.ui.imports.duplicates import DuplicatesDialog
from rmdesk.ui.shell.desk import WindowDesk
from tests.services.imports.handovers import client, contents, take_in, told
from tests.services.sync.feeds import apply, join
from tests.services.sync.feeds import told as hub_told
from tests.support.build import perform
from tests.ui.conftest import Seen
from tests.ui.imports.robot import ImportRobot

HEAD = "客户号,姓名,出生日期,账号,账户余额,备用\n"
ROWS = 'C1,王小明,1970-01-02,A1,"1,000.50",x\nC2,李娜,1980-01-02,A2,20.00,y\n'


@pytest.fixture
def robot(qtbot: QtBot, desk: WindowDesk) -> ImportRobot:
    return ImportRobot(qtbot, desk)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "核心.csv"
    made.write_text("客户名单\n" + HEAD + ROWS, encoding="gb18030")
    return made


def test_a_file_comes_in_and_goes_out_again(robot: ImportRobot, store: Store, file: Path) -> None:
    before = contents(store)
    robot.choose(file)
    preview = robot.page.looking.preview
    assert preview.cells.preview.headers[:2] == ("客户号", "姓名")
    assert preview.encoding.currentData() == "gb18030"
    assert preview.header_row.value() == 2
    robot.check()
    assert "1,020.50" in robot.words()
    robot.apply()
    assert told(store, "client", "number", "name") == [("C1", "王小明"), ("C2", "李娜")]
    assert "2 new" in robot.words()
    robot.press(robot.page.done.undo)
    robot.at("start")
    assert contents(store) == before
    robot.qtbot.waitUntil(lambda: bool(robot.buttons("Import again")))
    robot.press(robot.buttons("Import again")[0])
    robot.settle()
    assert len(told(store, "client", "id")) == 2


def test_a_desk_that_follows_a_hub_takes_no_files(robot: ImportRobot, door: Seen, store: Store, file: Path) -> None:
    take_in(store, [client("C9", name="王小明")])
    join(store)
    apply(store, hub_told(store))
    robot.page.mark_stale()
    robot.qtbot.waitUntil(lambda: "Through the team hub" in robot.words())
    robot.page.drop.take([file])
    robot.qtbot.waitUntil(lambda: bool(door.errors))
    assert getattr(door.errors[0], "code", "") == "hub_imports"
    robot.at("start")
    assert robot.page.looking.sources == []
    assert len(robot.buttons("Undo")) == 1  # of the import before joining; the hub's batch has none


def test_nothing_new_is_told_and_not_undone(robot: ImportRobot, store: Store, file: Path) -> None:
    for _time in range(2):
        robot.choose(file)
        robot.check()
        robot.apply()
        if _time == 0:
            robot.page.restart()
    assert "Nothing was new" in robot.words()
    assert len(store.read(queries.batches)) == 1
    assert not robot.page.done.undo.isVisible()


def test_a_wrong_meaning_is_corrected_from_the_menu(robot: ImportRobot, store: Store, file: Path) -> None:
    robot.choose(file)
    robot.mean(5, "Occupation")
    robot.mean(1, "Leave out")
    assert robot.page.looking.sources[0].layout.columns[5].target == "client.occupation"
    robot.check()
    robot.apply()
    assert told(store, "client", "name", "occupation") == [("", "x"), ("", "y")]


def test_a_table_that_lacks_what_it_needs_cannot_be_checked(robot: ImportRobot, file: Path) -> None:
    robot.choose(file)
    for column in range(6):
        robot.mean(column, "Leave out")
    assert not robot.page.to_check.isEnabled()
    assert robot.page.looking.preview.problem.text()
    robot.mean(0, "Client number")
    assert robot.page.to_check.isEnabled()


def test_another_encoding_and_header_row_are_tried(robot: ImportRobot, file: Path) -> None:
    robot.choose(file)
    preview = robot.page.looking.preview
    preview.encoded.emit("latin-1")
    robot.settle()
    assert preview.cells.preview.headers[0] != "客户号"
    preview.encoded.emit("gb18030")
    robot.settle()
    assert preview.cells.preview.headers[0] == "客户号"
    preview.header_row.setValue(3)
    preview.header_row.editingFinished.emit()
    robot.settle()
    assert preview.cells.preview.headers[0] == "C1"


def test_files_are_dropped_added_and_left_out(robot: ImportRobot, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "folder" / "产品.csv"
    other.parent.mkdir()
    other.write_text("产品代码,产品名称,产品风险\nP1,一号,R1\n", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)), QUrl.fromLocalFile(str(other.parent))])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    robot.page.drop.dropEvent(drop)
    robot.at("look")
    assert [source.name for source in robot.page.looking.sources] == ["核心.csv", "产品.csv"]
    robot.page.take([file])
    robot.settle()
    assert len(robot.page.looking.sources) == 2
    robot.page.looking.files.removed.emit(0)
    robot.page.looking.files.removed.emit(0)
    robot.at("start")


@pytest.mark.parametrize("content", [b"PK\x03\x04nothing", b""])
def test_a_file_that_cannot_be_read_is_told_and_the_page_stays(
    robot: ImportRobot, tmp_path: Path, content: bytes
) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(content)
    robot.page.drop.take([broken])
    window = robot.desk.window
    robot.qtbot.waitUntil(lambda: window.toast.isVisible() or window.banner.isVisible())
    robot.at("start")


def test_what_is_wrong_and_what_changes_is_shown_before(robot: ImportRobot, store: Store, file: Path) -> None:
    take_in(store, [client("C1", name="王小", birth_date="1970-01-02")])
    file.write_text(HEAD + ROWS + "C3,张三,1990-01-01,A3,12x,z\n", encoding="utf-8")
    robot.choose(file)
    robot.check()
    wrong = robot.tab("wrong")
    assert wrong.table.rows.cell(0, 4).text == "12x"
    assert wrong.table.rows.cell(0, 0).text == "Left out"
    changed = robot.tab("changed")
    assert changed.table.rows.cell(0, 0).text == "C1"
    assert "王小" in robot.words(changed._side)
    assert "王小明" in robot.words(changed._side)
    QAbstractItemModelTester(changed.table.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_what_has_gone_is_asked_about(robot: ImportRobot, store: Store, file: Path) -> None:
    take_in(store, [client("C9", name="赵六")])
    robot.choose(file)
    robot.check()
    gone = robot.tab("gone")
    gone.whole[Entity.CLIENT].click()
    robot.settle()
    assert gone.table.rows.cell(0, 1).text == "C9"
    gone.ended[Entity.CLIENT].click()
    robot.settle()
    robot.apply()
    assert told(store, "client", "number", "status")[0] == ("C9", "closed")


def test_a_suspected_duplicate_is_confirmed(robot: ImportRobot, store: Store, file: Path) -> None:
    perform(store, lambda work: work.add(Client(name="王小明", birth_date="1970-01-02", origin="desk")))
    robot.choose(file)
    robot.check()
    listed = robot.tab("suspects")
    robot.press(robot.buttons("Same client", listed)[0])
    robot.settle()
    robot.apply()
    assert told(store, "client", "id", "number")[0] == (1, "C1")
    assert len(told(store, "client", "id")) == 2


def test_a_layout_is_remembered_and_recognised(robot: ImportRobot, store: Store, file: Path) -> None:
    robot.choose(file)
    robot.mean(5, "Occupation")
    robot.page.looking.files.name.setText("核心系统")
    robot.check()
    robot.apply()
    robot.settle()
    robot.page.restart()
    robot.choose(file)
    layout = robot.page.looking.sources[0].layout
    assert (layout.name, layout.columns[5].target) == ("核心系统", "client.occupation")


def test_cancelling_goes_back_and_changes_nothing(robot: ImportRobot, store: Store, tmp_path: Path) -> None:
    many = tmp_path / "many.csv"
    lines = "".join(f"C{n},王{n},1970-01-02,A{n},1.00,x\n" for n in range(30_000))
    many.write_text(HEAD + lines, encoding="utf-8")
    robot.choose(many)
    robot.press(robot.page.to_check)
    robot.press(robot.page.working.cancel)
    robot.at("look")
    robot.check()
    robot.press(robot.page.go_on)
    robot.press(robot.page.working.cancel)
    robot.at("check")
    assert told(store, "client", "id") == []


def test_more_than_the_samples_comes_on_demand(robot: ImportRobot, tmp_path: Path) -> None:
    many = tmp_path / "many.csv"
    many.write_text(HEAD + "".join(f"C{n},王{n},1970-01-02,A{n},1.00,x\n" for n in range(450)), encoding="utf-8")
    robot.choose(many)
    robot.check()
    new = robot.tab("new")
    assert new.table.rows.rowCount() == 200
    robot.press(robot.buttons("Show more", new)[0])
    robot.qtbot.waitUntil(lambda: new.table.rows.rowCount() == 400)
    robot.press(robot.buttons("Show more", new)[0])
    robot.qtbot.waitUntil(lambda: new.table.rows.rowCount() == 450)
    assert not robot.buttons("Show more", new)


def test_two_clients_are_merged_side_by_side(robot: ImportRobot, store: Store) -> None:
    born = {"name": "王小明", "birth_date": "1970-01-02"}
    take_in(store, [client("C1", phone="1", **born), client("C2", phone="2", email="a@b.cn", **born)])
    robot.page.find_duplicates()
    dialog = next(one for one in robot.desk.window.findChildren(DuplicatesDialog))
    robot.qtbot.waitUntil(lambda: bool(robot.buttons("Compare…", dialog)))
    (suspect,) = store.read(suspects)
    merge = dialog.compare(suspect)
    robot.qtbot.waitUntil(merge.answer.isEnabled)
    merge.choose("phone", drop=True)
    with robot.qtbot.waitSignal(merge.accepted):
        robot.press(merge.answer)
    robot.settle()
    assert told(store, "client", "phone", "email", "merged_into") == [("2", "a@b.cn", None), ("2", "a@b.cn", 1)]
    robot.qtbot.waitUntil(lambda: "No duplicates are suspected." in robot.words(dialog))
    robot.desk.undo()
    robot.settle()
    assert told(store, "client", "phone", "merged_into") == [("1", None), ("2", None)]
    dialog.accept()


def test_an_import_that_cannot_be_undone_says_why(robot: ImportRobot, store: Store, file: Path) -> None:
    take_in(store, [client("C1", name="甲")])
    take_in(store, [client("C1", name="乙")])
    robot.page.mark_stale()
    robot.qtbot.waitUntil(lambda: len(robot.buttons("Undo", robot.page.batches)) == 2)
    robot.press(robot.buttons("Undo", robot.page.batches)[1])
    robot.settle()
    assert len(store.read(queries.batches)) == 2
    assert told(store, "client", "name") == [("乙",)]
