"""The tab of a client's file on clubs, benefits, points and events."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from rmdesk.base.text import _
from rmdesk.models.kinds import ClientId, Topic
from rmdesk.services.gatherings import queries
from rmdesk.services.gatherings.queries import ClientEvent
from rmdesk.services.store.reads import Reads
from rmdesk.ui.gatherings import words
from rmdesk.ui.kit import format
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.file_tab import FileTab
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.widgets import Button, Card, Chip, clear, column, label, row

MOST = 40  # events shown


class ClubTab(FileTab):
    """What belongs to the client as a member and as a guest."""

    watches: ClassVar[frozenset[Topic]] = frozenset({Topic.GATHERINGS, Topic.CLUBS, Topic.SEGMENTS, Topic.SETTINGS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.events = Card(_("Events"), "", gap=8)
        self.events.corner.addWidget(Button(_("Add to an event"), self._invite, kind="small"))
        inside = QWidget()
        inside.setLayout(column(self.events, None, gap=16))
        self.body.addWidget(scroller(inside, "ground"), 1)

    def reload(self) -> None:
        if self.client is not None:
            self.fetch(_told, self.client).done.connect(self.show_events)

    def show_events(self, events: tuple[ClientEvent, ...]) -> None:
        """Show to what the client was asked."""
        clear(self.events.body)
        self.events.note.setText(format.whole(len(events)) if events else "")
        for event in events[:MOST]:
            text, kind = words.STANDS[event.stand]
            line = row(label(format.short_day(event.on), "note"), label(event.title, "", wrap=True), gap=12)
            line.setStretch(1, 1)
            line.addWidget(Chip(_(text), kind))
            if event.gathering is not None:
                press = partial(self.desk.go, "gatherings", gathering=event.gathering)
                line.addWidget(Button(_("Event"), press, kind="link", name=event.title))
            self.events.body.addLayout(line)
        if not events:
            self.events.add(label(_("The client was not asked to an event yet."), "note", wrap=True))

    def _invite(self) -> None:
        if self.client is not None:
            self.desk.ask("guests", clients=(self.client,))


def _told(reads: Reads, client: ClientId) -> tuple[ClientEvent, ...]:
    return queries.events_of(reads, client)
