"""The strip of files: dropped, pasted, chosen, looked at, removed, saved elsewhere; and kept while a form is open."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QMenu
from pytestqt.qtbot import QtBot

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import ClientId
from rmdesk.services.clients.commands import AddProspect
from rmdesk.services.clients.rules import Details
from rmdesk.services.files import queries
from rmdesk.services.store.store import Store
from rmdesk.ui.files import viewer
from rmdesk.ui.files.strip import AttachmentStrip
from rmdesk.ui.files.viewer import Viewer
from rmdesk.ui.kit.export_dialog import ExportDialog
from rmdesk.ui.shell.desk import WindowDesk
from tests.services.files import camera
from tests.support import build


class StripRobot:
    """Acts on a strip as a user does."""

    def __init__(self, qtbot: QtBot, desk: WindowDesk, client: ClientId | None, *, draft: str = "") -> None:
        self.qtbot, self.desk = qtbot, desk
        self.strip = AttachmentStrip(desk, "client", None if draft else client, client, draft=draft)
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.window.setCentralWidget(self.strip)
        self.window.resize(600, 300)
        self.window.show()
        self.settle()

    def settle(self) -> None:
        """Until all is read, written and shown."""
        self.qtbot.waitUntil(lambda: not self.desk.tasks.running)

    def drop(self, *paths: Path) -> None:
        """Drag files over the strip and let them go."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
        over = QDragEnterEvent(QPoint(20, 20), Qt.DropAction.CopyAction, data, left, none)
        QApplication.sendEvent(self.strip, over)
        assert over.isAccepted()
        QApplication.sendEvent(self.strip, QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, data, left, none))
        self.settle()

    def names(self) -> list[str]:
        """What the tiles say."""
        return [tile.text() for tile in self.strip.tiles]


@pytest.fixture
def client(store: Store) -> ClientId:
    return store.perform(AddProspect(Details("周文敏"))).result


@pytest.fixture
def robot(qtbot: QtBot, desk: WindowDesk, client: ClientId) -> Iterator[StripRobot]:
    made = StripRobot(qtbot, desk, client)
    yield made
    made.settle()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "合影.jpg"
    path.write_bytes(camera.jpeg())
    return path


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text("谈女儿留学费用", encoding="utf-8")
    return path


def test_dropped_files_are_kept_and_shown_with_a_small_picture(robot: StripRobot, photo: Path, note: Path) -> None:
    assert robot.strip.hint.isVisible()
    robot.drop(photo, note)
    assert robot.names() == ["合影.jpg", "note.txt"]
    assert [tile.has_image for tile in robot.strip.tiles] == [True, False]
    assert not robot.strip.hint.isVisible()


def test_a_file_that_is_not_kept_says_why_and_the_others_stay(robot: StripRobot, note: Path, tmp_path: Path) -> None:
    program = tmp_path / "photo.jpg"
    program.write_bytes(b"MZ\x90\x00")
    robot.drop(program, note)
    assert robot.names() == ["note.txt"]
    assert "Programs and scripts are not kept." in robot.strip.error.text()
    robot.drop(tmp_path / "gone.txt")
    assert "could not be read" in robot.strip.error.text()


def test_a_picture_is_pasted_with_the_keys(robot: StripRobot) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(0xFF336699)
    QGuiApplication.clipboard().setImage(image)
    robot.strip.setFocus()
    QTest.keySequence(robot.strip, QKeySequence(QKeySequence.StandardKey.Paste))
    robot.qtbot.waitUntil(lambda: len(robot.strip.tiles) == 1)
    robot.settle()
    assert robot.names()[0].endswith(".png")
    assert robot.strip.tiles[0].has_image


def test_pasted_text_is_left_to_others(robot: StripRobot) -> None:
    QGuiApplication.clipboard().setText("text")
    assert robot.strip.paste() is False


def test_files_are_chosen(robot: StripRobot, photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *given: ([str(photo)], ""))
    robot.qtbot.mouseClick(robot.strip.add_button, Qt.MouseButton.LeftButton)
    robot.settle()
    assert robot.names() == ["合影.jpg"]


def test_delete_removes_and_undo_brings_back(robot: StripRobot, note: Path, store: Store) -> None:
    robot.drop(note)
    robot.qtbot.keyClick(robot.strip.tiles[0], Qt.Key.Key_Delete)
    robot.qtbot.waitUntil(lambda: not robot.strip.tiles)
    robot.settle()
    robot.desk.undo()
    robot.settle()
    robot.strip.load()
    robot.settle()
    assert robot.names() == ["note.txt"]


def test_the_viewer_shows_pictures_and_texts_and_goes_on_with_the_arrows(
    robot: StripRobot, photo: Path, note: Path
) -> None:
    robot.drop(photo, note)
    robot.qtbot.keyClick(robot.strip.tiles[0], Qt.Key.Key_Return)
    robot.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), Viewer))
    viewer = QApplication.activeModalWidget()
    assert isinstance(viewer, Viewer)
    robot.settle()
    assert viewer.stack.currentWidget() is viewer.picture
    robot.qtbot.keyClick(viewer.picture, Qt.Key.Key_Plus)
    assert viewer.picture.zoom > 1
    robot.qtbot.keyClick(viewer.picture, Qt.Key.Key_Right)
    robot.settle()
    assert viewer.stack.currentWidget() is viewer.text
    assert viewer.text.toPlainText() == "谈女儿留学费用"
    viewer.close()


