"""The day that is chosen, beside the calendar: what falls on it, and what to do about each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget

from rmdesk.base.text import _, plural
from rmdesk.models.kinds import OccasionKind
from rmdesk.services.calendar.rows import Entry, EntryKind
from rmdesk.services.occasions import workdays, written
from rmdesk.ui.calendar import words
from rmdesk.ui.kit import format
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.slices import Slices
from rmdesk.ui.kit.widgets import Button, Card, Chip, block, clear, column, label, row, rule

MOST = 20  # entries built at first, and again when more are asked for
SLICE_S = 0.0  # an entry a turn: what is built has to be dressed, laid out and painted, beside the calendar itself
AGES = (OccasionKind.BIRTHDAY, OccasionKind.RELATIVE_BIRTHDAY)


class DaySide(Card):
    """`greeting(entry)`, `gift(entry)`, `visit(entry)` and `opening(entry)` tell which button of which entry.

    `wanting(day)` asks for more entries of a day than were given.
    """

    greeting = Signal(object)
    gift = Signal(object)
    visit = Signal(object)
    opening = Signal(object)
    wanting = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(" ", " ")
        self.desk = desk
        self.head.setWordWrap(True)
        self.about = label("", "note", wrap=True)
        self._entries_box = column(gap=10)
        self._shown: tuple[date, int, tuple[Entry, ...]] | None = None
        self._most = MOST
        self._built: list[Entry] = []
        self._more: Button | None = None
        self._slices = Slices(self, SLICE_S)
        inside = QWidget()
        inside.setLayout(column(self._entries_box, None))
        self.add(self.about, scroller(inside, "card"))
        self.body.setStretch(1, 1)

    def show_day(self, day: date, entries: Sequence[Entry], count: int) -> None:
        """Show a day and the first of the `count` entries that fall on it."""
        shown = day, count, tuple(entries)
        if self._shown == shown:
            return
        same_day = self._shown is not None and self._shown[0] == day
        self._shown = shown
        self._most = self._most if same_day else MOST
        self.title(format.long_day(day), format.whole(count) if count else "")
        told = (written.whole_of(day), words.festival(day), words.holiday_said(day), self._unknown(day))
        self.about.setText(" · ".join(part for part in told if part))
        if not (same_day and self._built and shown[2][: len(self._built)] == tuple(self._built)):
            self._built, self._more = [], None
            clear(self._entries_box)
            if not entries:
                self._entries_box.addWidget(label(_("Nothing falls on this day."), "soft", wrap=True))
        self._build()

    def show_more(self) -> None:
        """Build some more of the day; ask for them when they are not at hand."""
        if self._shown is not None:
            day, count, entries = self._shown
            self._most += MOST
            if len(entries) < min(count, self._most):
                self.wanting.emit(day)
            self._build()

    def _build(self) -> None:
        """Build what is not built yet; the first at once, as Enter goes to it."""
        self._slices.stop()
        if self._more is not None:
            self._entries_box.removeWidget(self._more)
            self._more.deleteLater()
            self._more = None
        if self._shown is not None:
            _day, count, entries = self._shown
            steps = self._steps(entries[len(self._built) : self._most], count - min(len(entries), self._most))
            if not self._built:
                next(steps, lambda: None)()
            self._slices.begin(steps)

    def _steps(self, entries: Sequence[Entry], rest: int) -> Iterator[Callable[[], object]]:
        """Builds an entry at each step."""
        for entry in entries:
            yield partial(self._add, entry)
        if rest > 0:
            yield partial(self._add_more, rest)

    def _add(self, entry: Entry) -> None:
        above = [rule()] if self._built else []
        self._built.append(entry)
        self._entries_box.addWidget(block(*above, self._entry(entry), gap=10))

    def _add_more(self, count: int) -> None:
        said = plural("and {count} more entry", "and {count} more entries", count)
        self._more = Button(said, self.show_more, kind="link")
        self._entries_box.addWidget(self._more)

    def _unknown(self, day: date) -> str:
        note = workdays.note_for(day, day)
        return "" if note is None else note.said

    def _entry(self, entry: Entry) -> QLayout:
        chips = row(Chip(words.single(entry.kind), words.COLOURS[entry.kind]), gap=6)
        if entry.round:
            chips.addWidget(Chip(_("round birthday"), "occasion"))
        if entry.due is not None and entry.due.greeted is not None and entry.kind is not EntryKind.PREPARE:
            day = format.short_day(entry.due.greeted)
            chips.addWidget(Chip(_("greeted {day}").format(day=day), "good"))
        chips.addStretch(1)
        who = entry.name or _("for yourself")
        lines = column(label(f"{entry.at}  {who}" if entry.at else who, "strong", wrap=True), chips, gap=4)
        lines.addWidget(label(self._what(entry), "soft", wrap=True))
        buttons = self._buttons(entry)
        if buttons:
            lines.addLayout(row(*buttons, None, gap=4))
        return lines

    def _what(self, entry: Entry) -> str:
        due = entry.due
        if due is None or entry.kind is EntryKind.PREPARE:
            return entry.text.said
        parts = [entry.text.said]
        if due.years:
            on = plural("{count} year on", "{count} years on", due.years)
            parts.append(_("turns {age}").format(age=due.years) if due.kind in AGES else on)
        return " · ".join(parts)

    def _buttons(self, entry: Entry) -> list[QWidget]:
        if entry.client is None and entry.kind is not EntryKind.EVENT:
            return []
        made: list[QWidget] = []

        def add(text: str, send: Callable[[Entry], object]) -> None:
            button = Button(text, partial(send, entry), kind="link")
            button.setAccessibleName(f"{text}: {entry.name}")
            button.setProperty("flush", not made)  # the first begins where the lines above it do
            made.append(button)

        if entry.kind is EntryKind.EVENT:
            add(_("Open event"), self.opening.emit)
            return made
        if entry.due is not None and entry.kind is not EntryKind.PREPARE and not entry.done:
            add(_("Greet"), self.greeting.emit)
        if entry.due is not None and self.desk.can_ask("gift"):
            add(_("Gift"), self.gift.emit)
        if entry.kind is not EntryKind.VISIT and self.desk.can_ask("plan"):
            add(_("Plan visit"), self.visit.emit)
        add(_("Open file"), self.opening.emit)
        return made
