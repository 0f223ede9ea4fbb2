"""Who can introduce me: the nearest ways to a client, hop by hop."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QWidget

from rmdesk.base.text import _
from rmdesk.models.kinds import ClientId
from rmdesk.services.relations.introductions import introductions
from rmdesk.services.relations.queries import name_of
from rmdesk.services.relations.rows import Introduction
from rmdesk.services.store.reads import Reads
from rmdesk.ui.kit import format
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, Chip, clear, column, label, row, rule


class PathDialog(QDialog):
    """Shows the ways; each begins with a client whom the manager speaks to, and whose file is a click away."""

    def __init__(self, desk: Desk, client: ClientId) -> None:
        super().__init__(theme.window())
        self.desk = desk
        self.setMinimumWidth(560)
        self._title = label(_("Who can introduce me?"), "title", wrap=True)
        self.setWindowTitle(self._title.text())
        self._ways = column(label(_("Looking for a way…"), "note"), gap=12)
        note = _("By way of clients with a two-way contact of late; nobody who wants no contact is asked.")
        self.leave = Button(_("Close"), self.reject)
        box = column(self._title, label(note, "note", wrap=True), self._ways, row(None, self.leave), gap=16)
        box.setContentsMargins(24, 24, 24, 24)
        self.setLayout(box)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._place)
        self._line = desk.tasks.line(self)
        self._line.fetch(_ways_to, client).done.connect(lambda got: self.show_ways(*got))

    def show_ways(self, name: str, ways: tuple[Introduction, ...]) -> None:
        """Show these, the best first."""
        self._title.setText(_("Who can introduce me to {name}?").format(name=name))
        clear(self._ways)
        for at, way in enumerate(ways):
            if at:
                self._ways.addWidget(rule())
            self._ways.addWidget(self._way(way))
        if not ways:
            text = _("Nobody you speak to leads to {name}.").format(name=name)
            more = _("Note relationships of clients you know well; the way may be there already.")
            self._ways.addWidget(label(text, "strong", wrap=True))
            self._ways.addWidget(label(more, "note", wrap=True))
        self._soon.start()

    def _place(self) -> None:
        """The height that it needs, in the middle of the window; new lines tell theirs once they are shown."""
        if (whole := self.layout()) is not None:
            whole.activate()
            self.resize(self.width(), whole.totalHeightForWidth(self.width()))
        over = self.parentWidget()
        if over is not None:
            self.move(over.mapToGlobal(over.rect().center()) - self.rect().center())

    def _way(self, way: Introduction) -> QWidget:
        made = QWidget()
        line = Flow()  # names of companies are long
        for at, hop in enumerate(way.hops):
            if at:
                line.addWidget(label("→", "note"))
            client = hop.party.client
            if client is not None and at < len(way.hops) - 1:
                go = Button(hop.party.name, partial(self._go, client), kind="link")
                go.setAccessibleName(_("Open {name}").format(name=hop.party.name))
                line.addWidget(go)
            else:
                line.addWidget(label(hop.party.name, "strong"))
        line.addWidget(Chip(_("last contact {day}").format(day=format.short_day(way.last_contact)), "value"))
        why = column(gap=2)
        for hop in way.hops[:-1]:
            why.addWidget(label(hop.why.said, "soft", wrap=True))
        made.setLayout(column(line, why, gap=4))
        return made

    def _go(self, client: ClientId) -> None:
        self.reject()
        self.desk.go("client", client=client)


def _ways_to(reads: Reads, client: ClientId) -> tuple[str, tuple[Introduction, ...]]:
    return name_of(reads, client), introductions(reads, client)