def test_what_cannot_be_shown_says_what_to_do(robot: StripRobot, tmp_path: Path) -> None:
    path = tmp_path / "contract.pdf"
    path.write_bytes(b"%PDF-1.7 \x00")
    robot.drop(path)
    robot.qtbot.mouseClick(robot.strip.tiles[0], Qt.MouseButton.LeftButton)
    robot.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), Viewer))
    viewer = QApplication.activeModalWidget()
    assert isinstance(viewer, Viewer)
    robot.settle()
    assert viewer.stack.currentWidget() is viewer.notice
    viewer.close()


def test_a_file_that_goes_while_it_is_waited_for_is_told_of_once(
    robot: StripRobot, note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    robot.drop(note)
    answers, asked = iter([queries.ON_ITS_WAY, "gone"]), count()

    def not_here(_reads: object, _file: object) -> None:
        next(asked)
        raise Refused(N_("This file is at the team hub."), code=next(answers, "gone"))

    told: list[BaseException] = []
    monkeypatch.setattr(viewer, "AGAIN_MS", 10)
    monkeypatch.setattr(viewer, "_opened", not_here)
    monkeypatch.setattr(robot.desk, "tell", told.append)
    robot.qtbot.keyClick(robot.strip.tiles[0], Qt.Key.Key_Return)
    robot.qtbot.waitUntil(lambda: bool(told))
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, Viewer)
    assert not shown._again.isActive()
    robot.settle()
    shown.close()
    assert (len(told), next(asked)) == (1, 2)


def test_saving_elsewhere_is_asked_for_and_put_on_record(
    robot: StripRobot, note: Path, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    robot.drop(note)
    target = tmp_path / "out" / "copy.txt"
    target.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (str(target), ""))
    robot.strip.tiles[0].saved.emit()
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, ExportDialog) and one.isVisible())
    dialog.form.fill(reason="the branch audit")
    dialog.plain.setChecked(True)
    robot.qtbot.waitUntil(dialog.ok.isEnabled)
    robot.qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    robot.qtbot.waitUntil(target.exists)
    robot.settle()
    assert target.read_text(encoding="utf-8") == "谈女儿留学费用"
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM export_record WHERE what = 'file'")) == 1


def test_the_menu_of_a_tile_offers_all_three(robot: StripRobot, note: Path) -> None:
    robot.drop(note)
    tile = robot.strip.tiles[0]
    from PySide6.QtGui import QContextMenuEvent

    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), tile.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(tile, event)
    (menu,) = tile.findChildren(QMenu)
    assert [action.text() for action in menu.actions()] == ["Open", "Save as…", "Remove"]
    menu.close()


def test_files_of_a_form_outlive_a_crash_and_go_to_the_record(
    qtbot: QtBot, desk: WindowDesk, store: Store, client: ClientId, note: Path
) -> None:
    first = StripRobot(qtbot, desk, client, draft="visit")
    first.drop(note)
    assert first.names() == ["note.txt"]
    first.window.close()  # as a crash would: nobody said save or leave
    again = StripRobot(qtbot, desk, client, draft="visit")
    assert again.names() == ["note.txt"]
    again.strip.attach_to(str(client), client)
    again.settle()
    assert [row.name for row in store.read(queries.files_of, "client", client)] == ["note.txt"]
    assert store.read(queries.files_of, queries.DRAFT, "visit") == ()


def test_files_wait_for_the_client(qtbot: QtBot, desk: WindowDesk, store: Store, client: ClientId, note: Path) -> None:
    robot = StripRobot(qtbot, desk, None, draft="visit")
    robot.drop(note)
    assert robot.strip.count == 1
    assert robot.names() == []
    assert "once the client is chosen" in robot.strip.error.text()
    robot.strip.set_client(client)
    robot.settle()
    assert robot.names() == ["note.txt"]
    assert not robot.strip.error.isVisible()


def test_leaving_the_form_leaves_no_file(
    qtbot: QtBot, desk: WindowDesk, store: Store, client: ClientId, note: Path
) -> None:
    robot = StripRobot(qtbot, desk, client, draft="visit")
    robot.drop(note)
    robot.strip.discard()
    robot.settle()
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM attachment_content")) == 0


def test_a_strip_without_record_needs_a_draft(desk: WindowDesk) -> None:
    with pytest.raises(ValueError, match="draft"):
        AttachmentStrip(desk, "visit")


def test_a_file_that_is_still_at_the_hub_is_asked_for_and_shown_when_it_comes(
    robot: StripRobot, note: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(viewer, "AGAIN_MS", 20)
    robot.drop(note)
    content = store.read(lambda reads: reads.value("SELECT content FROM attachment_content"))
    build.perform(store, lambda work: work.bulk("DELETE FROM attachment_content", topics=()))
    (file,) = store.read(lambda reads: reads.rows("SELECT id FROM attachment"))[0]
    with robot.qtbot.waitSignal(robot.desk.sync_wanted):
        robot.qtbot.keyClick(robot.strip.tiles[0], Qt.Key.Key_Return)
    (shown,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, Viewer) and one.isVisible())
    assert shown.stack.currentWidget() is shown.notice
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM sync_state WHERE name LIKE 'want:%'")) == 1
    back = "INSERT INTO attachment_content (attachment_id, content) VALUES (?, ?)"
    build.perform(store, lambda work: work.bulk(back, (file, content), topics=()))
    robot.qtbot.waitUntil(lambda: shown.stack.currentWidget() is shown.text)
    shown.reject()
