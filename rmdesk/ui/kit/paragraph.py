"""Text in several lines, for widgets that paint themselves: broken between words, or anywhere in words too long."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

LINE_END = "\u2028"  # what QTextLayout takes for the end of a line


class Paragraph:
    """A text in a font and a width, laid out once; `most` lines at most, the last of them cut with an ellipsis.

    Nothing but the beginning of a very long text is looked at: what is not seen costs nothing.
    """

    __slots__ = ("_font", "_layout", "_lines", "_text", "height", "width")

    def __init__(self, text: str, font: QFont, width: float, most: int = 1000) -> None:
        metrics = QFontMetricsF(font)
        self._font = font
        self._text = clipped(text, metrics, width, most)
        self._layout: QTextLayout | None = None
        self._lines: list[str] = []
        advance = -1.0 if LINE_END in self._text else metrics.horizontalAdvance(self._text)
        if 0 <= advance <= width:
            self.width, self.height = advance, metrics.height()
        else:
            self._break(metrics, width, most)

    def _break(self, metrics: QFontMetricsF, width: float, most: int) -> None:
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        made = QTextLayout(self._text, self._font)
        made.setTextOption(option)
        made.beginLayout()
        self.width = self.height = 0.0
        count = 0
        while (line := made.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, self.height))
            self.height += line.height()
            self.width = max(self.width, line.naturalTextWidth())
            count += 1
            if count == most and line.textStart() + line.textLength() < len(self._text):
                begin = line.textStart()
                self._lines = [self._text[:begin], self._ended(metrics, self._text[begin:], width)]
                break
        made.endLayout()
        self._layout = made

    @staticmethod
    def _ended(metrics: QFontMetricsF, rest: str, width: float) -> str:
        return metrics.elidedText(rest.replace(LINE_END, " "), Qt.TextElideMode.ElideRight, width)

    def paint(self, painter: QPainter, at: QPointF) -> None:
        """Draw with the pen of the painter; `at` is the upper left corner."""
        painter.setFont(self._font)
        metrics = QFontMetricsF(self._font)
        if self._layout is None:
            painter.drawText(at + QPointF(0, metrics.ascent()), self._text)
            return
        count = self._layout.lineCount()
        for number in range(count):
            line = self._layout.lineAt(number)
            if self._lines and number == count - 1:
                painter.drawText(at + QPointF(0, line.y() + line.ascent()), self._lines[1])
            else:
                line.draw(painter, at)


def clipped(text: str, metrics: QFontMetricsF, width: float, most: int) -> str:
    """As much of a text as could fill so many lines, its line ends as a layout wants them."""
    least = max(2.0, metrics.averageCharWidth() / 3)
    end = int(most * (width / least + 1)) + 1
    return text[:end].replace("\r\n", "\n").replace("\n", LINE_END).replace("\r", LINE_END).replace("\t", " ")
