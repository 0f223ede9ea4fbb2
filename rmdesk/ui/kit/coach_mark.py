"""A sheet that stands beside a control and says what it is for, and a ring around that control."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from rmdesk.base.text import _
from rmdesk.ui.kit import faces
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, column, label, restyle, row

WIDTH = 380
GAP = 14  # between the control and the sheet
EDGE = 12  # to the edge of the window
AROUND = 4  # of the ring around its control


def placed(target: QRect, size: QSize, room: QRect) -> QPoint:
    """Where a sheet of this size stands: beside a small target, else under or over it, in whatever room there is."""
    inside = room.adjusted(EDGE, EDGE, -EDGE, -EDGE)
    beside = target.adjusted(-GAP, -GAP, GAP, GAP)
    middle = target.center()
    right = QPoint(beside.right(), middle.y() - size.height() // 2)
    left = QPoint(beside.left() - size.width(), right.y())
    under, over = QPoint(target.left(), beside.bottom()), QPoint(target.left(), beside.top() - size.height())
    wide = target.width() > size.width() // 2
    wishes = (under, over, right, left) if wide else (right, under, over, left)
    free = [at for at in (_kept(wish, size, inside) for wish in wishes) if not QRect(at, size).intersects(target)]
    return free[0] if free else _kept(inside.center() - QPoint(size.width() // 2, size.height() // 2), size, inside)


def _kept(at: QPoint, size: QSize, inside: QRect) -> QPoint:
    """The nearest place that is all inside."""
    x = max(inside.left(), min(at.x(), inside.right() - size.width()))
    y = max(inside.top(), min(at.y(), inside.bottom() - size.height()))
    return QPoint(x, y)


class Ring(QWidget):
    """Drawn over a control; lets everything through."""

    told_as = faces.DECORATION

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def surround(self, target: QRect, room: QRect) -> None:
        """Stand around this; what would lie outside the window is drawn at its edge."""
        self.setGeometry(target.adjusted(-AROUND, -AROUND, AROUND, AROUND).intersected(room))
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("accent"), 3))
        painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), 10, 10)
        painter.end()


class CoachMark(QFrame):
    """`onward`, `backward` and `skipped` tell what was pressed. Enter goes on, on Previous it goes back."""

    told_as = faces.GROUP

    onward = Signal()
    backward = Signal()
    skipped = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("coach")
        self.count = label("", "note")
        self.head = label("", "heading", wrap=True)
        self.text = label("", "soft", wrap=True)
        self.skip = Button(_("Skip the tour"), self.skipped.emit, kind="link")
        self.back = Button(_("Previous"), self.backward.emit, kind="small")
        self.next = Button("", self.onward.emit, kind="primary")
        box = column(self.count, self.head, self.text, 4, row(self.skip, None, self.back, self.next), gap=6)
        box.setContentsMargins(18, 16, 18, 14)
        self.setLayout(box)
        self.ring = Ring(over)
        self.hide()

    def say(self, at: int, of: int, head: str, text: str) -> None:
        """Show one step, the first being 0."""
        self.count.setText(_("Step {at} of {of}").format(at=at + 1, of=of))
        self.head.setText(head)
        self.text.setText(text)
        self.skip.setText(_("Skip the tour"))
        self.back.setText(_("Previous"))
        self.next.setText(_("Finish") if at + 1 == of else _("Next"))
        self.back.setEnabled(at > 0)
        restyle(self.skip, flush=True)
        self.setAccessibleName(head)
        self.setAccessibleDescription(text)
        # Read out with the button that has the keyboard: a screen reader follows the focus.
        self.next.setAccessibleDescription(f"{self.count.text()}. {head}. {text}")

    def stand(self, target: QWidget | None) -> None:
        """Stand beside a control of the same window; without one in the middle."""
        over = self._over
        self.setFixedWidth(min(theme.px(WIDTH), over.width() - 2 * EDGE))
        self.setFixedHeight(max(self.heightForWidth(self.width()), self.sizeHint().height()))
        if target is None:
            self.ring.hide()
            place = placed(QRect(over.rect().center(), QSize(0, 0)), self.size(), over.rect())
        else:
            found = seen(target, over)
            self.ring.surround(found, over.rect())
            place = placed(found, self.size(), over.rect())
        self.move(place)
        self.show()
        self.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        focused = next((one for one in (self.skip, self.back) if one.hasFocus()), self.next)
        focused.click()

    def take_away(self) -> None:
        """Leave nothing behind."""
        for part in (self.ring, self):
            part.hide()
            part.deleteLater()


def seen(target: QWidget, over: QWidget) -> QRect:
    """The part of a widget that is seen, in the places of `over`, which it lies in."""
    region = target.visibleRegion().boundingRect()
    box = region if not region.isEmpty() else target.rect()
    return QRect(target.mapTo(over, box.topLeft()), box.size())
