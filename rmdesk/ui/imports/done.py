"""What an import did, with the way back and the ways on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from rmdesk.base.text import _
from rmdesk.services.imports.counting import Counts
from rmdesk.services.imports.kept import NAMES
from rmdesk.ui.imports import words
from rmdesk.ui.kit import format
from rmdesk.ui.kit.icons import pixmap
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, Card, Chip, clear, column, label, row


class DoneView(QWidget):
    """`undo`, `more` and `today` are what can be done next."""

    def __init__(self, undo: Callable[[], object], more: Callable[[], object], today: Callable[[], object]) -> None:
        super().__init__()
        self._picture = QLabel()
        self._head = label("", "title", wrap=True)
        self._note = label("", "soft", wrap=True)
        self._lines = column(gap=8)
        self.undo = Button(_("Undo import"), undo, icon="undo")
        card = Card(gap=14)
        card.setFixedWidth(theme.px(560))
        actions = row(
            self.undo, None, Button(_("Import more"), more), Button(_("See who to care for"), today, kind="primary")
        )
        card.add(row(self._picture, self._head, None, gap=12), self._note, self._lines, actions)
        self.setLayout(column(None, row(None, card, None), None))
        self._tint()
        theme.changed.connect(self._tint)

    def show_counts(self, counts: Counts, *, written: bool) -> None:
        """What was done; nothing, when all of it was known."""
        clear(self._lines)
        self._head.setText(_("The hand-over is in") if written else _("Nothing was new"))
        self._note.setText(
            _("All of it was taken in together. You can take it back as a whole, now or later from the past imports.")
            if written
            else _("All of these files were known already, so nothing was written.")
        )
        self.undo.setVisible(written)
        for entity in NAMES:
            count = counts.by_entity.get(entity)
            if count is None or not count.total:
                continue
            chips = [
                Chip(_("{count} new").format(count=format.whole(count.new)), "good") if count.new else None,
                Chip(_("{count} changed").format(count=format.whole(count.changed)), "overdue")
                if count.changed
                else None,
                Chip(_("{count} unchanged").format(count=format.whole(count.unchanged))) if count.unchanged else None,
                Chip(_("{count} ended").format(count=format.whole(counts.ended.get(entity, 0))), "occasion")
                if counts.ended.get(entity)
                else None,
            ]
            name = label(words.kind(entity), "strong")
            name.setMinimumWidth(theme.px(110))
            self._lines.addLayout(row(name, *(chip for chip in chips if chip is not None), None))
        self.setAccessibleName(self._head.text())

    def _tint(self) -> None:
        self._picture.setPixmap(pixmap("check", "accent", 28, self.devicePixelRatioF()))
        self._picture.setAlignment(Qt.AlignmentFlag.AlignTop)
