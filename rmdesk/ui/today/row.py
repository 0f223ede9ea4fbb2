"""One row of the care list: the painted head, and the receipt under it when asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from rmdesk.base.text import _
from rmdesk.services.care.rows import CareItem, Receipt
from rmdesk.ui.kit import faces
from rmdesk.ui.kit.widgets import column, rule
from rmdesk.ui.today.head import CareHead

if TYPE_CHECKING:
    from rmdesk.ui.care.receipt import ReceiptPanel


class Wishes(QObject):
    """What is wished in a row, one for all rows of a list. Signals carry the item: `acted` (the next action),
    `snoozed`, `done` (to be put on record), `unrecorded` (done without that), `opened` (the file), `asked` (the
    receipt), `what_if` (with the channel); `setting` carries its name.
    """

    acted = Signal(object)
    snoozed = Signal(object)
    done = Signal(object)
    unrecorded = Signal(object)
    opened = Signal(object)
    asked = Signal(object)
    what_if = Signal(object, object)
    setting = Signal(str)
    asked_rule = Signal(str)


class CareRow(QWidget):
    """One client; `moved` is -1, +1, or the end of the list with a large step."""

    told_as = faces.ITEM

    moved = Signal(int)

    def __init__(self, item: CareItem, room: int, wishes: Wishes) -> None:
        super().__init__()
        self.item, self.wishes = item, wishes
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.head = CareHead(item)
        self.head.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.panel: ReceiptPanel | None = None
        self._pressed = ""
        self._box = column(self.head, rule(), gap=0)
        self.setLayout(self._box)
        self.show_item(item, room)

    def show_item(self, item: CareItem, room: int) -> None:
        """Show the client's present state; `room` is kept for the buttons, so that all rows of a list line up."""
        self.item = item
        self.head.room = room
        self.head.show_item(item)
        self.setAccessibleName(self.head.said())
        self._arrange()

    @property
    def expanded(self) -> bool:
        """Whether the receipt is shown."""
        return self.panel is not None

    def told_open(self) -> bool:
        """As `expanded`, for a screen reader."""
        return self.expanded

    def toggle(self) -> None:
        """Show the receipt, or hide it."""
        if self.panel is not None:
            self.collapse()
        else:
            self.wishes.asked.emit(self.item)

    def collapse(self) -> None:
        """Hide the receipt."""
        if self.panel is not None:
            self._box.removeWidget(self.panel)
            self.panel.hide()
            self.panel.deleteLater()
            self.panel = None
            faces.unfolded(self)

    def explain(self, receipt: Receipt) -> None:
        """Show this receipt under the row."""
        from rmdesk.ui.care.receipt import ReceiptPanel

        if self.panel is None:
            self.panel = ReceiptPanel()
            self.panel.view.asked_what_if.connect(lambda channel: self.wishes.what_if.emit(self.item, channel))
            self.panel.view.asked_setting.connect(self.wishes.setting)
            self.panel.view.asked_rule.connect(self.wishes.asked_rule)
            self._box.insertWidget(1, self.panel)
            faces.unfolded(self)
        self.panel.view.show_receipt(receipt)

    def _act(self) -> None:
        self.wishes.acted.emit(self.item)

    def _snooze(self) -> None:
        self.wishes.snoozed.emit(self.item)

    def _done(self) -> None:
        self.wishes.done.emit(self.item)

    def _arrange(self) -> None:
        high = self.head.height_at(self.head.width())
        if high != self.head.height():
            self.head.setFixedHeight(high)
        self.head.update()

    # Events.

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self.wishes.unrecorded.emit(self.item)
        elif event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.toggle()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.moved.emit(-(10**6) if key == Qt.Key.Key_Home else 10**6)
        elif key == Qt.Key.Key_D:
            self._done()
        elif key == Qt.Key.Key_S:
            self._snooze()
        elif key == Qt.Key.Key_A:
            self._act()
        elif key == Qt.Key.Key_O:
            self.wishes.opened.emit(self.item)
        elif key == Qt.Key.Key_Escape and self.expanded:
            self.collapse()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        for text, run, keys in (
            (self.item.action.text.said, self._act, "A"),
            (_("Done…"), self._done, "D"),
            (_("Done without a record"), lambda: self.wishes.unrecorded.emit(self.item), _("Shift+D")),
            (_("Put off"), self._snooze, "S"),
            (_("Open the client file"), lambda: self.wishes.opened.emit(self.item), "O"),
            (_("Why this rank"), self.toggle, _("Enter")),
        ):
            action = QAction(f"{text}\t{keys}", menu)
            action.triggered.connect(lambda _checked=False, run=run: run())
            menu.addAction(action)
        menu.popup(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._in_head(event):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._pressed = self._part(event) or "row"
        else:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, ""
        if not pressed or not self._in_head(event) or pressed != (self._part(event) or "row"):
            return
        runs: dict[str, Callable[[], None]] = {"act": self._act, "later": self._snooze, "done": self._done}
        runs["name"] = lambda: self.wishes.opened.emit(self.item)
        runs.get(pressed, self.toggle)()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        part = self._part(event) if self._in_head(event) else ""
        if part != self.head.hot:
            self.head.hot = part
            self.head.update()
            hints = {
                "later": _("Put off (S)"),
                "done": _("Put on record what was done (D)"),
                "name": _("Open the client file"),
                "act": "",
            }
            self.setToolTip(hints.get(part, _("Why this rank")))
            self.setCursor(Qt.CursorShape.PointingHandCursor if self._in_head(event) else Qt.CursorShape.ArrowCursor)

    def _in_head(self, event: QMouseEvent) -> bool:
        return self.head.geometry().contains(event.position().toPoint())

    def _part(self, event: QMouseEvent) -> str:
        return self.head.part_at(self.head.mapFromParent(event.position().toPoint()))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._hover(True)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.head.hot = ""
        self._hover(False)

    def _hover(self, on: bool) -> None:
        if self.head.hovered != on:
            self.head.hovered = on
            self.head.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring(event.reason() != Qt.FocusReason.MouseFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring(False)

    def _ring(self, on: bool) -> None:
        self.head.ring = on
        self.head.update()
