"""Clients of the portfolio that may be one, each pair with the way to merge it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QWidget

from rmdesk.base.text import _, plural
from rmdesk.services.imports import duplicates
from rmdesk.services.imports.duplicates import Person, Suspect
from rmdesk.ui.imports import words
from rmdesk.ui.imports.merge import MergeDialog
from rmdesk.ui.imports.scroll import scrolling
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.empty import Notice
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, Chip, clear, column, label, row, rule

SHOWN = 40  # pairs in view; merging one brings up the next


class DuplicatesDialog(QDialog):
    """A list that is read anew after each merge."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setWindowTitle(_("Possible duplicates"))
        self._head = label(_("Possible duplicates"), "title")
        self._note = label(
            _("Suggested by ID document, or by name with birth date or phone. Nothing is merged by itself."),
            "soft",
            wrap=True,
        )
        self._list = column(gap=0)
        self._area = scrolling(self._list)
        self._nothing = Notice(_("No duplicates are suspected."), icon="check")
        box = column(
            self._head, self._note, self._area, self._nothing, row(None, Button(_("Close"), self.accept)), gap=12
        )
        box.setContentsMargins(24, 24, 24, 24)
        box.setStretch(2, 1)
        self.setLayout(box)
        self.setMinimumSize(theme.px(760), theme.px(480))
        self._area.hide()
        self._nothing.hide()
        self.read()

    def read(self) -> None:
        """Look again."""
        self.desk.tasks.fetch(duplicates.suspects).done.connect(self._show)

    def _show(self, suspects: Sequence[Suspect]) -> None:
        clear(self._list)
        self._area.setVisible(bool(suspects))
        self._nothing.setVisible(not suspects)
        if suspects:
            self._head.setText(plural("{count} possible duplicate", "{count} possible duplicates", len(suspects)))
        for number, suspect in enumerate(suspects[:SHOWN]):
            if number:
                self._list.addWidget(rule())
            self._list.addWidget(self._line(suspect))

    def _line(self, suspect: Suspect) -> QWidget:
        chips = [Chip(_(words.REASONS[reason]), "occasion") for reason in suspect.reasons]
        compare = Button(_("Compare…"), lambda: self.compare(suspect), kind="small")
        line = QWidget()
        box = row(_person(suspect.other), _person(suspect.person), column(*chips, gap=4), compare, gap=20)
        for at, wide in enumerate((3, 3, 2)):
            box.setStretch(at, wide)
        box.setContentsMargins(0, 10, 4, 10)
        line.setLayout(box)
        return line

    def compare(self, suspect: Suspect) -> MergeDialog:
        """Show both side by side."""
        dialog = MergeDialog(self.desk, suspect.other.id or 0, suspect.person.id or 0, self)
        dialog.accepted.connect(self.read)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog


def _person(person: Person) -> QWidget:
    facts = (person.number or "", person.birth_date or "", person.id_number or "", person.phone or "")
    made = QWidget()
    made.setLayout(column(label(person.name or "–", "strong"), label(words.joined(facts), "small", wrap=True), gap=2))
    return made
