"""A chart of the services on the screen: drawn by a worker, pressed by mouse or keys, read out, shown as a table."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from rmdesk.base.text import _
from rmdesk.services.charts import Chart, Drawn, Mark, Style, draw
from rmdesk.services.charts.kinds import facts
from rmdesk.services.store.reads import Reads
from rmdesk.ui.kit import faces, fonts
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.tokens import values
from rmdesk.ui.tasks.runner import Tasks

PAUSE_MS = 120  # after the last change of size; until then the old picture is stretched
SAID = 40  # lines that a screen reader is told of a chart; the table has all
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


@dataclass(frozen=True, slots=True)
class _Picture:
    drawn: Drawn
    image: QImage


class ChartView(QWidget):
    """`opened(pick)` when a mark is pressed. Arrows go from mark to mark, Home and End to the first and last, Enter
    opens. `drawn` is what is seen; it comes a moment after `show_chart`.
    """

    told_as = faces.CHART

    opened = Signal(str)

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self.chart: Chart | None = None
        self._picture: _Picture | None = None
        self._asked: tuple[Chart, Style] | None = None
        self._at: int | None = None  # the mark of the keyboard
        self._over: Mark | None = None  # the mark under the mouse
        self._line = tasks.line(self)
        self._again = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._again.timeout.connect(self._redraw)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._again.start)

    @property
    def drawn(self) -> Drawn | None:
        """The picture that is seen, with its marks; None before the first."""
        return None if self._picture is None else self._picture.drawn

    @property
    def drawing(self) -> bool:
        """Whether another picture is on its way."""
        return self._again.isActive() or self._line.busy

    def show_chart(self, chart: Chart) -> None:
        """Draw this from now on."""
        self.chart, self._at = chart, None
        told = [text for text, _pick in facts(chart)]
        more = [_("{count} more; the table has all.").format(count=len(told) - SAID)] if len(told) > SAID else []
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription("\n".join([*told[:SAID], *more]))
        self._redraw()

    # Drawing.

    def _redraw(self) -> None:
        if self.chart is None or not self.isVisible() or self.width() < 40 or self.height() < 40:
            return
        asked = self.chart, self._style()
        if asked != self._asked:
            self._asked = asked
            self._line.study(_draw, *asked).done.connect(self._show)

    def _style(self) -> Style:
        return Style(
            self.width(), self.height(), values(theme.tokens), tuple(fonts.families()), self.devicePixelRatioF(),
            theme.percent,
        )  # fmt: skip

    def _show(self, picture: _Picture) -> None:
        self._picture, self._over = picture, None
        if self._at is not None and self._at >= len(picture.drawn.marks):
            self._at = None
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, theme.px(210))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, theme.px(150))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._again.start()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:  # the window was moved to a finer screen
            self._again.start()
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._again.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._again.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if self._picture is None:
            painter.setPen(theme.colour("ink3"))
            painter.setFont(theme.font(12))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, _("Drawing…"))
        else:
            painter.drawImage(QRectF(self.rect()), self._picture.image)
        kept = self._marks[self._at] if self._at is not None and self.hasFocus() else None
        for mark, token, wide in ((self._over, "ink3", 1.5), (kept, "ink", 2.0)):
            if mark is not None:
                painter.setPen(QPen(theme.colour(token), wide))
                self._outline(painter, mark)
        if self.hasFocus() and kept is None:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)
        painter.end()

    def _outline(self, painter: QPainter, mark: Mark) -> None:
        box = QRectF(mark.left, mark.top, mark.width, mark.height).adjusted(-1.5, -1.5, 1.5, 1.5)
        box = box.intersected(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if mark.circle:
            painter.drawEllipse(box)
        else:
            painter.drawRoundedRect(box, 4, 4)

    # Marks.

    @property
    def _marks(self) -> tuple[Mark, ...]:
        return () if self._picture is None else self._picture.drawn.marks

    @property
    def current(self) -> Mark | None:
        """The mark that the keyboard is on."""
        return None if self._at is None else self._marks[self._at]

    def _go(self, at: int) -> None:
        if not self._marks:
            return
        self._at = max(0, min(len(self._marks) - 1, at))
        mark = self._marks[self._at]
        self.setAccessibleName(f"{self.chart.title if self.chart else ''}: {mark.label}")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        place = self.mapToGlobal(QPointF(mark.left + mark.width / 2, mark.top + mark.height).toPoint())
        QToolTip.showText(place, mark.label, self)
        self.update()

    def _beside(self, down: int) -> int | None:
        """The nearest mark above or below the present one."""
        mark = self.current
        if mark is None:
            return None
        x, y = mark.left + mark.width / 2, mark.top + mark.height / 2
        best, found = float("inf"), None
        for at, other in enumerate(self._marks):
            across, away = other.left + other.width / 2 - x, (other.top + other.height / 2 - y) * down
            if away > 1 and (far := away + 2 * abs(across)) < best:
                best, found = far, at
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = Qt.Key(event.key()), len(self._marks) - 1
        now = -1 if self._at is None else self._at
        moves = {Qt.Key.Key_Left: max(0, now - 1), Qt.Key.Key_Right: now + 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        if key in moves:
            self._go(moves[key])
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            beside = self._beside(1 if key is Qt.Key.Key_Down else -1) if self._at is not None else 0
            if beside is not None:
                self._go(beside)
        elif key in ENTER and self.current is not None:
            self.opened.emit(self.current.pick)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        mark = None if self.drawn is None else self.drawn.at(event.position().x(), event.position().y())
        if mark is not self._over:
            self._over = mark
            self.setCursor(Qt.CursorShape.PointingHandCursor if mark else Qt.CursorShape.ArrowCursor)
            QToolTip.showText(event.globalPosition().toPoint(), mark.label if mark else "", self)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        mark = None if self.drawn is None else self.drawn.at(event.position().x(), event.position().y())
        if mark is not None and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(mark.pick)

    def leaveEvent(self, event: QEvent) -> None:
        self._over = None
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()


def _draw(_reads: Reads, chart: Chart, style: Style) -> _Picture:
    """Draw and turn into what Qt paints quickest; runs on a worker."""
    drawn = draw(chart, style)
    raw = QImage(drawn.data, drawn.width, drawn.height, 4 * drawn.width, QImage.Format.Format_RGBA8888)
    return _Picture(drawn, raw.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied))
