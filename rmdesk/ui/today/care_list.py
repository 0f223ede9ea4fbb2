"""The care list: lanes and rows. Rows are kept by client, so that a reload moves no focus and closes no receipt."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from rmdesk.base.text import _
from rmdesk.models.kinds import ClientId, Lane
from rmdesk.services.care.rows import CareDay, CareItem, MarkRow, Receipt
from rmdesk.ui.care import words
from rmdesk.ui.kit.widgets import label, row
from rmdesk.ui.today.head import room_for
from rmdesk.ui.today.marks import DealtWith, PutOff, split
from rmdesk.ui.today.row import CareRow, Wishes

AT_ONCE_S = 0.005  # what is built before the window gets to breathe; laying it out and painting it takes as long
SCREENFUL = 12  # rows that are built before the list is painted at all


class CareList(QScrollArea):
    """What is wished in the rows, and `taken_back(mark)` for a row under the line that was done or put off."""

    taken_back = Signal(object)
    built = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.wishes = Wishes(self)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # A ground of its own: asked for the one that Qt made, the binding would look through every class of widgets.
        self._ground = QWidget()
        self.setViewport(self._ground)
        self._inside = QWidget()
        self._box = QVBoxLayout(self._inside)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.setSizeConstraint(QVBoxLayout.SizeConstraint.SetMinimumSize)
        # Rows are added below what is seen: growing must not paint everything once more.
        self._inside.setAttribute(Qt.WidgetAttribute.WA_StaticContents)
        self.setWidget(self._inside)
        self._inside.setAutoFillBackground(False)  # setWidget turns it on; the card's own ground shall show
        self._rows: dict[ClientId, CareRow] = {}
        self._order: list[ClientId] = []
        self._extras: list[QWidget] = []
        self._put_off_shown = False
        self._todo: deque[Callable[[], None]] = deque()
        self._wanted: ClientId | None = None
        self._pauses = 0
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._build)

    # Filling.

    def show_day(self, day: CareDay) -> None:
        """Show a day's list; rows of clients that stay are kept."""
        self._wanted = self._after_focus(day)
        self._next.stop()
        put_off = self.put_off()
        self._put_off_shown = put_off is not None and put_off.shown
        for widget in self._extras:
            self._drop(widget)
        self._extras.clear()
        staying = {item.client for item in day.items}
        for client in [client for client in self._rows if client not in staying]:
            self._drop(self._rows.pop(client))
        while self._box.count():
            self._box.takeAt(0)
        self._order = [item.client for item in day.items]
        self._todo = deque(self._steps(day))
        self._ground.setUpdatesEnabled(False)
        self._pauses = 0
        self._build()

    def _steps(self, day: CareDay) -> list[Callable[[], None]]:
        room = room_for(day.items)
        steps: list[Callable[[], None]] = []
        lane: Lane | None = None
        for item in day.items:
            if item.lane is not lane:
                lane = item.lane
                count = sum(1 for other in day.items if other.lane is lane)
                steps.append(partial(self._add_lane, lane, count))
            steps.append(partial(self._add_item, item, room))
        if day.marks:
            steps.append(lambda: self._add_marks(day.marks))
        steps.append(lambda: self._box.addStretch(1))
        return steps

    def _build(self) -> None:
        if self._breathes():
            self._next.start()
            return
        until = time.perf_counter() + AT_ONCE_S
        while self._todo and time.perf_counter() < until:
            self._todo.popleft()()
        if self._wanted in self._rows and self._wanted is not None:
            self._rows[self._wanted].setFocus(Qt.FocusReason.OtherFocusReason)
            self._wanted = None
        if self._todo:
            if self.seen:
                self._settle()
            self._next.start()
        else:
            QTimer.singleShot(0, self, self._end)

    def _breathes(self) -> bool:
        """Whether this turn and the next one build nothing: laying out and painting a screenful have them."""
        if self._pauses:
            self._pauses -= 1
        elif self._todo and not self.seen and self._box.count() > SCREENFUL:
            self._settle()
            self._pauses = 1
        else:
            return False
        return True

    @property
    def seen(self) -> bool:
        """Whether what fits the screen is made and may be painted."""
        return self._ground.updatesEnabled()

    @property
    def settled(self) -> bool:
        """Whether all rows are made and may be painted."""
        return not self._todo and self.seen

    def _end(self) -> None:
        if not self._todo:  # no other day came in between
            self._settle()
            self.built.emit()

    def _settle(self) -> None:
        """Lay out what is built and let it be painted, so that no half-made list is ever seen."""
        self._box.activate()
        self._ground.setUpdatesEnabled(True)

    def _add_lane(self, lane: Lane, count: int) -> None:
        head = QWidget()
        line = row(
            label(_(words.LANES[lane]), "strong"),
            label(str(count), "note"),
            label(_(words.LANE_NOTES[lane]), "note"),
            None,
        )
        line.setContentsMargins(8, 16 if self._box.count() else 8, 0, 6)
        head.setLayout(line)
        self._extras.append(head)
        self._box.addWidget(head)

    def _add_item(self, item: CareItem, room: int) -> None:
        made = self._rows.get(item.client)
        if made is None:
            made = self._rows[item.client] = CareRow(item, room, self.wishes)
            made.moved.connect(lambda step, client=item.client: self._move(client, step))
        else:
            made.show_item(item, room)
            if made.expanded:
                self.wishes.asked.emit(item)
        self._box.addWidget(made)
        made.show()

    def _add_marks(self, marks: tuple[MarkRow, ...]) -> None:
        done, put_off = split(marks)
        if done:
            self._add_extra(DealtWith(done, self.taken_back.emit))
        if put_off:
            self._add_extra(PutOff(put_off, self.taken_back.emit, shown=self._put_off_shown))

    def _add_extra(self, widget: QWidget) -> None:
        self._extras.append(widget)
        self._box.addWidget(widget)

    def _drop(self, widget: QWidget) -> None:
        self._box.removeWidget(widget)
        widget.hide()
        widget.deleteLater()

    # Rows.

    def row_of(self, client: ClientId) -> CareRow | None:
        """The row of a client, if it is on the list."""
        return self._rows.get(client)

    def put_off(self) -> PutOff | None:
        """The line about those who are put off, if there are any."""
        return next((one for one in self._extras if isinstance(one, PutOff)), None)

    def rows(self) -> list[CareRow]:
        """All rows, from top to bottom."""
        return [self._rows[client] for client in self._order if client in self._rows]

    def explain(self, receipt: Receipt) -> None:
        """Show a receipt under its row."""
        found = self._rows.get(receipt.client)
        if found is not None:
            found.explain(receipt)
            QTimer.singleShot(0, found, lambda: self.ensureWidgetVisible(found, 0, 24))

    def show_what_if(self, receipt: Receipt) -> None:
        """Show what a call would change, in the receipt that asked."""
        found = self._rows.get(receipt.client)
        if found is not None and found.panel is not None:
            found.panel.view.show_what_if(receipt)

    def _move(self, client: ClientId, step: int) -> None:
        at = max(0, min(len(self._order) - 1, self._order.index(client) + step))
        target = self._rows.get(self._order[at])
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(target, 0, 24)

    def _after_focus(self, day: CareDay) -> ClientId | None:
        """Who gets the keyboard when the row that has it leaves: the next one that stays."""
        staying = {item.client for item in day.items}
        focused = QApplication.focusWidget()
        for at, client in enumerate(self._order):
            made = self._rows.get(client)
            if made is not None and focused is not None and (made is focused or made.isAncestorOf(focused)):
                if client in staying:
                    return None  # the row stays, and the keyboard with it
                later = [other for other in (*self._order[at:], *reversed(self._order[:at])) if other in staying]
                return later[0] if later else None
        return None
