"""The tab of a client's file with all days to remember, and who was greeted for what."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QLayout, QWidget

from rmdesk.base.text import _
from rmdesk.models.kinds import Calendar, ClientId, OccasionKind, RecordId, Topic
from rmdesk.services.calendar import kept
from rmdesk.services.calendar.rows import GreetingRow, KeptDay
from rmdesk.services.clients.standing import Stop, stop_of
from rmdesk.services.store.reads import Reads
from rmdesk.ui.kit import format
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.file_tab import FileTab
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.widgets import Button, Card, Chip, clear, column, label, row, rule
from rmdesk.ui.occasions import dialogs, words

Told = tuple[tuple[KeptDay, ...], tuple[GreetingRow, ...], Stop | None]
SOON = 30  # days; a nearer one can be greeted from here


class OccasionsTab(FileTab):
    """Days at the left, the next one first; greetings at the right."""

    watches: ClassVar[frozenset[Topic]] = frozenset({Topic.OCCASIONS, Topic.CLIENTS, Topic.PROFILE, Topic.RELATIONS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.days = Card(_("Days to remember"), "")
        self.days.corner.addWidget(Button(_("Templates…"), partial(dialogs.open_templates, desk), kind="link"))
        self.add = Button(_("Add occasion"), self._add, kind="small")
        self.days.corner.addWidget(self.add)
        self.stopped = label("", "error", wrap=True)
        self._list = column(gap=10)
        inside = QWidget()
        inside.setLayout(column(self._list, None))
        self.days.add(self.stopped, scroller(inside, "card"))
        self.greetings = Card(_("Greetings"), "")
        self._sent = column(gap=10)
        side = QWidget()
        side.setLayout(column(self._sent, None))
        self.greetings.add(scroller(side, "card"))
        self.side_by_side(self.days, self.greetings, (_("Days to remember"), _("Greetings")))

    def reload(self) -> None:
        if self.client is not None:
            self.fetch(_told, self.client).done.connect(self._show)

    def _show(self, got: Told) -> None:
        days, sent, stop = got
        self.stopped.setText("" if stop is None else stop.why.said)
        self.stopped.setVisible(stop is not None)
        self.show_days(days, greets=stop is None)
        self.show_greetings(sent)

    def show_days(self, days: tuple[KeptDay, ...], *, greets: bool = True) -> None:
        """Show these days."""
        clear(self._list)
        kept_days = sum(one.id is not None for one in days)
        self.days.note.setText(str(kept_days) if kept_days else "")
        for at, one in enumerate(days):
            if at:
                self._list.addWidget(rule())
            self._list.addLayout(self._day(one, greets))
        if not days:
            text = _("No day is kept yet. Birthdays, wedding days and festivals to greet on belong here.")
            self._list.addWidget(label(text, "note", wrap=True))

    def _day(self, one: KeptDay, greets: bool) -> QLayout:
        head = row(label(one.said.said, "strong"), _calendar(one), gap=8)
        if one.round:
            head.addWidget(Chip(_("round birthday"), "occasion"))
        if one.greeted is not None:
            head.addWidget(Chip(_("greeted {day}").format(day=format.short_day(one.greeted)), "good"))
        head.addStretch(1)
        soon = one.days is not None and one.days <= SOON
        if greets and soon and one.greeted is None:
            head.addWidget(Button(_("Greet"), partial(self._greet, one), kind="link"))
        if greets and soon and self.desk.can_ask("gift"):
            head.addWidget(Button(_("Gift"), partial(self._gift, one), kind="link"))
        if one.id is not None:
            head.addWidget(Button(_("Edit"), partial(self._edit, one), kind="link"))
            head.addWidget(Button(_("Remove"), partial(self._remove, one.id), kind="link"))
        elif one.details.kind == OccasionKind.BIRTHDAY:
            head.addWidget(Button(_("Lunar instead"), self._lunar, kind="link"))
        parts = [words.recorded(one.details), _source(one)]
        lines = column(head, gap=4)
        if one.next is not None:
            age = words.years(OccasionKind(one.details.kind), one.years)
            coming = _("Next: {day}").format(day=words.both(one.next))
            lines.addWidget(
                label(" · ".join(part for part in (coming, format.days_ahead(one.next), age) if part), "soft")
            )
            parts.append(_("prepared {days} ahead").format(days=format.days(one.lead_days)))
        elif one.hidden is not None:
            lines.addWidget(label(one.hidden.said, "soft", wrap=True))
        lines.addWidget(label(" · ".join(part for part in parts if part), "note", wrap=True))
        if one.details.note:
            lines.addWidget(label(one.details.note, "note", wrap=True))
        return lines

    def show_greetings(self, sent: tuple[GreetingRow, ...]) -> None:
        """Show who was greeted for what."""
        clear(self._sent)
        self.greetings.note.setText(str(len(sent)) if sent else "")
        for at, one in enumerate(sent):
            if at:
                self._sent.addWidget(rule())
            head = row(label(one.said.said, "strong"), Chip(words.channel(one.channel)), None, gap=8)
            head.addWidget(Button(_("Take back"), partial(self._take_back, one.id), kind="link"))
            said = _("{day}, for {occasion}").format(day=format.day(one.on), occasion=format.day(one.for_day))
            line = column(head, label(said, "note"), gap=4)
            if one.text:
                line.addWidget(label(one.text, "soft", wrap=True, select=True))
            self._sent.addLayout(line)
        if not sent:
            self._sent.addWidget(label(_("Nobody was greeted yet. Greetings appear here."), "note", wrap=True))

    # Acting.

    def _add(self) -> None:
        if self.client is not None:
            dialogs.open_occasion(self.desk, self.client)

    def _lunar(self) -> None:
        from rmdesk.services.occasions.details import Details

        if self.client is not None:
            dialogs.open_occasion(self.desk, self.client, details=Details(calendar=Calendar.LUNAR))

    def _edit(self, one: KeptDay) -> None:
        dialogs.open_occasion(self.desk, self.client, one.id, one.details)

    def _greet(self, one: KeptDay) -> None:
        if self.client is not None:
            dialogs.open_greet(self.desk, self.client, one.id, one.next, one.key)

    def _gift(self, one: KeptDay) -> None:
        self.desk.ask("gift", client=self.client, occasion=one.id)

    def _remove(self, occasion: RecordId) -> None:
        from rmdesk.services.occasions.commands import RemoveOccasion

        self.desk.perform(RemoveOccasion(occasion), _("Occasion removed"))

    def _take_back(self, greeting: RecordId) -> None:
        from rmdesk.services.occasions.commands import UndoGreet

        self.desk.perform(UndoGreet(greeting), _("Greeting taken back"))


def _told(reads: Reads, client: ClientId) -> Told:
    return kept.days_of(reads, client), kept.greetings_of(reads, client), stop_of(reads, client)


def _calendar(one: KeptDay) -> Chip:
    if one.details.kind == OccasionKind.FESTIVAL:
        return Chip(_("Festival"), "good")
    return Chip(_("Lunar"), "occasion") if one.details.calendar == Calendar.LUNAR else Chip(_("Solar"), "plain")


def _source(one: KeptDay) -> str:
    if one.id is None:
        return _("told by the bank")
    parts = [_("both days are kept (双过)")] if one.details.both else []
    other = words.other_calendar(one.details)
    return " · ".join([other, *parts] if other else parts)
