"""A wide pane and a narrow one beside it; where there is no room for both, one at a time under two tabs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, column, row

CRAMPED = 800  # width in units of text under which the panes take turns
NARROW = 1100  # and under which the one at the side gets thinner
SIDE, SIDE_NARROW = 330, 286


class Panes(QWidget):
    """`shares` divides the width between both; without it the side has a width of its own.

    `arranged` comes when the room has changed.
    """

    arranged = Signal()

    def __init__(
        self, main: QWidget, side: QWidget, names: tuple[str, str], shares: tuple[int, int] | None = None
    ) -> None:
        super().__init__()
        self.main, self.side = main, side
        self._shares = shares
        self._tabs = QWidget()
        self._buttons = QButtonGroup(self)
        line = row(gap=20)
        for at, name in enumerate(names):
            button = Button(name, kind="tab")
            button.setCheckable(True)
            button.setChecked(at == 0)
            self._buttons.addButton(button, at)
            line.addWidget(button)
        line.addStretch(1)
        self._tabs.setLayout(line)
        self._tabs.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._tabs.hide()
        self._both: QHBoxLayout = row(main, side, gap=16)
        for at, share in enumerate(shares or (1, 0)):
            self._both.setStretch(at, share)
        whole = column(self._tabs, self._both, gap=12)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self._buttons.idToggled.connect(lambda _at, on: self.arrange() if on else None)
        theme.changed.connect(self.arrange)

    @property
    def cramped(self) -> bool:
        """Whether only one pane is seen."""
        return self.width() * 100 / theme.percent < CRAMPED

    @property
    def narrow(self) -> bool:
        """Whether the side is at its thinnest, or takes turns."""
        return self.width() * 100 / theme.percent < NARROW

    def arrange(self) -> None:
        """Show both panes, or the chosen one."""
        cramped = self.cramped
        self._tabs.setVisible(cramped)
        self.main.setVisible(not cramped or self._buttons.checkedId() == 0)
        self.side.setVisible(not cramped or self._buttons.checkedId() == 1)
        if self._shares is None and not cramped:
            self.side.setFixedWidth(theme.px(SIDE_NARROW if self.narrow else SIDE))
        elif self._shares is None:
            self.side.setMinimumWidth(0)
            self.side.setMaximumWidth(16_777_215)
        self.arranged.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()
