"""Tab goes through a window as one reads it: part by part, each from its top.

Qt goes in the order in which widgets were made. Where rows come, go and are filled anew, that leads from the first row
of a list to the status line, and from there to the second.
"""

from __future__ import annotations

from collections.abc import Iterator

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
    laid = list(_laid(layout)) if (layout := widget.layout()) is not None else []
    for child in laid:
        yield from stops_in(child)
    for other in widget.children():
        if isinstance(other, QWidget) and other not in laid and not other.isWindow():
            yield from stops_in(other)


def _laid(layout: QLayout) -> Iterator[QWidget]:
    """The widgets of a layout and of the layouts in it, line by line."""
    places = range(layout.count())
    if isinstance(layout, QGridLayout):
        grid = layout
        places = sorted(places, key=lambda at: tuple(grid.getItemPosition(at))[:2])  # type: ignore[assignment, arg-type]
    for at in places:
        item = layout.itemAt(at)
        if item is None:
            continue
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            yield from _laid(inner)
        elif widget is not None:
            yield widget


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
