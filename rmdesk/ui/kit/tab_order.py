"""Tab goes through a window as one reads it: part by part, each from its top.

Qt goes in the order in which widgets were made. Where rows come, go and are filled anew, that leads from the first row
of a list to the status line, and from there to the second.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QGridLayout,
    QLayout,
    QLineEdit,
    QScrollArea,
    QWidget,
)

TAB = Qt.FocusPolicy.TabFocus
WHOLE = (QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit)  # what is inside belongs to them
MARGIN = 24
DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


def go(window: QWidget, *, forward: bool) -> bool:
    """Give the keyboard to the next stop of a window, or the one before; False when there is none."""
    stops = list(stops_in(window))
    if not stops:
        return False
    here = _place(stops, window.focusWidget())
    to = (here + 1 if forward else (here - 1 if here >= 0 else -1)) % len(stops)
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    stops[to].setFocus(reason)
    _show(stops[to])
    return True


def stops_in(widget: QWidget) -> Iterator[QWidget]:
    """Where Tab stops inside a widget that is seen, in the order in which one reads."""
    if widget.isHidden() or not widget.isEnabled():
        return
    if widget.focusPolicy() & TAB and widget.focusProxy() is None:
        yield widget
    if isinstance(widget, WHOLE):
        return
    yield from chain.from_iterable(map(stops_in, _as_laid(widget)))


def _as_laid(widget: QWidget) -> list[QWidget]:
    """The widgets inside one, line by line as its layout has them; then those that lie in no layout.

    Items of a layout are never asked for: Python would know them on when Qt has long given their memory to something
    else, which is the end of the program when that goes.
    """
    inside = [one for one in widget.findChildren(QWidget, options=DIRECT) if not one.isWindow()]
    layout = widget.layout()
    if layout is not None:
        places = [_places(layout, one) for one in inside]
        last = max((place[0] for place in places if place), default=0) + 1
        order = sorted(range(len(inside)), key=lambda at: places[at] or (last,))
        inside = [inside[at] for at in order]
    return inside


def _places(layout: QLayout, widget: QWidget) -> tuple[int, ...]:
    """Where a widget lies: its place in the layout, or that of the layout inside it and the place there; () nowhere."""
    at = layout.indexOf(widget)
    if at >= 0:
        return _place_of(layout, at)
    for inner in layout.findChildren(QLayout, options=DIRECT):
        found = _places(inner, widget)
        if found:
            return (*_place_of(layout, layout.indexOf(inner)), *found)
    return ()


def _place_of(layout: QLayout, at: int) -> tuple[int, ...]:
    if isinstance(layout, QGridLayout):
        place: Any = layout.getItemPosition(at)  # row, column, and how many of each
        return (place[0], place[1])
    return (at,)


def _place(stops: list[QWidget], focused: QWidget | None) -> int:
    """Where the keyboard is: at a stop, inside one, or (-1) nowhere."""
    while focused is not None:
        if focused in stops:
            return stops.index(focused)
        focused = focused.parentWidget()
    return -1


def _show(widget: QWidget) -> None:
    """Scroll to it whatever it lies in."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget, MARGIN, MARGIN)
        parent = parent.parentWidget()
