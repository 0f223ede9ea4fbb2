"""The tab of a client's file with the journals about the client."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from rmdesk.base.text import _
from rmdesk.models.kinds import Topic
from rmdesk.services.journals import queries
from rmdesk.services.journals.queries import JournalRow
from rmdesk.ui.journals import dialogs
from rmdesk.ui.journals.detail import method_name
from rmdesk.ui.kit import format
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.file_tab import FileTab
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.widgets import Button, Card, Chip, clear, column, label, row, rule

SHOWN = 60


class JournalsTab(FileTab):
    """Journals about a client, newest first, in full."""

    watches: ClassVar[frozenset[Topic]] = frozenset({Topic.JOURNALS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.card = Card(_("Journals"), "")
        self.card.corner.addWidget(Button(_("Write journal"), self._write, kind="small"))
        self._parts = column(gap=12)
        inside = QWidget()
        inside.setLayout(column(self._parts, None))
        self.card.add(scroller(inside, "card"))
        self.body.addWidget(self.card)

    def reload(self) -> None:
        if self.client is not None:
            self.fetch(queries.journals, client=self.client, limit=SHOWN).done.connect(self.show_journals)

    def show_journals(self, rows: tuple[JournalRow, ...]) -> None:
        """Show these."""
        clear(self._parts)
        self.card.note.setText(str(len(rows)) if rows else "")
        for at, one in enumerate(rows):
            if at:
                self._parts.addWidget(rule())
            edit = Button(_("Edit"), partial(dialogs.open_journal, self.desk, journal=one), kind="link")
            head = row(label(format.day(one.on), "note"), Chip(method_name(one.method), "opportunity"), None, edit)
            self._parts.addLayout(head)
            self._parts.addWidget(label(one.content, wrap=True, select=True))
            for title, text in ((_("Insight"), one.insight), (_("Reflection"), one.reflection)):
                if text:
                    line = row(label(title, "field"), label(text, "soft", wrap=True, select=True), gap=12)
                    line.setStretch(1, 1)
                    self._parts.addLayout(line)
        if not rows:
            self._parts.addWidget(
                label(
                    _("No journal about this client yet. Write down what worked, so that it can be used again."),
                    "note",
                    wrap=True,
                )
            )

    def _write(self) -> None:
        dialogs.open_journal(self.desk, self.client)
