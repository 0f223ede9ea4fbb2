"""One row of the care list, painted whole: rank, name, score and bar, reasons. Two layouts, by width."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from rmdesk.base.text import _
from rmdesk.models.kinds import CareMarkKind
from rmdesk.services.care.rows import CareItem
from rmdesk.ui.care import reasons, words
from rmdesk.ui.kit import format, score_bar
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import tier_kind

WIDE = 700  # from this width on the reasons stand beside the score, one a line
PAD = 12.0
RANK = 36.0
BAR_HEIGHT = 8.0


class CareHead(QWidget):
    """Paints one item; `room` is what the buttons at the right need."""

    def __init__(self, item: CareItem) -> None:
        super().__init__()
        self.item = item
        self.room = 0
        self.hovered = False
        self.ring = False
        self._name_box = QRectF()
        self._score_box = QRectF()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)

    def show_item(self, item: CareItem) -> None:
        """Paint another state of the same client."""
        self.item = item
        self.updateGeometry()
        self.update()

    def said(self) -> str:
        """The row in words."""
        item = self.item
        why = "; ".join(reason.text.said for reason in item.reasons)
        return _("{rank}. {name}, {tier}, {familiarity}, {score} points. {why}. Next: {action}").format(
            rank=item.rank,
            name=item.name,
            tier=words.tier(item.tier) or "–",
            familiarity=words.familiarity(item.familiarity),
            score=format.decimal(item.score),
            why=why or "–",
            action=item.action.text.said,
        )

    def on_name(self, at: QPoint) -> bool:
        """Whether a point lies on the client's name."""
        return self._name_box.contains(at.toPointF())

    # Geometry.

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self._layout(width)[0])

    def sizeHint(self) -> QSize:
        return QSize(640, self.heightForWidth(max(self.width(), 640)))

    def minimumSizeHint(self) -> QSize:
        return QSize(320, theme.px(48))

    def _columns(self, width: float) -> tuple[float, float, float, float]:
        """Left edges of name, score and reasons, and the right edge of the reasons."""
        right = width - PAD - self.room - 12
        name = RANK + 4
        if width < WIDE:
            score = max(name + theme.px(150), right - theme.px(140))
            return name, score, name, right
        score = name + theme.px(150)
        return name, score, score + theme.px(174), right

    def _layout(self, width: float) -> tuple[float, list[reasons.Placed], list[reasons.Placed]]:
        """Height, chips under the name, chips of the reasons."""
        name, _score, left, right = self._columns(width)
        line = QFontMetricsF(theme.font(15, bold=True)).height()
        who = [(words.tier(self.item.tier), tier_kind(self.item.tier))] if self.item.tier else []
        who.append((words.familiarity(self.item.familiarity), "plain"))
        if self.item.marked is CareMarkKind.SNOOZED:
            who.append((_("put off"), "plain"))
        under = reasons.place(who, name, PAD + line + 4, theme.px(160))
        first = reasons.bottom(under, PAD + line)
        chips = [(reason.text.said, str(reason.shade)) for reason in self.item.reasons]
        if width < WIDE:
            why = reasons.place(chips, left, first + 6, width - PAD - left)
            return reasons.bottom(why, first) + PAD, under, why
        high = reasons.bottom(reasons.place(chips, left, 0, right - left, wrap=len(chips) > 3), 0)
        height = max(first, PAD + high) + PAD
        top = (height - high) / 2
        return height, under, reasons.place(chips, left, top, right - left, wrap=len(chips) > 3)

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = float(self.width())
        _height, under, why = self._layout(width)
        if self.hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0, 1, 0, -1), 8, 8)
        self._paint_rank(painter, under)
        self._paint_name(painter, width)
        reasons.paint(painter, under)
        self._paint_score(painter, width, under)
        reasons.paint(painter, why)
        if self.ring:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        painter.end()

    def _paint_rank(self, painter: QPainter, under: list[reasons.Placed]) -> None:
        painter.setFont(theme.font(14, bold=True, tabular=True))
        painter.setPen(theme.colour("ink3"))
        box = QRectF(0, PAD, RANK - 6, reasons.bottom(under, PAD) - PAD)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self.item.rank))

    def _paint_name(self, painter: QPainter, width: float) -> None:
        font = theme.font(15, bold=True)
        metrics = QFontMetricsF(font)
        left, score, _why, _right = self._columns(width)
        text = metrics.elidedText(self.item.name, Qt.TextElideMode.ElideRight, score - left - 12)
        self._name_box = QRectF(left, PAD, metrics.horizontalAdvance(text), metrics.height())
        painter.setFont(font)
        painter.setPen(theme.colour("ink"))
        painter.drawText(self._name_box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_score(self, painter: QPainter, width: float, under: list[reasons.Placed]) -> None:
        _name, left, _why, right = self._columns(width)
        font = theme.font(15, bold=True, tabular=True)
        metrics = QFontMetricsF(font)
        text = format.decimal(self.item.score)
        painter.setFont(font)
        painter.setPen(theme.colour("ink"))
        self._score_box = QRectF(left, PAD, metrics.horizontalAdvance(text), metrics.height())
        painter.drawText(self._score_box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("ink3"))
        after = self._score_box.translated(self._score_box.width() + 5, 0)
        after.setWidth(60)
        painter.drawText(after, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, "/ 100")
        middle = under[0].box.center().y() if under else PAD + metrics.height() + 12
        wide = min(float(theme.px(150)), right - left)
        bars = [(str(shade), points) for shade, points in self.item.bars]
        score_bar.paint(painter, QRectF(left, middle - BAR_HEIGHT / 2, wide, BAR_HEIGHT), bars)
