"""A tile to press: a number over a caption, on a ground that deepens with its share."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from rmdesk.ui.kit import format
from rmdesk.ui.kit.painter import smooth
from rmdesk.ui.kit.theme import theme


class Tile(QAbstractButton):
    """Checkable; `token` is the colour it deepens in, `name` what a screen reader calls it before its count."""

    def __init__(self, name: str, caption: str = "", *, token: str = "accent", high: int = 62) -> None:
        super().__init__()
        self._name, self._caption, self._token, self._high = name, caption, token, high
        self._count, self._share = 0, 0.0
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_count(self, count: int, share: float) -> None:
        """How many there are, and which part of the fullest tile."""
        self._count, self._share = count, share
        self.setAccessibleName(f"{self._name}: {format.whole(count)}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(72, theme.px(self._high))

    def minimumSizeHint(self) -> QSize:
        return QSize(48, theme.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        ground = QColor(theme.colour(self._token))
        ground.setAlphaF(0.05 + 0.2 * self._share + (0.06 if self.underMouse() else 0))
        marked = self.isChecked() or self.hasFocus()
        painter.setPen(QPen(theme.colour(self._token), 2) if marked else Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 8, 8)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("ink"), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), 6, 6)
        painter.setPen(theme.colour("ink"))
        painter.setFont(theme.font(18, bold=True, tabular=True))
        number = format.whole(self._count)
        if not self._caption:
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, number)
        else:
            high, low = painter.fontMetrics().height(), QFontMetricsF(theme.font(12)).height()
            start = box.center().y() - (high + low) / 2  # the two stay together, however high the tile is
            top = QRectF(box.left(), start, box.width(), high)
            painter.drawText(top, Qt.AlignmentFlag.AlignCenter, number)
            font = theme.font(12)
            painter.setFont(font)
            painter.setPen(theme.colour("ink2"))
            text = QFontMetricsF(font).elidedText(self._caption, Qt.TextElideMode.ElideRight, box.width() - 8)
            painter.drawText(QRectF(box.left(), start + high, box.width(), low), Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
