"""The files of a hand-over and what holds for all of them: day, currency, the layout's name to remember."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QDateEdit, QLineEdit, QWidget

from rmdesk.base.text import _
from rmdesk.services.imports.source import Source
from rmdesk.ui.imports import words
from rmdesk.ui.imports.scroll import scrolling
from rmdesk.ui.kit import answers, form
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, Card, Chip, clear, column, label, restyle, row

WIDE = 300
LINE_EDGES = 128  # what stands beside the name of a file: borders, the cross, and room to breathe


class FilesCard(Card):
    """`picked(place)`, `removed(place)` and `more()` tell what is to be done with the files."""

    picked = Signal(int)
    removed = Signal(int)
    more = Signal()
    told = Signal()

    def __init__(self) -> None:
        super().__init__(_("Files"))
        self.setFixedWidth(WIDE)
        self._lines: list[Button] = []
        self._list = column(gap=6)
        area = scrolling(self._list)
        self.corner.addWidget(Button(_("Add…"), self.more.emit, kind="link"))
        self.day = QDateEdit()
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        self.currency = QLineEdit()
        self.currency.setMaxLength(3)
        self.name = QLineEdit()
        self.name.setPlaceholderText(_("For instance: core system, monthly"))
        self.name.setToolTip(self.name.placeholderText())
        self.form = form.Form()
        self.form.add("as_of", _("Figures as of"), self.day)
        self.form.add("currency", _("Currency, where none is told"), self.currency)
        self.form.add("layout", _("Remember this layout as"), self.name)
        self.add(area, self.form)
        self.body.setStretch(0, 1)
        self.currency.editingFinished.connect(self.told)
        self._touched = False
        self.day.dateChanged.connect(lambda _day: self._touch())

    def show_sources(self, sources: Sequence[Source], current: int) -> None:
        """One line a table; the current one is marked."""
        clear(self._list)
        self._lines = []
        for place, source in enumerate(sources):
            self._list.addWidget(self._line(place, source, place == current))

    def show_day(self, day: date) -> None:
        """The day that the files tell, or today."""
        answers.fill(self.day, day)
        self._touched = False

    def chosen_day(self) -> date | None:
        """The day, when the user has set it."""
        day: date = answers.value_of(self.day)
        return day if self._touched else None

    def _touch(self) -> None:
        self._touched = True

    def _line(self, place: int, source: Source, current: bool) -> QWidget:
        line = Card()
        restyle(line, picked=current)
        metrics = QFontMetrics(theme.font(14))
        shown = metrics.elidedText(source.name, Qt.TextElideMode.ElideMiddle, WIDE - LINE_EDGES)
        name = Button(shown, lambda: self.picked.emit(place), kind="link", name=source.name)
        name.setToolTip(str(source.path))
        problem = source.problem is not None
        chip = Chip(_("needs a look"), "occasion") if problem else Chip(words.kind(source.entity), "value")
        drop = Button("", lambda: self.removed.emit(place), kind="icon", icon="close", hint=_("Leave this file out"))
        known = sum(1 for one in source.layout.columns if one.target in source.layout.targets)
        facts = _("{known} of {all} columns understood").format(known=known, all=len(source.layout.columns))
        line.body.setSpacing(4)
        line.add(row(name, None, drop), row(chip, None), label(facts, "note"))
        outer = line.layout()
        if outer is not None:
            outer.setContentsMargins(10, 8, 8, 10)
        self._lines.append(name)
        return line
