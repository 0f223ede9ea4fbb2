"""The month and the week, painted: days with lunar day, holidays, and what falls on them as chips."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from rmdesk.base import clock
from rmdesk.base.text import _, plural
from rmdesk.services.calendar.rows import Entry
from rmdesk.ui.calendar import words
from rmdesk.ui.kit import faces, format
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.typed_day import YEARS, months_on

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
LEAPS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
FRAME_S = 0.0025  # after this long no further day is painted in a frame; the next frame goes on
HEAD, TOP, CHIP, TIGHT, TALL, GAP, DOT = 26, 26, 20, 17, 40, 2, 4  # heights at 100 % text


@dataclass(frozen=True, slots=True)
class _Drawn:
    """An entry that was drawn, and where."""

    box: QRectF
    entry: Entry


@dataclass(frozen=True, slots=True)
class _Cell:
    """A day as it was painted, for as long as nothing about it changes."""

    look: tuple[object, ...]
    pixmap: QPixmap
    drawn: list[_Drawn] = field(default_factory=list)  # places within the cell

    def shows(self, entries: list[Entry]) -> bool:
        """Whether it would look the same with these, of which the day has as many as before."""
        return [one.entry for one in self.drawn] == entries[: len(self.drawn)]


class DayGrid(QWidget):
    """A month of six weeks or one week. `moved(day)` when another day is current, `opened(entry)` on a double click.

    Arrows step by days and weeks, Page keys by months (or weeks), Home or T goes to today, Enter opens the day.
    """

    told_as = faces.CELL

    moved = Signal(object)
    turned = Signal()
    opened = Signal(object)
    entered = Signal()

    def __init__(self, weeks: int) -> None:
        super().__init__()
        self.weeks = weeks
        self.day = clock.today()
        self._by_day: dict[date, list[Entry]] = {}
        self._counts: Mapping[date, int] = {}
        self._cells: dict[date, _Cell] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._dress)
        self._say()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(560), theme.px(420))

    # What is shown.

    @property
    def first(self) -> date:
        """The Monday at the upper left."""
        start = self.day if self.weeks == 1 else self.day.replace(day=1)
        return start - timedelta(days=start.weekday())

    @property
    def last(self) -> date:
        """The Sunday at the lower right."""
        return self.first + timedelta(days=7 * self.weeks - 1)

    def show_days(self, by_day: dict[date, list[Entry]], counts: Mapping[date, int]) -> None:
        """Draw these entries by day; days outside those shown are left out. `counts`: how many each day has in all."""
        before, self._by_day, self._counts = self._counts, by_day, counts
        self._cells = {
            day: cell
            for day, cell in self._cells.items()
            if before.get(day) == counts.get(day) and cell.shows(by_day.get(day, []))
        }
        self._say()
        self.update()

    def of_day(self, day: date) -> list[Entry]:
        """What is shown on a day."""
        return self._by_day.get(day, [])

    def move_to(self, day: date) -> None:
        """Make another day the current one."""
        if day.year not in YEARS or day == self.day:
            return
        before = self.first
        self.day = day
        self._say()
        if self.first != before:
            self._by_day, self._counts, self._cells = {}, {}, {}
            self.turned.emit()
        self.moved.emit(day)
        self.update()

    def turn(self, by: int) -> None:
        """So many months, or weeks, on."""
        self.move_to(months_on(self.day, by) if self.weeks > 1 else self.day + timedelta(weeks=by))

    # Keys and mouse.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in STEPS:
            self.move_to(self.day + timedelta(days=STEPS[key]))
        elif key in LEAPS:
            self.turn(LEAPS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_T):
            self.move_to(clock.today())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position())
        if day is not None:
            self.move_to(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        entry = self.entry_at(event.position())
        if entry is not None:
            self.opened.emit(entry)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            entry, day = self.entry_at(QPointF(event.pos())), self.day_at(QPointF(event.pos()))
            said = words.chip(entry) if entry else words.holiday_said(day) if day else ""
            QToolTip.showText(event.globalPos(), said, self) if said else QToolTip.hideText()
            return True
        return super().event(event)

    def day_at(self, point: QPointF) -> date | None:
        """The day under a point."""
        across, down = self._cell()
        top = point.y() - theme.px(HEAD)
        if top < 0 or not 0 <= point.x() < self.width():
            return None
        week, place = int(top // down), int(point.x() // across)
        return self.first + timedelta(days=7 * week + place) if week < self.weeks and place < 7 else None

    def entry_at(self, point: QPointF) -> Entry | None:
        """The entry whose chip is under a point."""
        return next((one.entry for one in self.drawn if one.box.contains(point)), None)

    @property
    def drawn(self) -> list[_Drawn]:
        """The entries that are drawn, and where in the widget."""
        corners = {day: QPointF(self._box((day - self.first).days).topLeft()) for day in self._cells}
        return [
            _Drawn(one.box.translated(corners[day]), one.entry)
            for day, cell in self._cells.items()
            for one in cell.drawn
        ]

    def place_of(self, day: date) -> QPoint:
        """The middle of a day's head, for tests and hints."""
        across, down = self._cell()
        at = (day - self.first).days
        return QPoint(round((at % 7 + 0.5) * across), round(theme.px(HEAD) + at // 7 * down + theme.px(TOP) / 2))

    # Painting.

    @property
    def painted(self) -> bool:
        """Whether all days are painted as they are; a frame paints only as many as keep the window quick."""
        days = (self.first + timedelta(days=at) for at in range(7 * self.weeks))
        looks = ((self._cells.get(day), self._look(day, self._box(at))) for at, day in enumerate(days))
        return all(cell is not None and cell.look == look for cell, look in looks)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        across, _down = self._cell()
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("ink3"))
        for place in range(7):
            name = format.weekday(self.first + timedelta(days=place))
            painter.drawText(QRectF(place * across + 8, 0, across, theme.px(HEAD)), LEFT, name)
        until, waiting = time.perf_counter() + FRAME_S, False
        for at in range(7 * self.weeks):
            day, box = self.first + timedelta(days=at), self._box(at)
            look, cell = self._look(day, box), self._cells.get(day)
            if cell is None or cell.look != look:
                if time.perf_counter() < until:
                    cell = self._cells[day] = self._paint_cell(box.size(), day, look)
                else:
                    waiting = True
            if cell is not None:
                painter.drawPixmap(box.topLeft(), cell.pixmap)
        painter.end()
        if waiting:
            QTimer.singleShot(0, self, self.update)

    def _look(self, day: date, box: QRect) -> tuple[object, ...]:
        """What a day looks like by, beside its entries."""
        here = day == self.day
        outside = self.weeks > 1 and day.month != self.day.month
        return here, here and self.hasFocus(), outside, day == clock.today(), box.size(), self.devicePixelRatioF()

    def _paint_cell(self, size: QSize, day: date, look: tuple[object, ...]) -> _Cell:
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(size * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        cell = _Cell(look, pixmap)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_day(painter, QRectF(0, 0, size.width(), size.height()), day, cell.drawn)
        painter.end()
        return cell

    def _paint_day(self, painter: QPainter, box: QRectF, day: date, drawn: list[_Drawn]) -> None:
        here, outside = day == self.day, self.weeks > 1 and day.month != self.day.month
        frame = box.adjusted(2, 2, -2, -2)
        if here:
            painter.setPen(QPen(theme.colour("accent"), 2.5 if self.hasFocus() else 1.5))
            painter.setBrush(theme.colour("card"))
            painter.drawRoundedRect(frame, 8, 8)
        else:
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.setBrush(theme.colour("hover" if outside else "card"))
            painter.drawRoundedRect(frame, 8, 8)
        self._paint_head(painter, frame.adjusted(7, 3, -6, 0), day, outside)
        inside = frame.adjusted(4, theme.px(TOP) + 1, -4, -3)
        drawn += self._paint_entries(painter, inside, self.of_day(day), self._counts.get(day, 0))

    def _paint_head(self, painter: QPainter, box: QRectF, day: date, outside: bool) -> None:
        line = QRectF(box.left(), box.top(), box.width(), theme.px(TOP) - 4)
        is_today = day == clock.today()
        painter.setFont(theme.font(14, bold=is_today, tabular=True))
        number = f"{day.month}/{day.day}" if day.day == 1 and self.weeks > 1 else str(day.day)
        wide = QFontMetricsF(painter.font()).horizontalAdvance(number)
        if is_today:
            size = max(wide + 10, theme.px(22))
            mark = QRectF(line.left() - 3, line.center().y() - theme.px(11), size, theme.px(22))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(mark, theme.px(11), theme.px(11))
            painter.setPen(theme.colour("on_accent"))
            painter.drawText(mark, CENTRE, number)
            wide = size - 3
        else:
            painter.setPen(theme.colour("ink3" if outside else "ink"))
            painter.drawText(line, LEFT, number)
        sign, kind = words.holiday(day)
        left, right = line.left() + wide + 6, line.right()
        if sign:
            right -= self._paint_sign(painter, QRectF(left, line.top(), right - left, line.height()), sign, kind) + 4
        self._paint_small(painter, QRectF(left, line.top(), max(0.0, right - left), line.height()), day)

    def _paint_sign(self, painter: QPainter, box: QRectF, sign: str, kind: str) -> float:
        """休 or 班 at the right; the width it took."""
        painter.setFont(theme.font(11))
        wide = QFontMetricsF(painter.font()).horizontalAdvance(sign) + 8
        high = theme.px(16)
        mark = QRectF(box.right() - wide, box.center().y() - high / 2, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{kind}_soft"))
        painter.drawRoundedRect(mark, 4, 4)
        painter.setPen(theme.colour(f"{kind}_ink"))
        painter.drawText(mark, CENTRE, sign)
        return wide

    def _paint_small(self, painter: QPainter, box: QRectF, day: date) -> None:
        """Festival, solar term or lunar day; left out rather than cut."""
        said, strong = words.small(day)
        painter.setFont(theme.font(11))
        metrics = QFontMetricsF(painter.font())
        if not strong and metrics.horizontalAdvance(said) > box.width():
            return
        painter.setPen(theme.colour("good_ink" if strong else "ink3"))
        painter.drawText(box, LEFT, metrics.elidedText(said, Qt.TextElideMode.ElideRight, box.width()))

    def _paint_entries(self, painter: QPainter, box: QRectF, entries: list[Entry], count: int) -> list[_Drawn]:
        """As many as have room; which, and where."""
        drawn: list[_Drawn] = []
        if not entries:
            return drawn
        tight = box.height() < 3 * (theme.px(CHIP) + GAP)
        high = theme.px(TALL if self.weeks == 1 else TIGHT if tight else CHIP)
        if box.height() < high:
            self._paint_dots(painter, box, entries)
            return drawn
        room = max(1, int((box.height() + GAP) // (high + GAP)))
        rest = count - room
        for at, entry in enumerate(entries[:room]):
            chip = QRectF(box.left(), box.top() + at * (high + GAP), box.width(), high)
            if rest > 0 and at == room - 1:
                chip.setWidth(chip.width() - self._paint_rest(painter, chip, rest))
            self._paint_chip(painter, chip, entry, 11 if tight else 12)
            drawn.append(_Drawn(chip, entry))
        return drawn

    def _paint_dots(self, painter: QPainter, box: QRectF, entries: list[Entry]) -> None:
        """Where no line has room: a dot for each, in its colour; the list beside says what they are."""
        size = theme.px(DOT)  # a little into the line above, which ends before
        painter.setPen(Qt.PenStyle.NoPen)
        for at, entry in enumerate(entries[: int(box.width() / (2 * size))]):
            painter.setBrush(theme.colour(f"{words.COLOURS[entry.kind]}_ink"))
            painter.drawEllipse(QRectF(box.left() + 2 + at * 2 * size, box.bottom() - size, size, size))

    def _paint_rest(self, painter: QPainter, line: QRectF, count: int) -> float:
        """How many more there are, at the end of the last line; the width it took."""
        said = plural("+{count}", "+{count}", count)
        painter.setFont(theme.font(11))
        painter.setPen(theme.colour("ink2"))
        wide = QFontMetricsF(painter.font()).horizontalAdvance(said) + 4
        painter.drawText(line, RIGHT, said)
        return wide

    def _paint_chip(self, painter: QPainter, box: QRectF, entry: Entry, size: int) -> None:
        kind = words.COLOURS[entry.kind]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{kind}_soft"))
        painter.drawRoundedRect(box, 5, 5)
        text = box.adjusted(6, 0, -4, 0)
        if entry.done:
            painter.setFont(theme.font(size))
            painter.setPen(theme.colour("good_ink"))
            painter.drawText(text, LEFT, "✓")
            text.setLeft(text.left() + theme.px(14))
        painter.setPen(theme.colour("ink2" if entry.done else f"{kind}_ink"))
        if self.weeks > 1:
            self._write(painter, text, words.chip(entry), size, bold=entry.round)
            return
        upper, lower = words.two_lines(entry)
        middle = text.height() / 2
        self._write(painter, text.adjusted(0, 2, 0, -middle), upper, 12, bold=True)
        self._write(painter, text.adjusted(0, middle, 0, -2), lower, 12, bold=entry.round)

    @staticmethod
    def _write(painter: QPainter, box: QRectF, text: str, size: int, *, bold: bool) -> None:
        painter.setFont(theme.font(size, bold=bold))
        shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, LEFT, shown)

    def _dress(self) -> None:
        self._cells = {}
        self.update()

    def _box(self, at: int) -> QRect:
        """The place of a day, in whole pixels."""
        across, down = self._cell()
        left, top = round(at % 7 * across), theme.px(HEAD) + at // 7 * down
        right, bottom = round((at % 7 + 1) * across), top + down
        return QRect(left, round(top), right - left, round(bottom) - round(top))

    def _cell(self) -> tuple[float, float]:
        return self.width() / 7, (self.height() - theme.px(HEAD)) / self.weeks

    def _say(self) -> None:
        count = self._counts.get(self.day, 0)
        told = plural("{count} entry", "{count} entries", count) if count else _("nothing")
        small, _strong = words.small(self.day)
        self.setAccessibleName(f"{format.long_day(self.day)} {self.day.year}, {small}: {told}")
