"""A stack of widgets whose size does not depend on what lies in it, and that brings new ones in turns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property, partial

from PySide6.QtCore import QRect, QSize, QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from rmdesk.ui.kit.slices import Slices

ONE_DOT = QRect(0, 0, 1, 1)


class Stack(QStackedWidget):
    """Takes the room it is given.

    Qt's own asks all its widgets, the hidden ones too, for a size and a height for each width whenever a text
    changes anywhere inside: with a few pages in it that is a tenth of a second for a new name in a label.
    """

    def __init__(self) -> None:
        super().__init__()
        self._coming: QWidget | None = None
        self._makes: dict[int, Callable[[], QWidget]] = {}  # by the places that are empty
        self._seeing = QTimer(self, singleShot=True, interval=0)
        self._seeing.timeout.connect(self._see)

    @cached_property
    def _turns(self) -> Slices:
        return Slices(self, 0)

    @property
    def bringing(self) -> bool:
        """Whether one that is new is on its way."""
        return self._coming is not None

    def bring(self, widget: QWidget, parts: Iterable[Callable[[], object]] = ()) -> None:
        """Show this. One that is new is dressed, filled with its further parts, laid out and seen, each in a turn of
        the event loop for itself: that is about as much as goes into a frame. What was on its way is left.
        """
        if self.indexOf(widget) >= 0:
            self.leave()
            self._change_to(widget)
        else:
            self._coming = widget
            self._turns.begin((self._dress, *parts, self._lay_out, self._show))

    def add_place(self, make: Callable[[], QWidget]) -> None:
        """A place for what is made when it is first brought; `make` gives the same one whenever it is asked."""
        place = QWidget()
        QVBoxLayout(place).setContentsMargins(0, 0, 0, 0)
        self._makes[self.addWidget(place)] = make

    def fill(self, at: int) -> None:
        """Put into an empty place what belongs there, now."""
        make, place = self._makes.pop(at, None), self.widget(at)
        layout = None if place is None else place.layout()
        if make is not None and layout is not None:
            layout.addWidget(make())

    def bring_at(self, at: int) -> None:
        """Show the one at a place. Where nothing is yet, it is made, dressed, laid out and seen in a turn each."""
        widget = self.widget(at)
        if at in self._makes:
            self._coming = widget
            self._turns.begin((self._makes[at], partial(self.fill, at), self._lay_out, self._show))
        elif widget is not None:
            self.bring(widget)

    def leave(self) -> None:
        """Bring no more what is on its way."""
        if self._coming is not None:
            self._coming = None
            self._turns.stop()

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def _dress(self) -> None:
        if self._coming is not None:
            self._coming.resize(0, 0)  # Qt paints what is seen anew, as far as the hidden one would reach
            self.addWidget(self._coming)

    def _lay_out(self) -> None:
        if self._coming is not None:
            lay_out(self._coming, self.contentsRect())

    def _show(self) -> None:
        widget, self._coming = self._coming, None
        if widget is not None:
            self._change_to(widget)

    def _change_to(self, widget: QWidget) -> None:
        """What is new gets its room and its events in this turn, and is painted in the next."""
        if self.currentWidget() is not widget:
            self.setUpdatesEnabled(False)
            self._seeing.start()
            self.setCurrentWidget(widget)

    def _see(self) -> None:
        self.setUpdatesEnabled(True)


def lay_out(hidden: QWidget, place: QRect) -> None:
    """Give a widget that is not seen yet, and all inside it, its place: what is seen later is then only painted.

    Qt lays out what is hidden only for somebody who wants a picture of it; one dot of it costs nothing more.
    """
    hidden.setGeometry(place)
    hidden.grab(ONE_DOT)
