"""The line of key figures: each a button that leads to what it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from rmdesk.ui.kit.painter import smooth
from rmdesk.ui.kit.theme import theme

GAP = 10
SIDE = 6
CAPTION, VALUE = 12, 20


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure: `after` follows it small, in the colour of `kind` (good, risk, plain); `hint` says how it is made."""

    name: str
    caption: str
    value: str
    after: str = ""
    kind: str = "plain"
    hint: str = ""


class _Tile(QAbstractButton):
    def __init__(self, figure: KeyFigure) -> None:
        super().__init__()
        self.figure = figure
        self.setAccessibleName(f"{figure.caption}: {figure.value} {figure.after}".strip())
        self.setToolTip(figure.hint or figure.caption)
        self.setAccessibleDescription(figure.hint)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        one = self.figure
        small, large = (QFontMetricsF(theme.font(size, bold=size == VALUE, tabular=True)) for size in (CAPTION, VALUE))
        value = large.horizontalAdvance(one.value) + (6 + small.horizontalAdvance(one.after) if one.after else 0)
        wide = max(small.horizontalAdvance(one.caption), value)
        return QSize(round(wide) + 2 * SIDE + 1, round(small.height() + large.height()) + 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        if self.underMouse() or self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        small, large = theme.font(CAPTION, tabular=True), theme.font(VALUE, bold=True, tabular=True)
        metrics, tall = QFontMetricsF(small), QFontMetricsF(large)
        room = self.width() - 2 * SIDE
        painter.setFont(small)
        painter.setPen(theme.colour("ink2"))
        caption = metrics.elidedText(self.figure.caption, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(SIDE, 4 + metrics.ascent()), caption)
        base = 6 + metrics.height() + tall.ascent()
        painter.setFont(large)
        painter.setPen(theme.colour("ink"))
        painter.drawText(QPointF(SIDE, base), self.figure.value)
        if self.figure.after:
            painter.setFont(small)
            painter.setPen(theme.colour({"good": "good_ink", "risk": "risk_ink"}.get(self.figure.kind, "ink3")))
            painter.drawText(QPointF(SIDE + tall.horizontalAdvance(self.figure.value) + 6, base), self.figure.after)
        painter.end()


class FigureLine(QWidget):
    """`pressed(name)` of the figure. One line where there is room, else two or more."""

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.tiles: dict[str, _Tile] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._lay_out)

    def show_figures(self, figures: Sequence[KeyFigure]) -> None:
        """Show these, in this order."""
        held = next((name for name, tile in self.tiles.items() if tile.hasFocus()), None)
        for tile in self.tiles.values():
            tile.hide()
            tile.deleteLater()
        self.tiles = {}
        for figure in figures:
            tile = self.tiles[figure.name] = _Tile(figure)
            tile.clicked.connect(lambda _on=False, name=figure.name: self.pressed.emit(name))
            tile.setParent(self)
            tile.show()
        if held in self.tiles:
            self.tiles[held].setFocus()
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """As many in a line as fit, in columns; a full line is spread over the width."""
        if not self.tiles:
            return
        hints = [tile.sizeHint() for tile in self.tiles.values()]
        high, count = max(hint.height() for hint in hints), len(hints)
        columns = count
        while columns > 1 and sum(self._widths(hints, columns)) + GAP * (columns - 1) > self.width():
            columns = min(columns - 1, -(-count // (-(-count // columns) + 1)))  # one line more, and never as wide
        widths = self._widths(hints, columns)
        spare = max(0, self.width() - sum(widths)) / max(1, columns - 1)
        lefts = [round(sum(widths[:at]) + spare * at) for at in range(columns)]
        for at, tile in enumerate(self.tiles.values()):
            line, column = divmod(at, columns)
            tile.setGeometry(QRect(lefts[column], line * (high + 8), widths[column], high))
        lines = -(-count // columns)
        self.setFixedHeight(lines * high + (lines - 1) * 8)

    def _widths(self, hints: list[QSize], columns: int) -> list[int]:
        return [max(hint.width() for hint in hints[column::columns]) for column in range(columns)]
