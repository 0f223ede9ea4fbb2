"""One kept file in the strip: a small picture or the sign of its kind, and its name."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QImage, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QMenu

from rmdesk.base.text import _
from rmdesk.services.files.kinds import ENDINGS, Kind
from rmdesk.services.files.queries import FileRow
from rmdesk.ui.kit.icons import icon
from rmdesk.ui.kit.painter import smooth
from rmdesk.ui.kit.theme import theme

WIDE, HIGH = 96, 108
PICTURE = 64
ROUND = 8


def size_text(size: int) -> str:
    """A size in bytes as one reads it: 3.4 MB."""
    if size >= 1 << 20:
        return f"{size / (1 << 20):.1f} MB"
    return f"{max(1, round(size / 1024))} KB"


class Tile(QAbstractButton):
    """Click or Enter opens it (`clicked`), Delete or the menu removes it, the menu saves it elsewhere."""

    removed = Signal()
    saved = Signal()

    def __init__(self, name: str, kind: Kind, size: int, row: FileRow | None = None) -> None:
        super().__init__()
        self.row = row
        self.kind = kind
        self._image: QImage | None = None
        self.setText(name)
        self.setToolTip(f"{name}\n{size_text(size)}")
        self.setAccessibleName(name)
        self.setAccessibleDescription(_("Enter opens the file, Delete removes it."))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.updateGeometry)

    def show_image(self, image: QImage | None) -> None:
        """Show the small picture."""
        self._image = image
        self.update()

    @property
    def has_image(self) -> bool:
        """Whether the small picture is there."""
        return self._image is not None and not self._image.isNull()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(WIDE), theme.px(HIGH))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(theme.colour("accent" if self.hasFocus() else "line"), 2 if self.hasFocus() else 1))
        painter.setBrush(theme.colour("hover" if self.underMouse() or self.isDown() else "card"))
        painter.drawRoundedRect(box, ROUND, ROUND)
        self._draw_picture(painter, QRect(8, 8, self.width() - 16, theme.px(PICTURE)))
        self._draw_name(painter, QRect(6, theme.px(PICTURE) + 10, self.width() - 12, self.height()))
        painter.end()

    def _draw_picture(self, painter: QPainter, box: QRect) -> None:
        painter.save()
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(box), 4, 4)
        painter.setClipPath(clip)
        painter.fillRect(box, theme.colour("plain_soft"))
        if self._image is not None and not self._image.isNull():
            whole = self._image.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
            place = QRect(box.topLeft(), whole)
            place.moveCenter(box.center())
            painter.drawImage(place, self._image)
        else:
            painter.setPen(theme.colour("plain_ink"))
            painter.setFont(theme.font(15, bold=True))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, ENDINGS[self.kind][0].lstrip(".").upper())
        painter.restore()

    def _draw_name(self, painter: QPainter, box: QRect) -> None:
        font = theme.font(12)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(theme.colour("ink2"))
        name = metrics.elidedText(self.text(), Qt.TextElideMode.ElideMiddle, box.width())
        painter.drawText(
            QRect(box.left(), box.top(), box.width(), metrics.height()), Qt.AlignmentFlag.AlignHCenter, name
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icon("eye"), _("Open"), self.click)
        if self.row is not None:
            menu.addAction(icon("export"), _("Save as…"), self.saved.emit)
        menu.addAction(icon("close"), _("Remove"), self.removed.emit)
        menu.popup(event.globalPos())
