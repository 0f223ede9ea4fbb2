"""One line of a receipt, painted whole: colour, what was found and why, a bar, the points as a link."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from rmdesk.base.text import _
from rmdesk.services.care.rows import ReceiptLine
from rmdesk.services.scoring.words import PAGES, WHOLE
from rmdesk.ui.kit import format, helped, score_bar
from rmdesk.ui.kit.painter import smooth
from rmdesk.ui.kit.paragraph import Paragraph
from rmdesk.ui.kit.theme import theme

FULL = 25.0  # points that fill a bar
NOTHING = 0.005  # points shown as 0.00
SWATCH, GAP, EDGE = 10, 12, 4
BAR, BAR_NARROW, POINTS = 64, 36, 52  # widths at 100 % text
NARROW = 400  # a line with less room has a shorter bar
LEAST, USUAL = 200, 360
WIDTHS = 6


class LineView(QAbstractButton):
    """Shows one line. `asked_setting(name)` when the weight behind it is asked for by Space, Enter or a click on the
    points; `asked_rule(name)` when the rule is, by a click anywhere else. F1 asks for the rule too (`kit.helped`).
    """

    asked_setting = Signal(str)
    asked_rule = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.line: ReceiptLine | None = None
        self._day: date | None = None
        self.page = WHOLE
        self._on_text = False
        self.said = self.told = self.points = ""
        self._placed: dict[int, tuple[Paragraph, Paragraph]] = {}  # by width: layouts ask for several in turn
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._ask)
        theme.changed.connect(self._dress)

    def show_line(self, line: ReceiptLine, day: date) -> None:
        """Show this line of a receipt of that day."""
        if (line, day) == (self.line, self._day):
            return
        self.line, self._day = line, day
        self.said = line.input.said
        self.told = line.why.said
        self.page = PAGES.get(line.rule, WHOLE)
        helped.by_rule(self, self.page)
        if line.as_of is not None and line.as_of != day:
            self.told = _("{rule} · as of {day}").format(rule=self.told, day=format.day(line.as_of))
        self.points = format.decimal(line.points, 2) if line.known else "?"
        self.setAccessibleName(_("{points} points: {input}").format(points=self.points, input=self.said))
        self.setAccessibleDescription(self.told)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        kind = _(score_bar.NAMES.get(str(line.shade), str(line.shade)))
        weight = _("Weight in the settings: {name}").format(name=line.setting) if line.setting else ""
        self.setToolTip("\n".join(part for part in (kind, weight, _("The rule behind it: click, or F1")) if part))
        self._dress()

    def _dress(self) -> None:
        self._placed.clear()
        self.updateGeometry()
        self.update()

    def _ask(self) -> None:
        if self.line is not None and self.line.setting and not self._on_text:
            self.asked_setting.emit(self.line.setting)
        elif self.line is not None:
            self.asked_rule.emit(self.page)

    # Geometry.

    def _texts(self, width: int) -> tuple[Paragraph, Paragraph]:
        if width not in self._placed:
            if len(self._placed) >= WIDTHS:
                self._placed.clear()
            room = max(60.0, width - EDGE - SWATCH - 3 * GAP - self._bar(width) - theme.px(POINTS))
            said, told = Paragraph(self.said, theme.font(14), room), Paragraph(self.told, theme.font(12), room)
            self._placed[width] = said, told
        return self._placed[width]

    @staticmethod
    def _bar(width: int) -> int:
        return theme.px(BAR if width * 100 / theme.percent >= NARROW else BAR_NARROW)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        said, told = self._texts(max(width, LEAST))
        return round(said.height + told.height) + 2 * EDGE

    def sizeHint(self) -> QSize:
        return QSize(USUAL, theme.px(38))

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST, theme.px(38))

    def _points_box(self) -> QRectF:
        wide = QFontMetricsF(theme.font(14, bold=True, tabular=True)).horizontalAdvance(self.points) + 8
        high = float(theme.px(24))
        return QRectF(self.width() - wide, (self.height() - high) / 2, wide, high)

    # Events.

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._on_text = not self._points_box().contains(event.position())
        super().mouseReleaseEvent(event)
        self._on_text = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.line is None:
            return
        line, faint = self.line, self.line.points < NOTHING
        said, told = self._texts(max(self.width(), LEAST))
        middle = self.height() / 2
        painter = smooth(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("track" if faint else str(line.shade)))
        painter.drawRoundedRect(QRectF(0, middle - SWATCH / 2, SWATCH, SWATCH), 3, 3)
        left = SWATCH + GAP
        painter.setPen(theme.colour("ink2" if faint else "ink"))
        said.paint(painter, QPointF(left, EDGE))
        painter.setPen(theme.colour("ink3"))
        told.paint(painter, QPointF(left, EDGE + said.height))
        right = self.width() - theme.px(POINTS) - GAP
        bar = QRectF(right - self._bar(self.width()), middle - 4, self._bar(self.width()), 8)
        score_bar.paint(painter, bar, [(str(line.shade), max(0.0, line.points))], FULL)
        self._paint_points(painter, faint=faint)
        painter.end()

    def _paint_points(self, painter: QPainter, *, faint: bool) -> None:
        box = self._points_box()
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        painter.setFont(theme.font(14, bold=True, tabular=True))
        painter.setPen(theme.colour("ink3" if faint else "accent"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.points)
