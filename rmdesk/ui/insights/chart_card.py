"""A card with a chart, that shows the same facts as a table when asked."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from rmdesk.base.text import N_, _
from rmdesk.services.charts import Chart
from rmdesk.services.charts.kinds import facts
from rmdesk.ui.insights.chart_view import ChartView
from rmdesk.ui.kit.as_table import has_table
from rmdesk.ui.kit.columns import Column
from rmdesk.ui.kit.empty import Notice
from rmdesk.ui.kit.stack import Stack
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, Card, label
from rmdesk.ui.tasks.runner import Tasks

LEAST = 170  # pixels of height at 100 % text under which a chart says nothing


class Fact(NamedTuple):
    """A line of the table: what the chart says there, and the pick of its clients."""

    number: int
    text: str
    pick: str


COLUMNS: tuple[Column[Fact], ...] = (
    Column("fact", N_("What the chart says"), lambda row: row.text, 320, fixed=True, sorts=False),
)


class ChartCard(Card):
    """`opened(pick)` when a mark, or a line of the table, is opened."""

    opened = Signal(str)

    def __init__(self, tasks: Tasks, heading: str, note: str = "") -> None:
        super().__init__(heading, note)
        self.foot = label("", "note", wrap=True)  # the note, where there is no room for it beside the heading
        self.foot.hide()
        self.view = ChartView(tasks)
        self.view.opened.connect(self.opened)
        has_table(self.view)
        self.table: RowTable[Fact] | None = None
        self._chart: Chart | None = None
        self.empty = Notice()
        self.toggle = Button("", kind="icon", icon="columns", hint=_("Show as table"))
        self.toggle.setCheckable(True)
        self.toggle.toggled.connect(self._show_table)
        self.corner.addWidget(self.toggle)
        self.stack = Stack()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.empty)
        self.stack.setMinimumHeight(theme.px(LEAST))
        self.stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.add(self.stack, self.foot)
        # As wide as its column: a long heading in one card must not make the others narrow.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def say(self, note: str) -> None:
        """Another note."""
        self.note.setText(note)
        self._place_note()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_note()

    def _place_note(self) -> None:
        taken = self.head.sizeHint().width() + self.note.sizeHint().width() + self.toggle.sizeHint().width() + 64
        above = taken <= self.width()
        self.foot.setText(self.note.text())
        below = not above and bool(self.note.text())
        self.note.setVisible(above)
        self.foot.setVisible(below)
        line = self.fontMetrics().height() + self.body.spacing()
        self.setMinimumHeight(self.minimumSizeHint().height() + line if below else 0)  # else the chart lies under it

    def show_chart(self, chart: Chart) -> None:
        """Draw this."""
        self._chart = chart
        self.toggle.setEnabled(True)
        self.view.show_chart(chart)
        self._show_table(self.toggle.isChecked())

    def show_nothing(self, text: str, note: str = "") -> None:
        """Say in place of a chart why there is none."""
        self._chart = None
        self.toggle.setEnabled(False)
        self.empty.say(text, note, icon="info")
        self.stack.setCurrentWidget(self.empty)

    def _show_table(self, on: bool) -> None:
        if self._chart is None:
            return
        self.toggle.setToolTip(_("Show as chart") if on else _("Show as table"))
        self.toggle.setAccessibleName(self.toggle.toolTip())
        if not on:
            self.stack.setCurrentWidget(self.view)
            return
        if self.table is None:
            self.table = RowTable(COLUMNS, key=lambda row: row.number, title=self.head.text())
            self.table.opened.connect(self._open)
            self.stack.addWidget(self.table)
        self.table.set_rows([Fact(at, text, pick) for at, (text, pick) in enumerate(facts(self._chart))])
        self.stack.setCurrentWidget(self.table)

    def _open(self, number: int) -> None:
        row = None if self.table is None else self.table.rows.known(number)
        if row is not None and row.pick:
            self.opened.emit(row.pick)
