"""What is new or changes, kind by kind: a table, and beside it every field of the row one is on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from rmdesk.base.text import N_, _
from rmdesk.services.imports.compare import Sort
from rmdesk.services.imports.kept import NAMES
from rmdesk.services.imports.plan import Difference
from rmdesk.services.imports.records import Entity
from rmdesk.ui.imports import words
from rmdesk.ui.imports.scroll import scrolling
from rmdesk.ui.kit import format
from rmdesk.ui.kit.columns import STRONG, Cell, Column
from rmdesk.ui.kit.empty import Notice
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.widgets import Button, Card, clear, column, label, row

PLAIN = ("number", "key", "name", "kind", "status", "currency")  # not worth a place in that line
SUMMED_UP = 4  # fields in the line of a row


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list."""

    number: int
    difference: Difference


class DifferenceList(QWidget):
    """`more(entity, shown)` asks for more than the samples."""

    more = Signal(object, int)

    def __init__(self, sort: Sort, nothing: str) -> None:
        super().__init__()
        self._sort = sort
        self._kinds: dict[Entity, list[Difference]] = {}
        self._counts: dict[Entity, int] = {}
        self._entity: Entity | None = None
        self.filters = row(gap=6)
        self.table: RowTable[Line] = RowTable(
            (
                Column("key", N_("Key"), lambda line: Cell(_number(line)), 130, STRONG, sorts=False),
                Column("name", N_("Name"), lambda line: line.difference.name, 100, sorts=False),
                Column("what", N_("In short"), self._what, 280, sorts=False),
            ),
            lambda line: line.number,
            title=_("Changes"),
        )
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._detail())
        self._more = Button(_("Show more"), self._ask, kind="link")
        self._count = label("", "note")
        self._side = Card(_("Field by field"))
        self._side.setFixedWidth(330)
        self._grid = QGridLayout()
        self._side.add(scrolling(self._grid))
        self._nothing = Notice(nothing, icon="check")
        self._whole = QWidget()
        left = column(row(self.filters, None), self.table, row(self._count, None, self._more), gap=8)
        left.setStretch(1, 1)
        whole = row(left, self._side, gap=16)
        whole.setStretch(0, 1)
        whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setLayout(whole)
        self.setLayout(column(self._whole, self._nothing))

    def show_differences(self, kinds: dict[Entity, Sequence[Difference]], counts: dict[Entity, int]) -> None:
        """Samples of each kind, and how many there are in all."""
        self._kinds = {entity: list(some) for entity, some in kinds.items() if some}
        self._counts = counts
        self._whole.setVisible(bool(self._kinds))
        self._nothing.setVisible(not self._kinds)
        clear(self.filters)
        order = [entity for entity in NAMES if entity in self._kinds]
        for entity in order:
            text = f"{words.kind(entity)} {format.whole(counts.get(entity))}"
            button = Button(text, partial(self.show_kind, entity), kind="filter")
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setChecked(entity is order[0])
            self.filters.addWidget(button)
        if order:
            self.show_kind(order[0])

    def add(self, entity: Entity, more: Sequence[Difference]) -> None:
        """More of one kind."""
        self._kinds[entity] += more
        if entity is self._entity:
            self.show_kind(entity)

    def show_kind(self, entity: Entity) -> None:
        """Show the rows of one kind."""
        self._entity = entity
        shown = self._kinds[entity]
        self.table.set_rows([Line(number, one) for number, one in enumerate(shown)])
        total = self._counts.get(entity, len(shown))
        self.table.setColumnHidden(1, not any(one.name for one in shown))
        self._count.setText(
            _("{shown} of {total} shown").format(shown=format.whole(len(shown)), total=format.whole(total))
        )
        self._more.setVisible(len(shown) < total)
        if shown and not self.table.currentIndex().isValid():
            self.table.select_id(0)
        self._detail()

    def _ask(self) -> None:
        if self._entity is not None:
            self.more.emit(self._entity, len(self._kinds[self._entity]))

    def _what(self, line: Line) -> str:
        difference = line.difference
        fields = [one for one in difference.fields if one.field not in PLAIN]
        say = words.told if self._sort is Sort.NEW else words.change
        text = words.joined(say(difference, one) for one in fields[:SUMMED_UP])
        return text + (" …" if len(fields) > SUMMED_UP else "")

    def _detail(self) -> None:
        clear(self._grid)
        number = self.table.current()
        line = None if number is None else self.table.rows.known(number)
        if line is None:
            self._side.title(_("Field by field"))
            return
        difference = line.difference
        self._side.title(difference.name or _number(line))
        for at, one in enumerate(difference.fields):
            name = label(words.field_name(difference.entity, one.field), "note", wrap=True)
            after = label(words.value(one.field, one.after, difference.currency), "strong", wrap=True, select=True)
            self._grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
            if self._sort is Sort.NEW:
                self._grid.addWidget(after, at, 1)
                continue
            before = label(words.value(one.field, one.before, difference.currency), "soft", wrap=True, select=True)
            self._grid.addLayout(column(before, row(label("→", "note"), after, None, gap=4), gap=0), at, 1)
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)


def _number(line: Line) -> str:
    """The natural key; of somebody without a number nothing that could be read."""
    key = line.difference.key
    return "" if key.startswith("~") else key
