"""The cards at the right: what is planned today, the occasions of the week, maturities and warnings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from rmdesk.base.record import record
from rmdesk.base.text import N_, _, plural
from rmdesk.models.kinds import Calendar, ClientId, OccasionKind, RecordId, Word
from rmdesk.services.care.rows import AgendaRow, OccasionRow, WarningRow
from rmdesk.ui.kit import chip_line, format
from rmdesk.ui.kit.painter import smooth
from rmdesk.ui.kit.slices import Slices
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, Card, clear, label

BACK = {  # what a team lead said of a record
    Word.RETURNED.value: (N_("Given back"), "risk"),
    Word.DISCUSS.value: (N_("To discuss"), "occasion"),
}
AGES = frozenset({OccasionKind.BIRTHDAY, OccasionKind.RELATIVE_BIRTHDAY})  # other days have no age but years
SHOWN = 6  # lines of a card before "all"
MOST = 60  # lines of a card, whatever is asked for

R = TypeVar("R")


@record
class Entry:
    """One line of a card: a lead in a column of its own, a text, and a chip as (text, kind)."""

    client: ClientId
    lead: str
    text: str
    chip: tuple[str, str] | None = None
    chip_first: bool = False
    strong: bool = False
    visit: RecordId | None = None  # planned: the line opens its log
    promise: bool = False  # due: the line asks whether it was kept
    record: tuple[str, str] | None = None  # given back by the lead: the line shows what was said


class EntryLine(QAbstractButton):
    """A line that opens a client's file, or the form that belongs to what it says."""

    def __init__(self, entry: Entry, lead: float) -> None:
        super().__init__()
        self.entry = entry
        self._lead = lead
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        chip = entry.chip[0] if entry.chip else ""
        self.setAccessibleName(" ".join(part for part in (entry.lead, entry.text, chip) if part))
        self.setToolTip(entry.text)

    def sizeHint(self) -> QSize:
        return QSize(200, theme.px(32))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        box = QRectF(self.rect())
        if self.underMouse() or self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        left, right = box.left() + 4, box.right() - 4
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if self.entry.lead:
            painter.setFont(theme.font(14, bold=self.entry.strong, tabular=True))
            painter.setPen(theme.colour("ink" if self.entry.strong else "ink2"))
            painter.drawText(QRectF(left, 0, self._lead, box.height()), middle, self.entry.lead)
            left += self._lead + 10
        if self.entry.chip is not None:
            placed = chip_line.place([self.entry.chip], 0, (box.height() - chip_line.chip_height()) / 2, 140)
            wide = placed[0].box.width()
            at = left if self.entry.chip_first else right - wide
            placed[0].box.moveLeft(at)
            chip_line.paint(painter, placed)
            left, right = (left + wide + 8, right) if self.entry.chip_first else (left, right - wide - 8)
        font = theme.font(14)
        painter.setFont(font)
        painter.setPen(theme.colour("ink"))
        text = QFontMetricsF(font).elidedText(self.entry.text, Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(QRectF(left, 0, right - left, box.height()), middle, text)
        painter.end()


class EntryCard(Card):
    """A card of lines; `opened` tells which entry is wanted."""

    opened = Signal(object)

    def __init__(self, heading: str, nothing: str) -> None:
        super().__init__(heading, " ", gap=0)
        self.head.setWordWrap(True)
        self._nothing = nothing
        self._count = 0
        self._entry: Callable[[int], Entry] | None = None
        self._all = False
        self._slices = Slices(self)

    def show_entries(self, rows: Sequence[R], entry_of: Callable[[R], Entry]) -> None:
        """Show lines of these rows; of thousands of rows only those that are seen are put into words."""
        self._count, self._entry = len(rows), lambda at: entry_of(rows[at])
        self.note.setText("")
        clear(self.corner)
        self.corner.addWidget(label(str(len(rows)) if rows else "", "note"))
        self._fill()

    def _fill(self) -> None:
        clear(self.body)
        shown = [self._entry(at) for at in range(min(self._count, MOST if self._all else SHOWN)) if self._entry]
        metrics = QFontMetricsF(theme.font(14, bold=True, tabular=True))
        lead = max((metrics.horizontalAdvance(entry.lead) for entry in shown), default=0.0)
        for entry in shown[:SHOWN]:
            self._add_line(entry, lead)
        self._slices.begin([*(partial(self._add_line, entry, lead) for entry in shown[SHOWN:]), self._end])

    def _add_line(self, entry: Entry, lead: float) -> None:
        line = EntryLine(entry, lead)
        line.clicked.connect(lambda _checked=False, entry=entry: self.opened.emit(entry))
        self.body.addWidget(line)

    def _end(self) -> None:
        """What stands below the lines."""
        if not self._count:
            self.body.addWidget(label(self._nothing, "note", wrap=True))
        if self._all and self._count > MOST:
            self.body.addWidget(label(_("{count} more").format(count=self._count - MOST), "note"))
        if self._count > SHOWN:
            more = _("Fewer") if self._all else _("All {count}").format(count=self._count)
            self.body.addWidget(Button(more, self._toggle, kind="link"), 0, Qt.AlignmentFlag.AlignLeft)

    def _toggle(self) -> None:
        self._all = not self._all
        self._fill()


def agenda_entry(row: AgendaRow) -> Entry:
    """A line of the day's plan."""
    if row.kind in BACK:
        text, kind = BACK[row.kind]
        said = f"{row.name} · {' '.join((row.text or '').split())}"
        return Entry(row.client, "", said, (_(text), kind), chip_first=True, record=(row.entity, row.id))
    return Entry(
        row.client,
        row.at or "",
        " · ".join(part for part in (row.name, _channel(row.channel), row.text) if part),
        _agenda_chip(row.kind),
        chip_first=True,
        strong=True,
        visit=row.id if row.kind == "visit" else None,
        promise=row.kind == "promise",
    )


def _agenda_chip(kind: str) -> tuple[str, str] | None:
    if kind == "maturity":
        return _("Maturity"), "occasion"
    return (_("Promise"), "opportunity") if kind == "promise" else None


def occasion_entry(row: OccasionRow) -> Entry:
    """A line of the occasions ahead: when, whose, which calendar."""
    return Entry(row.client, _when(row), _whose(row), _calendar(row))


def warning_entry(row: WarningRow) -> Entry:
    """A line of maturities, falls and watches."""
    names = {
        "maturity": (_("Maturity"), "occasion"),
        "fall": (_("Fall"), "risk"),
        "watch": (_("Watch"), "risk"),
        "complaint": (_("Complaint"), "risk"),
    }
    chip = names.get(row.kind, (row.kind, str(row.shade)))
    return Entry(row.client, "", f"{row.name} {row.text.said}", chip, chip_first=True)


def _channel(code: str | None) -> str:
    from rmdesk.services.visits.words import CHANNELS

    return _(CHANNELS.get(code, "")) if code else ""


def _when(row: OccasionRow) -> str:
    near = format.days_ahead(row.on)
    return f"{near[:1].upper()}{near[1:]}" if row.days <= 1 else f"{format.short_day(row.on)} {format.weekday(row.on)}"


def _whose(row: OccasionRow) -> str:
    name = f"{row.name} · {row.person}" if row.person else row.name
    return f"{name} {row.title.said}"


def _calendar(row: OccasionRow) -> tuple[str, str] | None:
    if row.round and row.age:
        on = plural("{count} year on", "{count} years on", row.age)
        return _("{age} years").format(age=row.age) if row.kind in AGES else on, "occasion"
    if row.person:
        return _("Family"), "plain"
    return (_("Lunar"), "occasion") if row.calendar == Calendar.LUNAR else (_("Solar"), "plain")
