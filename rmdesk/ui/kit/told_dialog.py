"""What a figure says, as a table over the window; and how small figures are asked for it.

A line in the head of a file, or a bar, has no corner for a button: Tab comes to it, and Enter, or its menu, opens the
table. Larger charts have a button of their own (`kit/as_table.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QDialog, QFocusFrame, QVBoxLayout, QWidget

from rmdesk.base.text import _
from rmdesk.ui.kit.as_table import COLUMNS, Fact, has_table
from rmdesk.ui.kit.opening import opened
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, column, label, row

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
WIDE, HIGH = 440, 280


class ToldDialog(QDialog):
    """The facts of a drawing as a table."""

    def __init__(self, parent: QWidget, title: str, facts: Sequence[str]) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.table: RowTable[Fact] = RowTable(COLUMNS, key=lambda fact: fact[0], title=title)
        self.table.set_rows(list(enumerate(facts)))
        self.leave = Button(_("Close"), self.reject)
        box: QVBoxLayout = column(label(title, "heading", wrap=True), self.table, row(None, self.leave), gap=12)
        box.setContentsMargins(24, 20, 24, 20)
        self.setLayout(box)
        room = parent.window().size()
        self.resize(min(theme.px(WIDE), room.width() - 32), min(theme.px(HIGH), room.height() - 48))


def tell(drawing: QWidget, title: str, facts: Sequence[str]) -> ToldDialog:
    """Show these facts over the window of a drawing."""
    dialog = opened(ToldDialog(drawing.window(), title, facts))
    if facts:
        dialog.table.selectRow(0)
    dialog.table.setFocus()
    return dialog


class _Ring(QFocusFrame):
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("accent"), 2))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 5, 5)
        painter.end()


class Asked(QObject):
    """Lets a figure be asked for its table, which is called `title`; lives as long as the figure."""

    def __init__(self, figure: QWidget, facts: Callable[[], Sequence[str]], title: str) -> None:
        super().__init__(figure)
        self._figure, self._facts, self._title = figure, facts, title
        has_table(figure)
        self._ring: _Ring | None = None
        figure.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        figure.installEventFilter(self)

    def show(self) -> ToldDialog:
        """Open the table."""
        return tell(self._figure, self._title, self._facts())

    def eventFilter(self, _figure: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.KeyPress if isinstance(event, QKeyEvent) and Qt.Key(event.key()) in ENTER:
                self.show()
                return True
            case QEvent.Type.ContextMenu:
                self.show()
                return True
            case QEvent.Type.FocusIn | QEvent.Type.FocusOut:
                if self._ring is None:
                    self._ring = _Ring()
                self._ring.setWidget(self._figure if event.type() == QEvent.Type.FocusIn else None)  # type: ignore[arg-type]
            case _:
                pass
        return False
