"""Tab in the order of layouts, whenever their widgets were made."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QScrollArea, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from rmdesk.ui.kit import tab_order
from rmdesk.ui.kit.widgets import column, row


class Whole(QWidget):
    def focusNextPrevChild(self, next: bool) -> bool:
        return tab_order.go(self, forward=next)


def test_what_is_made_last_and_stands_first_is_come_to_first(qtbot: QtBot) -> None:
    low, number, high = QLineEdit(), QSpinBox(), QPushButton("high")
    left, right = QPushButton("left"), QPushButton("right")
    grid = QGridLayout()
    grid.addWidget(right, 0, 1)
    grid.addWidget(left, 0, 0)
    whole = Whole()
    qtbot.addWidget(whole)
    whole.setLayout(column(row(high, None), grid, number, low))
    whole.show()
    assert list(tab_order.stops_in(whole)) == [high, left, right, number, low]
    left.setEnabled(False)
    number.hide()
    assert list(tab_order.stops_in(whole)) == [high, right, low]


def test_a_stop_that_is_out_of_sight_is_scrolled_to(qtbot: QtBot) -> None:
    buttons = [QPushButton(str(at)) for at in range(40)]
    inside, area, whole = QWidget(), QScrollArea(), Whole()
    inside.setLayout(column(*buttons))
    area.setWidget(inside)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    qtbot.addWidget(whole)
    whole.setLayout(column(area))
    whole.resize(200, 120)
    whole.show()
    whole.activateWindow()
    buttons[0].setFocus()
    qtbot.keyClick(buttons[0], Qt.Key.Key_Backtab)
    assert whole.focusWidget() is buttons[-1]
    assert not buttons[-1].visibleRegion().isEmpty()


def test_without_a_stop_the_keyboard_stays_where_it_is(qtbot: QtBot) -> None:
    whole = Whole()
    qtbot.addWidget(whole)
    assert not tab_order.go(whole, forward=True)
