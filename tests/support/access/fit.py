"""Looks whether everything has the room it needs: texts whole, nothing over another, every control within reach."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.elided import Elided
from rmdesk.ui.kit.table import RowTable

SLACK = 2  # pixels that nobody sees
FLOATING = ("toast", "popup", "watermark")


def wrongs(window: QWidget) -> list[str]:
    """What is cut, covered or out of reach below a widget, each once."""
    found: dict[str, None] = {}
    for widget in (window, *window.findChildren(QWidget)):
        if widget.isVisible() and widget.window() is window.window():
            found |= dict.fromkeys(f"{_named(widget)}: {wrong}" for wrong in _of(widget))
    return list(found)


def _of(widget: QWidget) -> Iterator[str]:
    match widget:
        case QLabel():
            yield from _of_label(widget)
        case QToolButton():
            pass
        case QLineEdit():
            yield from _of_line(widget)
        case QPushButton() | QCheckBox() | QRadioButton():
            yield from _of_button(widget)
        case QComboBox():
            need = widget.fontMetrics().horizontalAdvance(widget.currentText())
            if need > widget.width() - 40 and not widget.toolTip():
                yield f"{need} pixels of text in {widget.width() - 40}"
        case _:
            pass
    if (widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled()) or isinstance(widget, QLabel):
        yield from _out_of_reach(widget)
    if isinstance(widget, QScrollArea | RowTable):
        yield from _of_scroller(widget)
    if not isinstance(widget, QAbstractScrollArea | QStackedWidget):
        yield from _covered(widget)


def _of_label(widget: QLabel) -> Iterator[str]:
    if not widget.text() or not widget.pixmap().isNull():
        return
    size, need = widget.size(), widget.sizeHint()
    if widget.wordWrap():
        high = widget.heightForWidth(size.width())
        if high > size.height() + SLACK:
            yield f"{high} pixels of lines in {size.height()}"
        need = QSize(_longest_word(widget), 0)
    if need.width() > size.width() + SLACK and not (isinstance(widget, Elided) and widget.toolTip() == widget.text()):
        yield f"{need.width()} pixels of text in {size.width()}"
    if not widget.wordWrap() and need.height() > size.height() + SLACK:
        yield f"a line of {need.height()} pixels in {size.height()}"


def _of_line(field: QLineEdit) -> Iterator[str]:
    """A hint that ends in an ellipsis is told whole elsewhere; of a day nothing may be cut."""
    actions = sum(1 for one in field.actions() if one.isVisible())
    room = field.width() - 14 - actions * (field.height() - 14)
    need = field.fontMetrics().horizontalAdvance(field.text() or field.placeholderText())
    if need > room and not field.text() and not field.toolTip():
        yield f"{need} pixels of hint in {room}"
    if need > room and isinstance(field, DayField) and field.text():
        yield f"{need} pixels of a day in {room}"


def _of_scroller(area: QScrollArea | RowTable[Any]) -> Iterator[str]:
    """Sideways nothing scrolls; and there is no scroll bar within a scroll bar, as one of them is always missed."""
    sideways = area.horizontalScrollBar().maximum()
    if sideways > 0 and area.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
        yield f"scrolls sideways by {sideways} of {area.viewport().width()} below {_named(area.parentWidget())}"
    around = area.parentWidget()
    while isinstance(area, QScrollArea) and area.verticalScrollBar().maximum() > 0 and not area.isWindow():
        if isinstance(around, QScrollArea) and around.verticalScrollBar().maximum() > 0:
            yield f"scrolls within what scrolls, below {_named(area.parentWidget())}"
        if around is None or around.isWindow():
            break
        around = around.parentWidget()


def _longest_word(widget: QLabel) -> int:
    words = (word for word in widget.text().split() if word.isascii())
    return max((widget.fontMetrics().horizontalAdvance(word) for word in words), default=0)


def _of_button(widget: QAbstractButton) -> Iterator[str]:
    need = widget.sizeHint() if isinstance(widget, QPushButton) else widget.minimumSizeHint()
    if not widget.text():
        return
    if need.width() > widget.width() + SLACK:
        yield f"{need.width()} pixels of button in {widget.width()}"
    if need.height() > widget.height() + SLACK:
        yield f"a button of {need.height()} pixels in {widget.height()}"


def _covered(widget: QWidget) -> Iterator[str]:
    """Children that lie over one another."""
    inside = [
        child
        for child in widget.children()
        if isinstance(child, QWidget)
        and not child.isHidden()
        and not child.isWindow()
        and not child.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        and child.objectName() not in FLOATING
    ]
    if widget.layout() is None or len(inside) > 200:
        return
    for one, other in combinations(inside, 2):
        shared = one.geometry() & other.geometry()
        if shared.width() > SLACK and shared.height() > SLACK:
            yield f"{_named(one)} lies over {_named(other)}"


def _out_of_reach(widget: QWidget) -> Iterator[str]:
    """Whether a part of it can never be brought into sight."""
    child, parent = widget, widget.parentWidget()
    while parent is not None and not child.isWindow():
        area = parent.parentWidget()
        within = QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size())
        if isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
            if not isinstance(area, QScrollArea):
                return
            shut = area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            if shut and (within.right() > parent.width() + SLACK or within.left() < -SLACK):
                yield f"is cut at the side by {_named(area)}: {within.right()} of {parent.width()}"
            return
        if not parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(within):
            yield f"reaches out of {_named(parent)}: {within} in {parent.size()}"
            return
        child, parent = parent, area


def _named(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else widget.accessibleName()
    return f"{type(widget).__name__} {text[:60]!r}"
