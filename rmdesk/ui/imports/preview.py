"""The first rows of one table, with the meaning over each column and how the file was read."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSpinBox, QTableView

from rmdesk.base.text import _
from rmdesk.services.imports.layout import Layout
from rmdesk.services.imports.source import Preview, Source
from rmdesk.ui.imports.meanings import Meanings
from rmdesk.ui.kit.choice import Choice
from rmdesk.ui.kit.flow import flowing
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Card, beside, label

AnyIndex = QModelIndex | QPersistentModelIndex
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
WIDEST = 260
FITTED = 60  # columns whose width follows what they hold
NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 (BOM)",
    "gb18030": "GB18030 (GBK)",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "big5": "Big5",
    "latin-1": "Latin-1",
}


class _Cells(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.preview = Preview((), [], [])

    def show_preview(self, preview: Preview) -> None:
        self.beginResetModel()
        self.preview = preview
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.preview.rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.preview.headers)

    def data(self, index: AnyIndex, role: int = DISPLAY) -> Any:
        return self.preview.rows[index.row()][index.column()] if role == DISPLAY else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if role != DISPLAY:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(self.preview.numbers[section])
        return self.preview.headers[section]


class PreviewCard(Card):
    """`meant(column, target)`, `tuned(column, option, value)`, `encoded(name)` and `headed(row)` tell corrections."""

    meant = Signal(int, str)
    tuned = Signal(int, str, str)
    encoded = Signal(str)
    headed = Signal(int)

    def __init__(self) -> None:
        super().__init__(_("First rows"))
        self.encoding = Choice()
        self.encoding.setAccessibleName(_("Encoding"))
        self.header_row = QSpinBox()
        self.header_row.setRange(0, 200)
        self.header_row.setSpecialValueText(_("none"))
        self.header_row.setAccessibleName(_("Header row"))
        self.header_row.setMinimumWidth(theme.px(86))
        self.header_row.lineEdit().setTextMargins(8, 0, 0, 0)
        self.encoding.setMinimumWidth(theme.px(176))
        asked = ((_("Encoding"), self.encoding), (_("Header row"), self.header_row))
        reading = flowing(*(beside(label(name, "field"), field) for name, field in asked), gap=12)
        self.cells = _Cells()
        self.table = QTableView()
        self.meanings = Meanings(self.table, self.meant.emit, self.tuned.emit)
        self.problem = label("", "error", wrap=True)
        self.hint = label("", "note", wrap=True)
        self._behave()
        self.add(reading, self.table, self.problem, self.hint)
        self.body.setStretch(1, 1)
        self.encoding.activated.connect(lambda _at: self.encoded.emit(self.encoding.currentData()))
        self.header_row.editingFinished.connect(self._headed)
        self._shown_header = 0

    def show_source(self, source: Source, preview: Preview) -> None:
        """A table with its first rows."""
        from rmdesk.services.imports import rereading

        self.title(source.name)
        self.head.setToolTip(str(source.path))
        self.encoding.clear()
        names = list(dict.fromkeys([source.encoding or "", *rereading.ENCODINGS]))
        for name in names if source.encoding else [""]:
            self.encoding.addItem(NAMES.get(name, name) or _("in the file"), name)
        self.encoding.setEnabled(rereading.can_change_encoding(source))
        self._shown_header = source.header_row or 0
        self.header_row.setValue(self._shown_header)
        self.cells.show_preview(preview)
        self.meanings.show_layout(source.layout)
        self.show_problem(source)
        self._fit()

    def show_layout(self, layout: Layout) -> None:
        """Other meanings over the same rows."""
        self.meanings.show_layout(layout)

    def show_problem(self, source: Source) -> None:
        """Why no records can be made of the table, if so."""
        problem = source.problem
        self.problem.setText(problem.whole if problem else "")
        self.problem.setVisible(problem is not None)
        self.hint.setText(_("Click a meaning to correct it. Columns without one are kept beside the record."))
        self.hint.setVisible(problem is None)

    def _headed(self) -> None:
        if self.header_row.value() != self._shown_header:
            self._shown_header = self.header_row.value()
            self.headed.emit(self._shown_header)

    def _behave(self) -> None:
        table = self.table
        table.setModel(self.cells)
        table.setHorizontalHeader(self.meanings)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setCornerButtonEnabled(False)
        table.setTabKeyNavigation(False)
        table.setAccessibleName(_("First rows"))
        table.setProperty("role", "cells")
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(theme.px(30))
        table.horizontalScrollBar().valueChanged.connect(lambda _at: self.meanings.scrolled())

    def _fit(self) -> None:
        """Columns as wide as what they hold, within reason."""
        metrics = self.table.fontMetrics()
        preview = self.cells.preview
        for at, header in enumerate(preview.headers[:FITTED]):
            texts = [header, *(cells[at][:60] for cells in preview.rows[:20])]
            wide = max(metrics.horizontalAdvance(text) for text in texts) + 28
            self.table.setColumnWidth(at, max(theme.px(130), min(theme.px(WIDEST), wide)))
        self.meanings.scrolled()
