"""Promises as they are made in a visit: a day and a line each, and one more."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.services.visits import rules
from rmdesk.services.visits.rules import Owed
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, column, row


class PromiseLine(QWidget):
    """One promise: when it is due, and what it is."""

    changed = Signal()

    def __init__(self, due: date | None, text: str) -> None:
        super().__init__()
        self.due = DayField(due)
        self.due.setFixedWidth(theme.px(150))
        self.due.setAccessibleName(_("Due"))
        self.text = QLineEdit(text)
        self.text.setPlaceholderText(_("What was promised"))
        self.text.setAccessibleName(_("What was promised"))
        self.gone = Button("", kind="icon", icon="close", hint=_("Remove this promise"))
        box = row(self.due, self.text, self.gone, gap=8)
        box.setStretch(1, 1)
        self.setLayout(box)
        self.due.textChanged.connect(self.changed)
        self.text.textChanged.connect(self.changed)


class PromiseLines(QWidget):
    """As many promises as were made; lines without a text are passed over. `changed` tells of every key."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[PromiseLine] = []
        self._box = column(gap=6)
        self.more = Button(_("Add a promise"), self.add, kind="link", icon="plus")
        self.setLayout(column(self._box, row(self.more, None), gap=4))
        self.setFocusProxy(self.more)

    def add(self, due: date | None = None, text: str = "", *, focus: bool = True) -> PromiseLine:
        """One more line; due in a week unless told otherwise."""
        due = due or clock.today() + timedelta(days=rules.limit("ahead", "soon_days"))
        line = PromiseLine(due, text)
        line.changed.connect(self.changed)
        line.gone.clicked.connect(partial(self._remove, line))
        self.lines.append(line)
        self._box.addWidget(line)
        self.setFocusProxy(self.lines[0].text)
        if focus:
            line.text.setFocus()
        self.changed.emit()
        return line

    def answer(self) -> tuple[Owed, ...]:
        """The promises; refused for a day that is none."""
        found = []
        for line in self.lines:
            if not line.text.text().strip():
                continue
            try:
                due = line.due.day()
            except Refused as error:
                error.field = "promises"
                raise
            if due is None:
                raise Refused(N_("A promise needs a day."), field="promises", code="no_day")
            found.append(Owed(line.text.text(), due))
        return tuple(found)

    def take(self, value: Any) -> None:
        """Show these promises in place of others: pairs of text and day."""
        for line in list(self.lines):
            self._remove(line)
        for owed in value or ():
            self.add(owed.due, owed.text, focus=False)

    def typed(self) -> list[list[str]]:
        """What stands in the lines, right or wrong, for a draft."""
        return [[line.text.text(), line.due.text()] for line in self.lines if line.text.text().strip()]

    def show_typed(self, lines: list[list[str]]) -> None:
        """Put back what stood in the lines."""
        self.take(())
        for text, due in lines:
            self.add(None, text, focus=False).due.setText(due)

    def _remove(self, line: PromiseLine) -> None:
        if line in self.lines:
            self.lines.remove(line)
            self._box.removeWidget(line)
            line.hide()
            line.deleteLater()
            self.setFocusProxy(self.lines[0].text if self.lines else self.more)
            self.changed.emit()
