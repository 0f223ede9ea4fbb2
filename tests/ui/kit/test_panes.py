"""Two panes side by side, or in turns where there is no room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from rmdesk.ui.kit.panes import CRAMPED, NARROW, Panes
from rmdesk.ui.kit.theme import Scheme, theme


def panes(qtbot: QtBot, width: int) -> Panes:
    made = Panes(QLabel("list"), QLabel("cards"), ("List", "Cards"))
    qtbot.addWidget(made)
    made.resize(width, 400)
    made.show()
    return made


def tab(made: Panes, text: str) -> QAbstractButton:
    return next(button for button in made.findChildren(QAbstractButton) if button.text() == text)


def test_both_are_seen_where_there_is_room(qtbot: QtBot) -> None:
    made = panes(qtbot, NARROW)
    assert made.main.isVisible()
    assert made.side.isVisible()
    assert not tab(made, "Cards").isVisible()
    wide = made.side.width()
    made.resize(NARROW - 1, 400)
    assert made.side.width() < wide


def test_they_take_turns_where_there_is_none(qtbot: QtBot) -> None:
    made = panes(qtbot, CRAMPED - 1)
    assert made.main.isVisible()
    assert not made.side.isVisible()
    qtbot.mouseClick(tab(made, "Cards"), Qt.MouseButton.LeftButton)
    assert not made.main.isVisible()
    assert made.side.isVisible()


def test_large_text_leaves_less_room(qtbot: QtBot) -> None:
    made = panes(qtbot, CRAMPED + 50)
    assert made.side.isVisible()
    theme.use(Scheme.LIGHT, 150)
    assert not made.side.isVisible()
    theme.use(Scheme.LIGHT, 100)
    assert made.side.isVisible()
