"""The line of tabs over a client's file, each with how much is behind it; what does not fit is in a menu at its end."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QMenu, QWidget

from rmdesk.base.text import _
from rmdesk.ui.clients.tabs import TABS
from rmdesk.ui.kit.widgets import Button, column, row, rule

GAP = 9


class TabLine(QWidget):
    """Signal `chosen(name)`: the user wants this tab."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.buttons: dict[str, Button] = {}
        line = row(gap=GAP)
        for tab in TABS:
            button = Button(_(tab.title), kind="tab")
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, name=tab.name: self.chosen.emit(name))
            self._group.addButton(button)
            self.buttons[tab.name] = button
            line.addWidget(button)
        self.more = Button(_("More") + " ▾", kind="tab", name=_("More tabs"))
        self.rest = QMenu(self.more)
        self.rest.aboutToShow.connect(self._fill)
        self.more.setMenu(self.rest)
        line.addWidget(self.more)
        line.addStretch(1)
        self.setLayout(column(line, rule(), gap=0))

    def show_tab(self, name: str) -> None:
        """Mark the tab that is shown."""
        self.buttons[name].setChecked(True)
        self._arrange()

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Write beside each tab how much is behind it; nothing for none."""
        for tab in TABS:
            count = counts.get(tab.name)
            self.buttons[tab.name].setText(f"{_(tab.title)} {count}" if count else _(tab.title))
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Show as many tabs as fit, always the one that is open; the others go into the menu, the last ones first."""
        if not self.isVisible():
            return
        shown = list(self.buttons.values())
        wide = {button: button.sizeHint().width() + GAP for button in shown}
        room = self.width() + GAP
        if sum(wide.values()) > room:
            room -= self.more.sizeHint().width() + GAP
            for button in reversed(list(self.buttons.values())):
                if sum(wide[one] for one in shown) <= room:
                    break
                if not button.isChecked():
                    shown.remove(button)
        for button in self.buttons.values():
            button.setVisible(button in shown)
        self.more.setVisible(len(shown) < len(self.buttons))

    def _fill(self) -> None:
        self.rest.clear()
        for name, button in self.buttons.items():
            if not button.isVisible():
                self.rest.addAction(button.text()).triggered.connect(partial(self.chosen.emit, name))
