"""New clients that may be known ones: side by side, with the reason, to be confirmed one by one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rmdesk.base.text import _, plural
from rmdesk.services.imports.duplicates import Person, Suspect
from rmdesk.ui.imports import words
from rmdesk.ui.imports.scroll import scrolling
from rmdesk.ui.kit.empty import Notice
from rmdesk.ui.kit.widgets import Button, Chip, clear, column, label, row, rule

SHOWN = 40  # pairs in view; each is a line of widgets


class SuspectList(QWidget):
    """`changed` tells that an answer was given; `same` maps the key of a new client to the id of the known one."""

    changed = Signal()

    def __init__(self, nothing: str, note: str = "") -> None:
        super().__init__()
        self.same: dict[str, int] = {}
        self._list = column(gap=0)
        self._area = scrolling(self._list)
        self._more = label("", "note")
        self._nothing = Notice(nothing, note, icon="check")
        self.setLayout(column(self._area, self._more, self._nothing))

    def show_suspects(self, suspects: Sequence[Suspect]) -> None:
        """Show these; answers given before stay, as far as they still concern somebody."""
        clear(self._list)
        keys = {suspect.person.key for suspect in suspects}
        self.same = {key: client for key, client in self.same.items() if key in keys}
        self._area.setVisible(bool(suspects))
        self._nothing.setVisible(not suspects)
        more = len(suspects) - SHOWN
        self._more.setText(plural("and {count} more pair", "and {count} more pairs", more))
        self._more.setVisible(more > 0)
        for number, suspect in enumerate(suspects[:SHOWN]):
            if number:
                self._list.addWidget(rule())
            self._list.addWidget(self._line(suspect))

    def _line(self, suspect: Suspect) -> QWidget:
        reasons = [Chip(_(words.REASONS[reason]), "occasion") for reason in suspect.reasons]
        other = suspect.other.id or 0
        same = Button(_("Same client"), kind="small", icon="check")
        same.setCheckable(True)
        same.setChecked(self.same.get(suspect.person.key) == other)
        same.clicked.connect(lambda on: self._answer(suspect.person.key, other if on else 0))
        line = QWidget()
        box = row(
            column(label(_("In the files"), "note"), _who(suspect.person), _facts(suspect.person), gap=2),
            column(label(_("In the portfolio"), "note"), _who(suspect.other), _facts(suspect.other), gap=2),
            column(*reasons, gap=4),
            same,
            gap=20,
        )
        box.setStretch(0, 3)
        box.setStretch(1, 3)
        box.setStretch(2, 2)
        box.setContentsMargins(0, 10, 4, 10)
        line.setLayout(box)
        return line

    def _answer(self, key: str, client: int) -> None:
        self.same = {known: one for known, one in self.same.items() if known != key}
        if client:
            self.same[key] = client
        self.changed.emit()


def _who(person: Person) -> QWidget:
    return label(person.name or person.number or "–", "strong", wrap=True)


def _facts(person: Person) -> QWidget:
    facts = (person.number or "", person.birth_date or "", person.id_number or "", person.phone or "")
    return label(words.joined(facts), "small", wrap=True)
