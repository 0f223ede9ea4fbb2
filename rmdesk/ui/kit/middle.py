"""The middle of a dialog: as high as what it holds, and scrolled where the window has no room for that."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QScrollArea, QWidget

from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.theme import theme

EDGE = 24  # pixels from what is asked to the edge of the dialog; the scroll bar lies in them
LEAST = 90  # pixels of height that stay in sight, at 100 %
MARGIN = 16


class _Inside(QWidget):
    """Tells when what it holds wants another size."""

    asked = Signal()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.asked.emit()
        return done


class Middle(QFrame):
    """Shows `whole`, with the size of its dialog following. What takes the keyboard is scrolled to."""

    def __init__(self, whole: QBoxLayout) -> None:
        super().__init__()
        self._whole = whole
        whole.setContentsMargins(0, 0, EDGE, 0)
        self._inside = _Inside()
        self._inside.setLayout(whole)
        self.area: QScrollArea = scroller(self._inside, "card")
        self.area.setParent(self)
        self._bar = self.area.verticalScrollBar()
        self._bar.rangeChanged.connect(self._make_way)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._grow)
        self._inside.asked.connect(self._asked)
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr]

    def high(self, wide: int) -> int:
        """Pixels of height that all of it needs in this width."""
        if self._whole.hasHeightForWidth():
            taken = EDGE - self._whole.contentsMargins().right()  # by the scroll bar, if there is one now
            return self._whole.totalHeightForWidth(wide - taken)
        return self._whole.totalSizeHint().height()

    def make_room(self, least: int = 0) -> None:
        """Give the dialog the height that it needs, `least` or more; never more than the main window has."""
        dialog = self.window()
        frame, room = dialog.layout(), _room(dialog)
        assert frame is not None
        frame.activate()
        needed = max(frame.totalMinimumSize().width(), dialog.minimumWidth())
        dialog.setMinimumWidth(min(needed, room.width()))
        resized = dialog.testAttribute(Qt.WidgetAttribute.WA_Resized)
        wide = dialog.width() if resized else frame.totalSizeHint().width()
        wide = min(max(dialog.minimumWidth(), wide), room.width())
        boxed = frame.hasHeightForWidth()
        rest = frame.totalHeightForWidth(wide) if boxed else frame.totalSizeHint().height()
        margins = frame.contentsMargins()
        high = rest - self.sizeHint().height() + self.high(wide - margins.left() - margins.right())
        dialog.resize(wide, min(max(high, least), room.height()))
        window = dialog.parentWidget()
        if window is not None and dialog.isVisible():  # grown downwards: keep it inside
            below = window.mapToGlobal(window.rect().bottomLeft()).y() - 8
            dialog.move(dialog.x(), max(0, min(dialog.y(), below - dialog.height())))

    def sizeHint(self) -> QSize:
        wide = max(self._whole.totalSizeHint().width(), self.width() if self.isVisible() else 0)
        return QSize(wide, self.high(wide))

    def minimumSizeHint(self) -> QSize:
        least = self._whole.totalMinimumSize()
        taken = EDGE - self._whole.contentsMargins().right()  # there must be room, too, once the scroll bar is gone
        return QSize(least.width() + taken, min(least.height(), theme.px(LEAST)))

    def resizeEvent(self, _event: QEvent) -> None:
        self.area.setGeometry(self.rect())

    def _asked(self) -> None:
        self.updateGeometry()
        self._soon.start()

    def _grow(self) -> None:
        """Follow what came in; only `make_room` makes it lower, so that nothing jumps under the pointer."""
        if self.isVisible():
            self.make_room(least=self.window().height())

    def _make_way(self, _least: int, most: int) -> None:
        edge = max(4, EDGE - self._bar.sizeHint().width()) if most else EDGE
        if self._whole.contentsMargins().right() != edge:
            self._whole.setContentsMargins(0, 0, edge, 0)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._inside.isAncestorOf(now):
            self.area.ensureWidgetVisible(now, MARGIN, MARGIN)


def _room(dialog: QWidget) -> QSize:
    """The most that it may take: the main window, and what of the screen can be used."""
    most = dialog.screen().availableSize() - QSize(16, 48)
    window = dialog.parentWidget()
    return most if window is None else window.window().size().boundedTo(most) - QSize(16, 16)
