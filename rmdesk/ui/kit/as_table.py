"""The facts of a drawing as a table: for those who do not see it, and for whoever wants the figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from rmdesk.base.text import N_, _
from rmdesk.ui.kit.columns import Column
from rmdesk.ui.kit.stack import Stack
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.widgets import Button

TABLE = "table"
Fact = tuple[int, str]  # its number, and what the drawing says there
COLUMNS: tuple[Column[Fact], ...] = (
    Column("fact", N_("What the chart says"), lambda fact: fact[1], 320, fixed=True, sorts=False),
)


def has_table(drawing: QWidget) -> None:
    """Note that the facts of a drawing are to be had as a table beside it; tests ask every drawing for this."""
    drawing.setProperty(TABLE, True)


class AsTable(Stack):
    """A drawing, and in its place a table when `toggle` is pressed; put the button where the heading is.

    `facts` tells the lines, in the words that a screen reader is told of the drawing.
    """

    def __init__(self, drawing: QWidget, facts: Callable[[], Sequence[str]]) -> None:
        super().__init__()
        self._facts = facts
        self.drawing = drawing
        self.table: RowTable[Fact] | None = None
        self.addWidget(drawing)
        has_table(drawing)
        self.toggle = Button("", kind="icon", icon="columns", hint=_("Show as table"))
        self.toggle.setCheckable(True)
        self.toggle.toggled.connect(lambda _on: self.refresh())
        self.setSizePolicy(drawing.sizePolicy())

    def sizeHint(self) -> QSize:
        return self.drawing.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.drawing.minimumSizeHint()

    def refresh(self) -> None:
        """The drawing has other facts now."""
        on = self.toggle.isChecked()
        hint = _("Show as chart") if on else _("Show as table")
        self.toggle.setToolTip(hint)
        self.toggle.setAccessibleName(hint)
        if not on:
            self.setCurrentWidget(self.drawing)
            return
        if self.table is None:
            title = self.drawing.accessibleName()
            self.table = RowTable(COLUMNS, key=lambda fact: fact[0], title=title)
            self.addWidget(self.table)
        self.table.set_rows(list(enumerate(self._facts())))
        self.setCurrentWidget(self.table)
