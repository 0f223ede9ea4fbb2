"""The picture of a network: pan by dragging, zoom by wheel or keys, walk from one to the next by arrows."""

from __future__ import annotations

import math

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from rmdesk.base.text import _
from rmdesk.services.relations.layout import Picture
from rmdesk.services.relations.rows import NetNode
from rmdesk.ui.kit import faces
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.relations import net_paint

LEAST, MOST_ZOOM, STEP = 0.12, 2.5, 1.2
ROOM = 56  # pixels kept free at the edges when everything is shown
AT_FIRST = 0.55  # no smaller than this at first: names can be read, the rest is a drag away
PAN = 60
WAYS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class NetView(QWidget):
    """Signals: `picked(index)` as somebody comes to stand out (-1: nobody), `opened(node)` on Enter or double click."""

    told_as = faces.CHART

    picked = Signal(int)
    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 180)
        self.setAccessibleName(_("Network"))
        self.tell("")
        self.scene = net_paint.Scene((), ())
        self.labels = net_paint.Labels()
        self.chosen = -1  # by click or keyboard; stays when the pointer leaves
        self._at: list[tuple[float, float]] = []
        self._pan = QPointF(0, 0)
        self._dragged: QPointF | None = None
        self._naming = QTimer(self, singleShot=True, interval=0)
        self._naming.timeout.connect(self._name)
        self._fresh = True  # until the user moves something, a new size shows everything anew
        theme.changed.connect(self._dress)

    # Showing.

    def tell(self, count: str) -> None:
        """Say to a screen reader how many there are, before how one walks among them."""
        keys = _("Arrows walk from one to the next, Enter opens the file, plus and minus zoom, 0 shows everybody.")
        self.setAccessibleDescription(f"{count}\n{keys}".strip())

    def show_picture(self, picture: Picture) -> None:
        """Show a network; whoever stood out stays so."""
        kept = self.node().party.node if self.chosen >= 0 else None
        self.scene = net_paint.Scene(picture.network.nodes, picture.network.ties)
        self._at = list(picture.places)
        self.labels.make(self.scene.nodes)
        found = [at for at, node in enumerate(self.scene.nodes) if node.party.node == kept]
        self.chosen = found[0] if found else -1
        self.scene.marked = self.chosen
        self._fresh = True
        self.fit(later=True)
        self.picked.emit(self.chosen)

    def node(self, at: int | None = None) -> NetNode:
        """One of the people shown; by default the chosen one."""
        return self.scene.nodes[self.chosen if at is None else at]

    def fit(self, *, whole: bool = False, later: bool = False) -> None:
        """Show everybody, or at first as many as stay readable; the middle of the network in the middle.

        The names come at once, or `later`, after the first picture of the marks.
        """
        if not self._at:
            self.update()
            return
        xs, ys = [x for x, _y in self._at], [y for _x, y in self._at]
        wide, high = max(xs) - min(xs) + 1, max(ys) - min(ys) + 1
        room_x, room_y = max(80, self.width() - 2 * theme.px(ROOM)), max(80, self.height() - 1.5 * theme.px(ROOM))
        zoom = min(1.0, room_x / theme.px(1) / wide, room_y / theme.px(1) / high)
        all_fit = whole or zoom >= AT_FIRST
        self.scene.zoom = max(LEAST, zoom if all_fit else AT_FIRST)
        middle = ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2) if all_fit else self._at[0]
        factor = self._factor()
        self._pan = QPointF(self.width() / 2 - middle[0] * factor, self.height() / 2 - 6 - middle[1] * factor)
        self._place(later=later)

    def zoom(self, times: float, around: QPointF | None = None) -> None:
        """Larger or smaller; the point under the pointer stays."""
        self._fresh = False
        fixed = around if around is not None else QPointF(self.width() / 2, self.height() / 2)
        before = self.scene.zoom
        self.scene.zoom = max(LEAST, min(MOST_ZOOM, before * times))
        share = self.scene.zoom / before
        self._pan = fixed + (self._pan - fixed) * share
        self._place()

    def choose(self, at: int, *, reveal: bool = True) -> None:
        """Make somebody stand out, and bring them into view."""
        if at == self.chosen:
            return
        self.chosen = self.scene.marked = at
        if at >= 0:
            if reveal:
                self._reveal(at)
            self.setAccessibleName(self.said(at))
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.update()
        self.picked.emit(at)

    def said(self, at: int) -> str:
        """Somebody and their ties in words."""
        ties = [tie.said.said for tie in self.scene.ties if at in (tie.one, tie.other)]
        return _("; ").join((self.scene.nodes[at].party.name, *ties))

    # Places.

    def _factor(self) -> float:
        return self.scene.zoom * theme.percent / 100

    def _place(self, *, later: bool = False) -> None:
        """Work out where everybody is in the widget, and whose names have room."""
        factor, x0, y0 = self._factor(), self._pan.x(), self._pan.y()
        self.scene.places = [QPointF(x0 + x * factor, y0 + y * factor) for x, y in self._at]
        if later:
            self.scene.labelled = frozenset()
            self._naming.start()
        else:
            self._name()
        self.update()

    def _name(self) -> None:
        self._naming.stop()
        self.scene.labelled = net_paint.with_room(self.scene, self.labels)
        self.update()

    def _move(self, by: QPointF) -> None:
        self._fresh = False
        self._pan += by
        self.scene.places = [place + by for place in self.scene.places]
        self.update()

    def _reveal(self, at: int) -> None:
        place, edge = self.scene.places[at], theme.px(ROOM)
        inside = QRectF(edge, edge, max(1, self.width() - 2 * edge), max(1, self.height() - 2 * edge))
        if not inside.contains(place):
            x = min(max(place.x(), inside.left()), inside.right())
            y = min(max(place.y(), inside.top()), inside.bottom())
            self._move(QPointF(x, y) - place)

    def at(self, place: QPointF) -> int:
        """Whose mark or name is at a place in the widget, -1 for nobody's."""
        best, found = math.inf, -1
        for number, spot in enumerate(self.scene.places):
            reach = net_paint.radius(self.scene.nodes[number], self.scene.zoom)
            dx, dy = abs(place.x() - spot.x()), place.y() - spot.y()
            in_name = reach <= dy <= reach + theme.px(net_paint.HIGH) and number in self.scene.labelled
            within = dx <= self.labels.widths[number] / 2 if in_name else math.hypot(dx, dy) <= reach + 3
            if within and math.hypot(dx, dy) < best:
                best, found = math.hypot(dx, dy), number
        return found

    def _toward(self, way: tuple[int, int]) -> int:
        """The nearest in a direction from the chosen one; being a little aside counts double."""
        if self.chosen < 0:
            return 0
        here, best, found = self.scene.places[self.chosen], math.inf, self.chosen
        for number, spot in enumerate(self.scene.places):
            step = spot - here
            ahead = step.x() * way[0] + step.y() * way[1]
            aside = abs(step.x() * way[1]) + abs(step.y() * way[0])
            if number != self.chosen and ahead > 0 and aside <= 2 * ahead and ahead + 2 * aside < best:
                best, found = ahead + 2 * aside, number
        return found

    # Events.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in WAYS and self.scene.nodes:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._move(QPointF(-WAYS[key][0] * PAN, -WAYS[key][1] * PAN))
            else:
                self.choose(self._toward(WAYS[key]))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / STEP)
        elif key == Qt.Key.Key_0:
            self.fit(whole=True)
        elif key == Qt.Key.Key_Home and self.scene.nodes:
            self.choose(0)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen >= 0:
            self.opened.emit(self.node().party.node)
        elif key == Qt.Key.Key_Escape and self.chosen >= 0:
            self.choose(-1)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(STEP ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragged = event.position()
            self.choose(self.at(event.position()), reveal=False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            self._move(event.position() - self._dragged)
            self._dragged = event.position()
            return
        hovered = self.at(event.position())
        marked = hovered if hovered >= 0 else self.chosen
        self.setCursor(Qt.CursorShape.PointingHandCursor if hovered >= 0 else Qt.CursorShape.OpenHandCursor)
        self.setToolTip(self.said(hovered).replace(_("; "), "\n") if hovered >= 0 else "")
        if marked != self.scene.marked:
            self.scene.marked = marked
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        hit = self.at(event.position())
        if hit >= 0:
            self.opened.emit(self.node(hit).party.node)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fresh:
            self.fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.chosen < 0 and self.scene.nodes and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.choose(0, reveal=False)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.scene.focused = self.hasFocus()
        net_paint.draw(painter, self.scene, self.labels, QRectF(self.rect()))
        painter.end()
        if self.labels.waiting:
            QTimer.singleShot(0, self, self.update)

    def sizeHint(self) -> QSize:
        return QSize(640, 400)

    def place_of(self, at: int) -> QPoint:
        """Where somebody is in the widget."""
        return self.scene.places[at].toPoint()

    def _dress(self) -> None:
        self.labels.make(self.scene.nodes)
        self.fit()
