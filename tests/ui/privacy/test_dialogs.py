"""What we keep: the table, a copy as files, and erasure after the name was typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from rmdesk.services.exports.rules import Wish
from rmdesk.services.privacy.fates import erased_on
from rmdesk.services.store.store import Store
from rmdesk.ui.privacy.dialogs import EraseDialog, PrivacyDialog
from rmdesk.ui.profile.tab import ProfileTab
from rmdesk.ui.shell.desk import WindowDesk
from tests.conftest import TODAY
from tests.services.profile.arrange import ZHOU
from tests.ui.clients.robot import FileRobot, typed


@pytest.fixture
def robot(qtbot: QtBot, desk: WindowDesk) -> FileRobot:
    return FileRobot(qtbot, desk, ZHOU)


@pytest.fixture
def dialog(robot: FileRobot) -> PrivacyDialog:
    tab = robot.open_tab("profile")
    assert isinstance(tab, ProfileTab)
    robot.qtbot.waitUntil(lambda: tab.profile is not None)
    robot.qtbot.mouseClick(tab.privacy.open, Qt.MouseButton.LeftButton)
    shown = robot.dialog(PrivacyDialog)
    robot.qtbot.waitUntil(lambda: bool(shown.rows))
    return shown


def test_each_table_says_class_purpose_and_time(robot: FileRobot, dialog: PrivacyDialog) -> None:
    lines = dialog.table.text(range(60)).splitlines()
    assert any(line.startswith("Accounts") and "Sensitive" in line and "kept by law" in line for line in lines)
    assert any(line.startswith("Likes and taboos") and line.endswith("erased") for line in lines)
    dialog.reject()


def test_a_copy_is_written_as_data_and_as_document(
    robot: FileRobot, dialog: PrivacyDialog, store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "copy.json"
    dialog.save(path, Wish("copy", "json", "asked by the client", client=int(ZHOU)))
    robot.qtbot.waitUntil(path.with_suffix(".pdf").exists)
    robot.settle()
    assert "龙泉青瓷" in path.read_text(encoding="utf-8")
    assert path.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
    after = store.read(lambda reads: reads.value("SELECT after FROM change WHERE command = 'RecordExport'"))
    assert json.loads(after) == {"copied": "all", "exported": 1, "form": "json"}
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM audit_entry WHERE act = 'export'")) == 2
    dialog.reject()


def test_erasing_asks_for_the_name_and_cannot_be_undone(robot: FileRobot, dialog: PrivacyDialog, store: Store) -> None:
    robot.qtbot.mouseClick(dialog.erase, Qt.MouseButton.LeftButton)
    question = robot.dialog(EraseDialog)
    field = question.form.fields["name"]
    assert isinstance(field.editor, QLineEdit)
    typed(robot.qtbot, field.editor, "周文")
    robot.qtbot.keyClick(field.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    robot.qtbot.waitUntil(lambda: not field.error.isHidden())
    assert field.editor.text() == "周文"
    typed(robot.qtbot, field.editor, "敏")
    robot.qtbot.keyClick(field.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    robot.qtbot.waitUntil(lambda: not robot.desk.tasks.running)
    assert store.read(erased_on, ZHOU) == TODAY
    assert robot.desk.undo_stack is not None
    assert robot.desk.undo_stack.undo_label is None
