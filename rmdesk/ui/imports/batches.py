"""The imports of before, each with what it did and its way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from rmdesk.base.text import _, plural
from rmdesk.models.kinds import BatchState
from rmdesk.services.imports.queries import BatchRow
from rmdesk.ui.imports import words
from rmdesk.ui.imports.scroll import scrolling
from rmdesk.ui.kit import format
from rmdesk.ui.kit.empty import Notice
from rmdesk.ui.kit.slices import Slices
from rmdesk.ui.kit.widgets import Button, Card, Chip, clear, column, label, row, rule

SHOWN_FILES = 3


class Batches(Card):
    """A card with a line for each import; `undo` and `redo` get its row."""

    def __init__(self, undo: Callable[[BatchRow], object], redo: Callable[[BatchRow], object]) -> None:
        super().__init__(_("Past imports"))
        self._undo, self._redo = undo, redo
        self._list = column(gap=0)
        self._slices = Slices(self)
        self._empty = Notice(
            _("Nothing was imported yet."), _("Each import can be taken back as a whole from here."), icon="import"
        )
        self._area = scrolling(self._list)
        self.add(self._area, self._empty)

    def show_batches(self, batches: Sequence[BatchRow]) -> None:
        """Show these, the last one first."""
        clear(self._list)
        self._area.setVisible(bool(batches))
        self._empty.setVisible(not batches)
        self._slices.begin(partial(self._add, batch) for batch in batches)

    def _add(self, batch: BatchRow) -> None:
        if self._list.count():
            self._list.addWidget(rule())
        self._list.addWidget(self._line(batch))

    def _line(self, batch: BatchRow) -> QWidget:
        names = _(", ").join(batch.files[:SHOWN_FILES])
        more = len(batch.files) - SHOWN_FILES
        through_hub = batch.state is BatchState.TOLD
        head = label(_("Through the team hub") if through_hub else names or "–", "strong", wrap=True)
        head.setToolTip("\n".join(batch.files))
        if more > 0:
            others = plural("and {count} other", "and {count} others", more)
            head.setText(f"{names} {others}")
        facts = words.joined(
            (
                _("as of {day}").format(day=format.day(batch.as_of)),
                ""
                if through_hub
                else _("imported {day} by {who}").format(day=format.day(batch.at.astimezone().date()), who=batch.who),
                plural("{count} finding", "{count} findings", batch.findings) if batch.findings else "",
            )
        )
        told = [label(words.counts(batch.counts), "small", wrap=True)] if batch.counts else []
        texts = column(head, *told, label(facts, "note"), gap=2)
        undone = batch.state is BatchState.UNDONE
        state = Chip(_("Undone"), "plain") if undone else Chip(_("Imported"), "good")
        button = (
            Button(_("Import again"), lambda: self._redo(batch), kind="small")
            if undone
            else Button(_("Undo"), lambda: self._undo(batch), kind="small", icon="undo")
        )
        if through_hub or (undone and not batch.can_return):
            button.hide()
        button.setAccessibleDescription(names)
        line = QWidget()
        box = row(texts, state, button, gap=12)
        box.setStretch(0, 1)
        box.setContentsMargins(0, 10, 4, 10)
        line.setLayout(box)
        return line
