"""A line that gives way says so: by an ellipsis to the eye, by a hint, and whole to a screen reader."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from rmdesk.ui.kit.elided import Elided


def test_what_has_no_room_ends_in_an_ellipsis_and_is_told_by_the_hint(qtbot: QtBot) -> None:
    text = "Offline · demo, all data invented"
    line = Elided(text)
    qtbot.addWidget(line)
    line.resize(line.sizeHint())
    line.show()
    assert (line.shown, line.toolTip()) == (text, "")
    line.resize(line.sizeHint().width() // 2, line.height())
    assert line.shown.endswith("…")
    assert line.toolTip() == text
    assert line.minimumSizeHint().width() < line.sizeHint().width()
    face = QAccessible.queryAccessibleInterface(line)
    assert face.text(QAccessible.Text.Name) == text
    assert not line.grab().isNull()
