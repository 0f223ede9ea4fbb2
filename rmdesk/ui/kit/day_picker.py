"""A month to pick a day from: painted, with the lunar day small below, steered by arrows."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from rmdesk.base import clock, text
from rmdesk.base.text import _
from rmdesk.services.occasions import lunar, written
from rmdesk.ui.kit import faces, format
from rmdesk.ui.kit.painter import smooth
from rmdesk.ui.kit.sheet import Sheet
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.typed_day import YEARS, months_on
from rmdesk.ui.kit.widgets import Button, column, label, row

WEEKS = 6
CELL = QSize(40, 38)
CENTRE = Qt.AlignmentFlag.AlignCenter
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
LEAPS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class MonthGrid(QWidget):
    """Six weeks from a Monday on; `picked(day)` by click or Enter, `moved(day)` when another day is current."""

    told_as = faces.CELL

    picked = Signal(object)
    moved = Signal(object)

    def __init__(self, day: date) -> None:
        super().__init__()
        self.day = day
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._say()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(CELL.width()) * 7, theme.px(CELL.height()) * WEEKS + theme.px(22))

    def move_to(self, day: date) -> None:
        """Make another day the current one."""
        if day.year in YEARS and day != self.day:
            self.day = day
            self._say()
            self.moved.emit(day)
            self.update()

    @property
    def first(self) -> date:
        """The Monday at the upper left."""
        start = self.day.replace(day=1)
        return start - timedelta(days=start.weekday())

    def day_at(self, point: QPointF) -> date | None:
        """The day under a point."""
        across, down = self._cell()
        top = point.y() - theme.px(22)
        if top < 0 or point.x() < 0:
            return None
        week, place = int(top // down), int(point.x() // across)
        return self.first + timedelta(days=7 * week + place) if week < WEEKS and place < 7 else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in STEPS:
            self.move_to(self.day + timedelta(days=STEPS[key]))
        elif key in LEAPS:
            years = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.move_to(months_on(self.day, LEAPS[key] * (12 if years else 1)))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_T):
            self.move_to(clock.today())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(self.day)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position())
        if day is not None and event.button() is Qt.MouseButton.LeftButton:
            self.move_to(day)
            self.picked.emit(day)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        across, down = self._cell()
        head = theme.px(22)
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("ink3"))
        for place in range(7):
            name = format.weekday(self.first + timedelta(days=place))
            painter.drawText(QRectF(place * across, 0, across, head), CENTRE, name)
        for at in range(7 * WEEKS):
            day = self.first + timedelta(days=at)
            self._paint_day(painter, QRectF(at % 7 * across, head + at // 7 * down, across, down), day)
        painter.end()

    def _paint_day(self, painter: QPainter, box: QRectF, day: date) -> None:
        here, inside = day == self.day, day.month == self.day.month
        round_ = box.adjusted(2, 1, -2, -1)
        if here:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(round_, 8, 8)
        elif day == clock.today():
            painter.setPen(QPen(theme.colour("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(round_, 8, 8)
        painter.setPen(theme.colour("on_accent" if here else "ink" if inside else "ink3"))
        painter.setFont(theme.font(14, bold=here, tabular=True))
        small = text.language() == "zh_CN"
        upper = box.adjusted(0, 3, 0, -box.height() * 0.42) if small else box
        painter.drawText(upper, CENTRE, str(day.day))
        if small and lunar.covers(day):
            painter.setFont(theme.font(10))
            painter.setPen(theme.colour("on_accent" if here else "ink3"))
            painter.drawText(box.adjusted(0, box.height() * 0.48, 0, -2), CENTRE, written.brief(lunar.to_lunar(day)))

    def _cell(self) -> tuple[float, float]:
        return self.width() / 7, (self.height() - theme.px(22)) / WEEKS

    def _say(self) -> None:
        self.setAccessibleName(format.long_day(self.day) + f" {self.day.year}")


class DayPicker(Sheet):
    """The month in a sheet that hangs below a field; `picked(day)`."""

    picked = Signal(object)

    def __init__(self, parent: QWidget, day: date) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setWindowTitle(_("Choose a day"))
        self.grid = MonthGrid(day)
        self._head = label("", "strong")
        before = Button("", lambda: self._turn(-1), kind="icon", icon="left", hint=_("Month before"))
        after = Button("", lambda: self._turn(1), kind="icon", icon="right", hint=_("Month after"))
        today = Button(_("Today"), lambda: self.grid.picked.emit(clock.today()), kind="link")
        box = column(row(before, self._head, after, None, today), self.grid, gap=8)
        box.setContentsMargins(12, 10, 12, 12)
        self.setLayout(box)
        self.grid.moved.connect(lambda _day: self._say())
        self.grid.picked.connect(self._pick)
        self._say()

    def show_below(self, place: QWidget) -> None:
        """Open it under a widget, or over it where the screen ends."""
        self.adjustSize()
        corner = place.mapToGlobal(place.rect().bottomLeft())
        screen = place.screen().availableGeometry()
        below = corner.y() + 4 + self.height() <= screen.bottom()
        top = corner.y() + 4 if below else place.mapToGlobal(place.rect().topLeft()).y() - 4 - self.height()
        self.move(min(corner.x(), screen.right() - self.width()), top)
        self.show()
        self.grid.setFocus()

    def _turn(self, months: int) -> None:
        self.grid.move_to(months_on(self.grid.day, months))
        self.grid.setFocus()

    def _pick(self, day: date) -> None:
        self.picked.emit(day)
        self.close()

    def _say(self) -> None:
        self._head.setText(format.month(self.grid.day))
