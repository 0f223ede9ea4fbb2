"""The calendar page: a month, a week or a list of what falls on each day, and the chosen day beside it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from rmdesk.base import clock
from rmdesk.base.text import N_, _, plural
from rmdesk.models.kinds import Topic
from rmdesk.services.calendar.rows import Entry, EntryKind
from rmdesk.services.occasions import workdays
from rmdesk.ui.calendar import words
from rmdesk.ui.calendar.day_side import DaySide
from rmdesk.ui.calendar.list_view import SPAN, EntryList
from rmdesk.ui.calendar.month_view import DayGrid
from rmdesk.ui.calendar.shown import Shown, agreed, everything
from rmdesk.ui.kit import format
from rmdesk.ui.kit.actions import Action
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.empty import Notice
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.page import Page
from rmdesk.ui.kit.painter import smooth
from rmdesk.ui.kit.panes import Panes
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.typed_day import YEARS, months_on
from rmdesk.ui.kit.widgets import Button, Card, label, row

VIEWS = (("month", N_("Month")), ("week", N_("Week")), ("list", N_("List")))
MONTH, WEEK, LIST = range(3)
HIDDEN, VIEW = "calendar/hidden", "calendar/view"


class CalendarPage(Page):
    """`go("calendar", day=..., view="week")` shows a day; without a day the one shown last, at first today."""

    watches: ClassVar[frozenset[Topic]] = frozenset(Topic) - {Topic.DRAFTS, Topic.JOURNALS}
    ahead = (words.learn,)
    keys: ClassVar[tuple[tuple[str, str], ...]] = (
        (N_("A day, a week on"), "← → ↑ ↓"),
        (N_("A month on"), "PgUp PgDn"),
        (N_("To today"), "T   Home"),
        (N_("The day's entries"), "Enter"),
    )
    offers: ClassVar[tuple[Action, ...]] = (
        Action("calendar_today", N_("Go to today"), lambda page: page.move_to(clock.today()), icon="today"),
        Action("calendar_templates", N_("Greeting templates"), lambda page: page.desk.ask("templates"), icon="chat"),
        Action("calendar_export", N_("Export"), lambda page: page.export(), icon="export", button=True),
        Action(
            "add_occasion", N_("Add occasion"), lambda page: page.desk.ask("occasion"), icon="plus",
            button=True, primary=True,
        ),
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown = Shown()
        self._read: tuple[date, date] | None = None  # the days that were read last
        self._whole: set[date] = set()  # the days of which all was asked for
        kept = self.desk.state.value(HIDDEN, [])
        self.hidden = {kind for kind in EntryKind if isinstance(kept, list) and kind.value in kept}
        self.month, self.week = DayGrid(6), DayGrid(1)
        self.list = EntryList(_("Calendar"))
        self.nothing = Notice(
            _("Nothing falls on these days."), _("Choose other days, or show more kinds above."), icon="calendar"
        )
        self.stack = self.new_stack()
        for view in (self.month, self.week, self.list, self.nothing):
            self.stack.addWidget(view)
        self.side = DaySide(desk)
        self.card = Card(" ", " ", gap=10)
        self.card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._views = QButtonGroup(self)
        self._add_head()
        self.filters = QWidget()
        self._add_filters()
        self.note = label("", "note", wrap=True)
        self.card.add(self.filters, self.note, self.stack)
        self.card.body.setStretchFactor(self.stack, 1)
        self.panes = Panes(self.card, self.side, (_("Calendar"), _("Day")))
        self.body.addWidget(self.panes, 1)
        self._connect()
        kept_view = str(self.desk.state.value(VIEW, "month"))
        names = [name for name, _title in VIEWS]
        self._choose(names.index(kept_view) if kept_view in names else MONTH)

    def title(self) -> str:
        return _("Calendar")

    def open(self, **what: Any) -> None:
        if "view" in what:
            self._choose([name for name, _title in VIEWS].index(str(what["view"])))
        if "day" in what:
            self.move_to(what["day"])

    @property
    def day(self) -> date:
        """The day that is chosen."""
        return self.month.day

    @property
    def view(self) -> int:
        """MONTH, WEEK or LIST."""
        return int(self._views.checkedId())

    # Loading.

    @property
    def span(self) -> tuple[date, date]:
        """The first and last day that are shown."""
        if self.view == LIST:
            return self.day, self.day + timedelta(days=SPAN)
        grid = self.month if self.view == MONTH else self.week
        return grid.first, grid.last

    def reload(self) -> None:
        first, last = self._read = self.span
        hidden, whole = frozenset(self.hidden), frozenset(self._whole)
        self.fetch(agreed, first, last, hidden, whole).done.connect(self.show_all)
        # What needs the tiers of the whole portfolio comes a moment later.
        self.fetch(everything, first, last, hidden, whole).done.connect(self.show_all)

    def show_all(self, shown: Shown) -> None:
        """Show what falls on the days."""
        self.shown = shown
        self._show()

    def _show(self) -> None:
        first, last = self.span
        for grid in (self.month, self.week):
            grid.show_days(self.shown.by_day, self.shown.counts)
        if self.view == LIST:
            self.list.show_lines(self.shown.lines)
        empty = self.view == LIST and not self.shown.count
        self.stack.bring_at(len(VIEWS) if empty else self.view)
        self._name_window(first, last, self.shown.count)
        self._show_side()

    def _name_window(self, first: date, last: date, count: int) -> None:
        days = f"{format.day(first)} – {format.short_day(last, first)}"
        name = format.month(self.day) if self.view == MONTH else days
        self.card.title(name, plural("{count} entry", "{count} entries", count) if count else "")
        note = workdays.note_for(first, last)
        self.note.setText("" if note is None else note.said)
        self.note.setVisible(note is not None)

    def _show_side(self) -> None:
        line = self.list.line() if self.view == LIST else None
        day = self.day if line is None else line.on
        self.side.show_day(day, self.shown.by_day.get(day, []), self.shown.counts.get(day, 0))

    # Moving.

    def move_to(self, day: date) -> None:
        """Choose a day."""
        if day.year not in YEARS:
            return
        for grid in (self.month, self.week):
            grid.blockSignals(True)
            grid.move_to(day)
            grid.blockSignals(False)
        self._look()

    def turn(self, by: int) -> None:
        """So many months, weeks or spans of the list on."""
        if self.view == MONTH:
            self.move_to(months_on(self.day, by))
        else:
            self.move_to(self.day + timedelta(days=by * (7 if self.view == WEEK else SPAN)))

    def _choose(self, view: int) -> None:
        self._views.button(view).setChecked(True)
        self.desk.state.keep(VIEW, VIEWS[view][0])
        self._look()
        shown = self.stack.currentWidget()
        if shown is not None and self.isVisible():
            shown.setFocus()

    def show_whole(self, day: date) -> None:
        """Read all that falls on a day, beyond what is shown at first."""
        if day not in self._whole:
            self._whole.add(day)
            self.mark_stale()

    # Acting.

    def export(self) -> None:
        """Ask for the days, then write an iCalendar file."""
        from rmdesk.ui.calendar.export_dialog import ExportDialog

        dialog = ExportDialog(self.desk, *self.span)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _greet(self, entry: Entry) -> None:
        due = entry.due
        if due is not None:
            self.desk.ask("greet", client=due.client, occasion=due.occasion, day=due.on, key=due.key)

    def _gift(self, entry: Entry) -> None:
        due = entry.due
        if due is not None:  # the bank's birthdays are no records: kind and day say which it is
            self.desk.ask("gift", client=entry.client, occasion=due.occasion or f"{due.kind} {due.on}")

    def _visit(self, entry: Entry) -> None:
        self.desk.ask("plan", client=entry.client)

    def _open_file(self, entry: Entry) -> None:
        if entry.kind is EntryKind.EVENT:
            self.desk.go("gatherings", gathering=entry.key)
        elif entry.client is not None:
            self.desk.go("client", client=entry.client, tab="occasions" if entry.due is not None else "overview")

    def _filter(self, kind: EntryKind, on: bool) -> None:
        (self.hidden.discard if on else self.hidden.add)(kind)
        self.desk.state.keep(HIDDEN, sorted(self.hidden))
        self.mark_stale()

    # Building.

    def _add_head(self) -> None:
        before = Button("", partial(self.turn, -1), kind="icon", icon="left", hint=_("Back"))
        after = Button("", partial(self.turn, 1), kind="icon", icon="right", hint=_("Forward"))
        today = Button(_("Today"), lambda: self.move_to(clock.today()), kind="small")
        line = row(before, today, after, 12, gap=4)
        for at, (_name, title) in enumerate(VIEWS):
            button = Button(_(title), kind="filter")
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, at=at: self._choose(at))
            self._views.addButton(button, at)
            line.addWidget(button)
        self._views.button(MONTH).setChecked(True)
        self.card.corner.addLayout(line)

    def _add_filters(self) -> None:
        flow = Flow(6)
        for kind in EntryKind:
            button = KindButton(kind)
            button.setChecked(kind not in self.hidden)
            button.toggled.connect(partial(self._filter, kind))
            flow.addWidget(button)
        self.filters.setLayout(flow)
        self.filters.setAccessibleName(_("Kinds shown"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.filters.setSizePolicy(policy)

    def _connect(self) -> None:
        for grid in (self.month, self.week):
            grid.moved.connect(self._moved)
            grid.opened.connect(self._open_file)
            grid.entered.connect(self._enter_day)
        self.panes.arranged.connect(lambda: self.list.leave_out(("lunar", "greeted") if self.panes.narrow else ()))
        self.list.chosen.connect(lambda _ids: self._show_side())
        self.list.opened.connect(lambda _number: self._open_current())
        self.side.greeting.connect(self._greet)
        self.side.gift.connect(self._gift)
        self.side.visit.connect(self._visit)
        self.side.opening.connect(self._open_file)
        self.side.wanting.connect(self.show_whole)

    def _moved(self, day: date) -> None:
        """A grid moved by itself: the other follows; days that are not read yet are read."""
        other = self.week if self.sender() is self.month else self.month
        other.blockSignals(True)
        other.move_to(day)
        other.blockSignals(False)
        self._look()

    def _look(self) -> None:
        """Show what is known of the window, and read it when it is another one."""
        if self.span != self._read:
            self.shown = Shown()
            self._whole.clear()
            self.mark_stale()
        self._show()

    def _enter_day(self) -> None:
        """Enter on a day goes to the first thing that can be done on it."""
        button = next(iter(self.side.findChildren(Button)), None)
        if button is not None:
            button.setFocus()

    def _open_current(self) -> None:
        line = self.list.line()
        if line is not None and line.entry is not None:
            self._open_file(line.entry)
        elif line is not None:
            self.show_whole(line.on)


class KindButton(Button):
    """Shows or hides a kind of entry; its swatch makes it the legend, too."""

    def __init__(self, kind: EntryKind) -> None:
        super().__init__(f"    {words.name(kind)}", kind="filter", name=words.name(kind))
        self._kind = kind
        self.setCheckable(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = smooth(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{words.COLOURS[self._kind]}_ink"))
        size = theme.px(8)
        painter.drawRoundedRect(QRectF(9, (self.height() - size) / 2, size, size), 2, 2)
        painter.end()
