"""The Today page: the ranked list with its reasons, and what else the day holds."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QFrame, QScrollArea, QSizePolicy, QWidget

from rmdesk.base.text import N_, _, plural, sentences
from rmdesk.models.kinds import Channel, Purpose, Topic
from rmdesk.services.care import kept, openings, queries
from rmdesk.services.care.kept import Known
from rmdesk.services.care.openings import Opening
from rmdesk.services.care.rows import CareDay, CareItem, MarkRow, Shade, Step, WarningRow
from rmdesk.services.reports.queries import MadeRow, unread
from rmdesk.services.team.cadences import answers_wanted
from rmdesk.ui.care import words
from rmdesk.ui.care.errand import Errand
from rmdesk.ui.kit import format
from rmdesk.ui.kit.actions import Action
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.empty import Notice
from rmdesk.ui.kit.page import Page
from rmdesk.ui.kit.panes import Panes
from rmdesk.ui.kit.score_bar import NAMES
from rmdesk.ui.kit.swatch import Swatch
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, Card, column, label, row
from rmdesk.ui.today.cards import Entry, EntryCard, agenda_entry, occasion_entry, warning_entry
from rmdesk.ui.today.care_list import CareList
from rmdesk.ui.today.keeper import Keeper

NARROW = 1020  # under this width in units of text the date is written short


class TodayPage(Page):
    """Whom to care for today, and why."""

    watches: ClassVar[frozenset[Topic]] = frozenset(Topic) - {Topic.IMPORTS}
    offers: ClassVar[tuple[Action, ...]] = (
        Action("route", N_("Route of the day"), lambda page: page.desk.ask("route"), "Ctrl+R", "visit", button=True),
        Action("print_today", N_("Print"), lambda page: page.print_out(), "Ctrl+P", "print", button=True),
        Action(
            "today_visit", N_("Log a visit"), lambda page: page.desk.ask("visit"), icon="plus", button=True,
            primary=True,
        ),
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        kept = str(self.desk.state.value("today/purpose", Purpose.MAINTAIN))
        self.purpose = Purpose(kept) if kept in set(Purpose) else Purpose.MAINTAIN
        self.day: CareDay | None = None
        self._keeper = Keeper(self.tasks, lambda: self._fetch(anew=True), self)
        self._beside = tuple(self.tasks.line(self) for _card in range(5))
        self.list = CareList()
        self._nothing: Notice | None = None
        self.card = Card(_("Care priorities of today"), " ")
        self._purposes = QButtonGroup(self)
        self._add_purposes()
        self.notes = label("", "note", wrap=True)
        self.ready = Button("", lambda: self.desk.go("reports", ready=True), kind="link", icon="file")
        self.ready.hide()
        self.proposed = Button("", lambda: self.desk.ask("cadences"), kind="link", icon="clock")
        self.proposed.hide()
        self._second = row()  # where the purposes go when the head has no room for them
        self._second.addStretch(1)
        self.card.add(row(self.ready, self.proposed, None), self._second, self._legend(), self.notes, self.list)
        self.card.body.setStretchFactor(self.list, 1)
        self.card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.agenda = EntryCard(_("Today's plan"), _("Nothing is planned for today."))
        self.occasions = EntryCard(
            _("Occasions of the next 7 days"), _("No birthdays or occasions in the next 7 days.")
        )
        self.warnings = EntryCard(_("Maturities and warnings"), _("No maturities or warnings."))
        self.side = self._side()
        self.panes = Panes(self.card, self.side, (_("Care list"), _("Plan and warnings")))
        self.body.addWidget(self.panes, 1)
        self._connect()

    def title(self) -> str:
        return _("Today")

    def pointed(self) -> QWidget:
        rows = self.list.rows()
        if self.showing_notice or not rows:
            return self.notice.button if self.showing_notice and self.notice.button.isVisible() else self.card
        self.list.ensureWidgetVisible(rows[0], 0, 24)
        return rows[0].head

    @property
    def _is_narrow(self) -> bool:
        return self.width() * 100 / theme.percent < NARROW

    # Loading.

    def reload(self) -> None:
        self._fetch()
        # What stands beside the list never decides what the page shows.
        agenda, occasions, _warnings, ready, proposed = self._beside
        agenda.fetch(queries.agenda).done.connect(lambda rows: self.agenda.show_entries(rows, agenda_entry))
        ready.fetch(unread).done.connect(self._show_ready)
        proposed.fetch(answers_wanted).done.connect(self._show_proposed)
        occasions.fetch(queries.occasions_ahead).done.connect(
            lambda rows: self.occasions.show_entries(rows, occasion_entry)
        )

    def _fetch(self, *, anew: bool = False) -> None:
        """What takes the whole portfolio; `anew`: computed, whatever was kept."""
        self.fetch(kept.care_day, self.purpose, anew=anew).done.connect(partial(self._show_known, same=anew))
        self._beside[2].fetch(kept.warnings, anew=anew).done.connect(self._show_warnings)

    def _show_known(self, known: Known[CareDay], *, same: bool) -> None:
        self._keeper.note(known)
        if not (same and known.value == self.day):  # `same`: nobody expects another list
            self.show_day(known.value)

    def _show_warnings(self, known: Known[tuple[WarningRow, ...]]) -> None:
        self._keeper.note(known)
        self.warnings.show_entries(known.value, warning_entry)

    def show_day(self, day: CareDay) -> None:
        """Show the list of a day."""
        self.day = day
        self.desk.badge("today", day.waiting)
        if not day.items and not day.marks and not sum(day.lanes.values()):
            self.desk.badge("today", None)
            self.show_empty(
                _("There is nobody to rank yet."),
                _("Take in the bank's export, and the list of today follows from it."),
                icon="inbox",
                button=_("Import a file"),
                press=lambda: self.desk.go("imports"),
            )
            return
        parts = [
            format.short_day(day.day) if self._is_narrow else format.long_day(day.day),
            plural("{count} waiting", "{count} waiting", day.waiting),
            plural("{count} done", "{count} done", day.done),
        ]
        self.card.title(_("Care priorities of today"), " · ".join(parts))
        self.notes.setText("   ".join(note.said for note in day.notes))
        self.notes.setVisible(bool(day.notes))
        self._say_nothing(not day.items and not day.marks)
        self.list.setVisible(bool(day.items or day.marks))
        self.list.show_day(day)

    def _show_ready(self, rows: tuple[MadeRow, ...]) -> None:
        """A report that made itself waits to be read."""
        self.ready.setVisible(bool(rows))
        if rows:
            more = plural("and {count} more report", "and {count} more reports", len(rows) - 1) if rows[1:] else ""
            self.ready.setText(sentences(_("{name} is ready.").format(name=rows[0].name.said), more))

    def _show_proposed(self, count: int) -> None:
        """The team lead proposes a cadence and waits for a word."""
        self.proposed.setVisible(bool(count))
        if count:
            self.proposed.setText(_("Your team lead proposes another cadence."))

    def _say_nothing(self, left: bool) -> None:
        if left and self._nothing is None:
            said, note = _("Everything on today's list is done."), _("Well done. Tomorrow's list is made tomorrow.")
            self._nothing = Notice(said, note, icon="check")
            self.card.add(self._nothing)
        if self._nothing is not None:
            self._nothing.setVisible(left)

    # Acting.

    def act(self, item: CareItem) -> None:
        """The next action of a row: the form that it needs, or the file where what is missing is seen."""
        if item.action.step is Step.COMPLETE:
            self.desk.go("client", client=item.client, tab="history")
        else:
            self.done(item)

    def done(self, item: CareItem) -> None:
        """Put on record what was done: the form of the next step, filled in. The row goes when it is saved."""
        self.tasks.fetch(openings.opening, item).done.connect(partial(self.open_form, item))

    def open_form(self, item: CareItem, opening: Opening) -> None:
        """Open the form of a row."""
        errand = Errand(self.desk, item, self.purpose)
        purpose = "" if opening.purpose is None else opening.purpose.said
        match opening.form:
            case "visit" if opening.visit is not None:
                errand.ask("visit", visit=opening.visit)
            case "visit":
                channel = None if opening.channel is None else opening.channel.value
                errand.ask("visit", client=item.client, channel=channel, purpose=purpose)
            case "plan":
                errand.ask("plan", client=item.client, purpose=purpose)
            case "gift" if self.desk.can_ask("gift"):
                errand.ask("gift", client=item.client, occasion=opening.occasion or f"{opening.kind} {opening.day}")
            case "gift" | "greet":
                errand.ask("greet", client=item.client, occasion=opening.occasion, day=opening.day, key=opening.key)
            case form:
                errand.ask(form, client=item.client)

    def done_unrecorded(self, item: CareItem) -> None:
        """Mark a client as dealt with, without a record of what was done."""
        from rmdesk.services.care.commands import MarkDone

        self.desk.perform(MarkDone(item.client, item.score), _("{name}: done").format(name=item.name))

    def snooze(self, item: CareItem) -> None:
        """Ask until when, and put the client off."""
        from rmdesk.ui.care.snooze import ask_until

        ask_until(self.desk, self, item.name, partial(self._put_off, item))

    def _put_off(self, item: CareItem, until: date, why: str) -> None:
        from rmdesk.services.care.commands import Snooze

        said = _("{name}: put off until {day}").format(name=item.name, day=format.short_day(until))
        self.desk.perform(Snooze(item.client, until, why, item.score), said)

    def take_back(self, mark: MarkRow) -> None:
        """Put a client back on the list."""
        from rmdesk.services.care.commands import Unmark

        self.desk.perform(Unmark(mark.id), _("{name} is back on the list").format(name=mark.name))

    def open_file(self, item: CareItem) -> None:
        """Show the client's file."""
        self.desk.go("client", client=item.client)

    def open_entry(self, entry: Entry) -> None:
        """A line of a card: log the planned visit, keep the promise, or show the client's file."""
        if entry.record is not None:
            self.desk.ask("record", entity=entry.record[0], key=entry.record[1])
        elif entry.visit is not None:
            self.desk.ask("visit", visit=entry.visit)
        elif entry.promise:
            self.desk.ask("keep", client=entry.client)
        else:
            self.desk.go("client", client=entry.client)

    def ask_receipt(self, item: CareItem) -> None:
        """Fetch the receipt of a row."""
        self.tasks.fetch(queries.receipt, item.client, self.purpose).done.connect(self.list.explain)

    def ask_what_if(self, item: CareItem, channel: Channel) -> None:
        """Fetch the receipt as if the client were contacted today."""
        task = self.tasks.fetch(queries.receipt, item.client, self.purpose, None, channel)
        task.done.connect(self.list.show_what_if)

    def print_out(self) -> None:
        """The list with its reasons, to print or save."""
        self.desk.ask("care_list", purpose=self.purpose)

    def choose(self, purpose: Purpose) -> None:
        """Rank for another purpose."""
        if purpose is not self.purpose:
            self.purpose = purpose
            self.desk.state.keep("today/purpose", str(purpose))
            self.reload()

    # Building.

    def _add_purposes(self) -> None:
        self._bar = QWidget()
        line = row(gap=6)
        for purpose in Purpose:
            button = Button(_(words.PURPOSES[purpose]), kind="filter")
            button.setCheckable(True)
            button.setChecked(purpose is self.purpose)
            button.clicked.connect(lambda _checked=False, purpose=purpose: self.choose(purpose))
            self._purposes.addButton(button)
            line.addWidget(button)
        self._bar.setLayout(line)
        self.card.corner.addWidget(self._bar)

    def _legend(self) -> QWidget:
        made = QWidget()
        line = row(gap=12)
        for shade in Shade:
            line.addLayout(row(Swatch(str(shade)), label(_(NAMES[str(shade)]), "small"), gap=5))
        line.addStretch(1)
        made.setLayout(line)
        return made

    def _side(self) -> QScrollArea:
        inside = QWidget()
        inside.setObjectName("ground")
        box = column(self.agenda, self.occasions, self.warnings, None, gap=16)
        box.setDirection(QBoxLayout.Direction.TopToBottom)
        inside.setLayout(box)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area

    def _connect(self) -> None:
        wishes = self.list.wishes
        wishes.acted.connect(self.act)
        wishes.done.connect(self.done)
        wishes.unrecorded.connect(self.done_unrecorded)
        wishes.snoozed.connect(self.snooze)
        wishes.opened.connect(self.open_file)
        wishes.asked.connect(self.ask_receipt)
        wishes.what_if.connect(self.ask_what_if)
        self.list.taken_back.connect(self.take_back)
        wishes.asked_rule.connect(lambda name: self.desk.go("guide", rule=name))
        wishes.setting.connect(lambda name: self.desk.go("settings", setting=name.partition(":")[0]))
        for card in (self.agenda, self.occasions, self.warnings):
            card.opened.connect(self.open_entry)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.card.note.setWordWrap(self._is_narrow)
        if self._is_narrow:
            self._second.insertWidget(0, self._bar)
        else:
            self.card.corner.addWidget(self._bar)
