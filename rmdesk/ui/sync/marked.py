"""A text of several lines in which the parts that differ are marked: by a ground and a line below, not colour alone."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from rmdesk.base.text import _
from rmdesk.services.sync.spans import Spans
from rmdesk.ui.kit import faces
from rmdesk.ui.kit.clipboard import clipboard
from rmdesk.ui.kit.paragraph import LINE_END
from rmdesk.ui.kit.theme import theme

LEADING = 3  # pixels between two lines


class MarkedText(QWidget):
    """As high as its text in the width it has. `kind`: the colour of the marks, one of the five kinds."""

    told_as = faces.TEXT

    def __init__(self, text: str = "", spans: Spans = (), kind: str = "occasion") -> None:
        super().__init__()
        self.text, self.spans, self._kind = text, spans, kind
        self._quiet = False
        self._laid: QTextLayout | None = None
        self._wide = -1
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_text(text, spans)
        theme.changed.connect(self._forget)

    def show_text(self, text: str, spans: Spans = ()) -> None:
        """Show another text; one that is empty says so."""
        self._quiet = not text
        self.text, self.spans = text or _("(empty)"), spans if text else ()
        self.setAccessibleName(self.text)
        marked = [self.text[first:last] for first, last in self.spans]
        self.setAccessibleDescription(_("Differs: {parts}").format(parts=_(", ").join(marked)) if marked else "")
        self._forget()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._height(self._layout(width)) + 1

    def sizeHint(self) -> QSize:
        return QSize(160, self.heightForWidth(max(160, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.colour("ink3" if self._quiet else "ink"))
        self._layout(self.width()).draw(painter, QPointF(0, 0))
        painter.end()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._quiet:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Copy"), lambda: clipboard.put(self.text))
        menu.popup(event.globalPos())

    def _forget(self) -> None:
        self._laid, self._wide = None, -1
        self.updateGeometry()
        self.update()

    def _layout(self, width: int) -> QTextLayout:
        if self._laid is not None and width == self._wide:
            return self._laid
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        made = QTextLayout(self.text.replace("\r\n", "\n ").replace("\n", LINE_END), theme.font(14))
        made.setTextOption(option)
        made.setFormats([self._mark(first, last) for first, last in self.spans])
        made.beginLayout()
        top = 0.0
        while (line := made.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top))
            top += line.height() + LEADING
        made.endLayout()
        self._laid, self._wide = made, width
        return made

    def _mark(self, first: int, last: int) -> QTextLayout.FormatRange:
        look = QTextCharFormat()
        look.setBackground(theme.colour(f"{self._kind}_soft"))
        look.setForeground(theme.colour(f"{self._kind}_ink"))
        look.setFontUnderline(True)
        made = QTextLayout.FormatRange()
        made.start, made.length, made.format = first, last - first, look
        return made

    @staticmethod
    def _height(laid: QTextLayout) -> int:
        count = laid.lineCount()
        if not count:
            return theme.px(20)
        last = laid.lineAt(count - 1)
        return round(last.y() + last.height())
