"""Who works here and when, faintly over everything: a photographed screen tells where the picture came from."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from rmdesk.base import clock
from rmdesk.ui.kit import faces
from rmdesk.ui.kit.theme import theme

MINUTE_MS = 60_000
LEAN = -18  # degrees
WIDE, HIGH = 360, 200  # of one tile, in pixels at 100 % text
FAINT = 0.085  # the least that survives a photograph of the screen, and the most that does not disturb reading


class Watermark(QWidget):
    """Lies over its parent, lets every touch through, and is painted from one tile that is made once a minute."""

    told_as = faces.DECORATION

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.text = ""
        self._who = ""
        self._tile = QPixmap()
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._minute.timeout.connect(self._renew)
        theme.changed.connect(self._renew)
        over.installEventFilter(self)
        self.hide()

    def show_for(self, who: str) -> None:
        """Show it; `who` is the manager's name, never a client's."""
        self._who = who
        self._renew()
        self._cover()
        self._minute.start()
        self.show()

    def leave(self) -> None:
        """Show none."""
        self._minute.stop()
        self._who = self.text = ""
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.ChildAdded) and not self.isHidden():
            QTimer.singleShot(0, self, self._cover)
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawTiledPixmap(event.rect(), self._tile, event.rect().topLeft())
        painter.end()

    def _cover(self) -> None:
        over = self.parentWidget()
        if over is not None:
            self.setGeometry(over.rect())
            self.raise_()

    def _renew(self) -> None:
        if not self._who:
            return
        self.text = f"{self._who} · {clock.now().astimezone():%Y-%m-%d %H:%M}"
        ratio = self.devicePixelRatioF()
        wide, high = theme.px(WIDE), theme.px(HIGH)
        tile = QPixmap(round(wide * ratio), round(high * ratio))
        tile.setDevicePixelRatio(ratio)
        tile.fill(Qt.GlobalColor.transparent)
        painter = QPainter(tile)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(FAINT)
        painter.setPen(theme.colour("ink"))
        painter.setFont(theme.font(13))
        painter.translate(QPoint(wide // 2, high // 2))
        painter.rotate(LEAN)
        painter.drawText(QRect(-wide // 2, -high // 4, wide, high // 2), int(Qt.AlignmentFlag.AlignCenter), self.text)
        painter.end()
        self._tile = tile
        self.update()
