"""One row of the care list, painted whole: rank, name, score and bar, reasons, buttons. Two layouts, by width.

A row of real buttons and labels costs milliseconds to make, and a list holds dozens of rows; a painted one does not.
Keys and the context menu of the row do all that the painted buttons do.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from rmdesk.base.text import _
from rmdesk.models.kinds import CareMarkKind
from rmdesk.services.care.rows import CareItem
from rmdesk.ui.care import words
from rmdesk.ui.kit import chip_line, faces, format, score_bar
from rmdesk.ui.kit.icons import pixmap
from rmdesk.ui.kit.painter import smooth
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import tier_kind

BUTTON_HEIGHT = 28
GAP = 8.0
WIDE = 700  # from this width in units of text on the reasons stand beside the score, one a line
LEAST = 320
PAD = 12.0
RANK = 36.0
SCORE, BAR_WIDTH = 136, 116
REASONS = 190  # the least that reasons beside the score may have
NAME = 168  # the name with the chips of tier and familiarity under it
BAR_HEIGHT = 8.0


Layout = tuple[float, list[chip_line.Placed], list[chip_line.Placed]]


def buttons(item: CareItem, metrics: QFontMetricsF) -> list[tuple[str, str, float]]:
    """Name, text and width of each button of a row, from the left."""
    texts = [("act", item.action.text.said)]
    if item.marked is not CareMarkKind.SNOOZED:
        texts.append(("later", _("Later")))
    return [
        *((name, text, metrics.horizontalAdvance(text) + 24) for name, text in texts),
        ("done", "", float(theme.px(BUTTON_HEIGHT))),
    ]


def room_for(items: Iterable[CareItem]) -> int:
    """The width that the buttons of a list ask for, so that its rows line up."""
    metrics = QFontMetricsF(theme.font(13))
    needed = max((sum(width for _name, _text, width in buttons(item, metrics)) for item in items), default=0.0)
    return round(needed + 2 * GAP)


class CareHead(QWidget):
    """Paints one item; `room` is what the buttons at the right take, `hot` the part under the mouse."""

    told_as = faces.DECORATION

    def __init__(self, item: CareItem) -> None:
        super().__init__()
        self.item = item
        self._laid: tuple[tuple[float, int, int], Layout] | None = None
        self.room = 0
        self.hot = ""
        self.hovered = False
        self.ring = False
        self._name_box = QRectF()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def show_item(self, item: CareItem) -> None:
        """Paint another state of the same client."""
        self.item = item
        self._laid = None
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

    def part_at(self, at: QPoint) -> str:
        """What lies under a point: name, act, later, done, or nothing of these."""
        point = at.toPointF()
        if self._name_box.contains(point):
            return "name"
        return next((name for name, box in self.boxes().items() if box.contains(point)), "")

    def boxes(self) -> dict[str, QRectF]:
        """Where the buttons are."""
        high = theme.px(BUTTON_HEIGHT)
        top = PAD if not self._is_wide(self.width()) else (self.height() - high) / 2
        right, made = float(self.width()) - PAD, dict[str, QRectF]()
        for name, _text, width in reversed(self._buttons()):
            made[name] = QRectF(right - width, top, width, high)
            right -= width + GAP
        return made

    def _buttons(self) -> list[tuple[str, str, float]]:
        """Name, text and width of each button, from the left."""
        return buttons(self.item, QFontMetricsF(theme.font(13)))

    # Geometry.

    def height_at(self, width: int) -> int:
        """The height that the item needs at a width."""
        return round(self._layout(max(width, LEAST))[0])

    def sizeHint(self) -> QSize:
        return QSize(LEAST, self.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _is_wide(self, width: float) -> bool:
        """Whether the reasons have room beside the score: depends on the text size and the words of the language."""
        reasons_wide = width - PAD - self.room - 12 - RANK - 4 - theme.px(NAME + SCORE)
        return width * 100 / theme.percent >= WIDE and reasons_wide >= theme.px(REASONS)

    def _columns(self, width: float) -> tuple[float, float, float, float]:
        """Left edges of name, score and reasons, and the right edge of the reasons."""
        right = width - PAD - self.room - 12
        name = RANK + 4
        if not self._is_wide(width):
            score = max(name + theme.px(NAME), right - theme.px(140))
            return name, score, name, right
        return name, name + theme.px(NAME), name + theme.px(NAME + SCORE), right

    def _layout(self, width: float) -> Layout:
        """Height, chips under the name, chips of the reasons; the same until width, room or text size change."""
        key = (width, self.room, theme.percent)
        if self._laid is None or self._laid[0] != key:
            self._laid = (key, self._lay_out(width))
        return self._laid[1]

    def _lay_out(self, width: float) -> Layout:
        name, _score, left, right = self._columns(width)
        line = QFontMetricsF(theme.font(15, bold=True)).height()
        who = [(words.tier(self.item.tier), tier_kind(self.item.tier))] if self.item.tier else []
        who.append((words.familiarity(self.item.familiarity), "plain"))
        if self.item.marked is CareMarkKind.SNOOZED:
            who.append((_("put off"), "plain"))
        under = chip_line.place(who, name, PAD + line + 4, theme.px(NAME))
        first = chip_line.bottom(under, PAD + line)
        chips = [(reason.text.said, str(reason.shade)) for reason in self.item.reasons]
        if not self._is_wide(width):
            why = chip_line.place(chips, left, first + 6, width - PAD - left)
            return chip_line.bottom(why, first) + PAD, under, why
        high = chip_line.bottom(chip_line.place(chips, left, 0, right - left, wrap=len(chips) > 3), 0)
        height = max(first, PAD + high) + PAD
        top = (height - high) / 2
        return height, under, chip_line.place(chips, left, top, right - left, wrap=len(chips) > 3)

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        width = float(self.width())
        _height, under, why = self._layout(width)
        if self.hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0, 1, 0, -1), 8, 8)
        self._paint_rank(painter, under)
        self._paint_name(painter, width)
        chip_line.paint(painter, under)
        self._paint_score(painter, width, under)
        chip_line.paint(painter, why)
        self._paint_buttons(painter)
        if self.ring:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        painter.end()

    def _paint_rank(self, painter: QPainter, under: list[chip_line.Placed]) -> None:
        painter.setFont(theme.font(14, bold=True, tabular=True))
        painter.setPen(theme.colour("ink3"))
        box = QRectF(0, PAD, RANK - 6, chip_line.bottom(under, PAD) - PAD)
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

    def _paint_score(self, painter: QPainter, width: float, under: list[chip_line.Placed]) -> None:
        _name, left, _why, right = self._columns(width)
        font = theme.font(15, bold=True, tabular=True)
        metrics = QFontMetricsF(font)
        text = format.decimal(self.item.score)
        painter.setFont(font)
        painter.setPen(theme.colour("ink"))
        box = QRectF(left, PAD, metrics.horizontalAdvance(text), metrics.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("ink3"))
        after = box.translated(box.width() + 5, 0)
        after.setWidth(60)
        painter.drawText(after, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, "/ 100")
        middle = under[0].box.center().y() if under else PAD + metrics.height() + 12
        wide = min(float(theme.px(BAR_WIDTH)), right - left)
        bars = [(str(shade), points) for shade, points in self.item.bars]
        score_bar.paint(painter, QRectF(left, middle - BAR_HEIGHT / 2, wide, BAR_HEIGHT), bars)

    def _paint_buttons(self, painter: QPainter) -> None:
        boxes = self.boxes()
        for name, text, _width in self._buttons():
            box = boxes[name].adjusted(0.5, 0.5, -0.5, -0.5)
            hot = name == self.hot
            painter.setBrush(theme.colour("pressed" if hot else "card"))
            if name == "done":
                if hot:
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.drawRoundedRect(box, 6, 6)
                size = theme.px(18)
                picture = pixmap("check", "accent" if hot else "ink2", 18, self.devicePixelRatioF())
                left, top = round(box.center().x() - size / 2), round(box.center().y() - size / 2)
                painter.drawPixmap(QRect(left, top, size, size), picture)
                continue
            strong = name == "act"
            painter.setPen(QPen(theme.colour("line_strong" if strong or hot else "line"), 1))
            painter.drawRoundedRect(box, 8, 8)
            painter.setFont(theme.font(13))
            painter.setPen(theme.colour("ink" if strong or hot else "ink3"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
