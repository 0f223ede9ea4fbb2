"""The line of tabs over a client's file, each with how much is behind it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from rmdesk.base.text import _
from rmdesk.ui.clients.tabs import TABS
from rmdesk.ui.kit.widgets import Button, column, row, rule


class TabLine(QWidget):
    """Signal `chosen(name)`: the user wants this tab."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.buttons: dict[str, Button] = {}
        line = row(gap=9)
        for tab in TABS:
            button = Button(_(tab.title), kind="tab")
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, name=tab.name: self.chosen.emit(name))
            self._group.addButton(button)
            self.buttons[tab.name] = button
            line.addWidget(button)
        line.addStretch(1)
        self.setLayout(column(line, rule(), gap=0))

    def show_tab(self, name: str) -> None:
        """Mark the tab that is shown."""
        self.buttons[name].setChecked(True)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Write beside each tab how much is behind it; nothing for none."""
        for tab in TABS:
            count = counts.get(tab.name)
            self.buttons[tab.name].setText(f"{_(tab.title)} {count}" if count else _(tab.title))
