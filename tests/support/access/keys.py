"""Goes through a window with Tab, and says where the way is broken or leads back and forth."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QAbstractSpinBox, QComboBox, QScrollArea, QScrollBar, QWidget

MOST = 600  # steps after which it can be no circle


def stops(inside: QWidget) -> list[QWidget]:
    """What Tab should stop at; the insides of a spin box or a combo box are part of it."""
    return [
        widget
        for widget in inside.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and widget.window() is inside.window()
        and not isinstance(widget, QScrollBar)
        and not isinstance(widget.parent(), QAbstractSpinBox | QComboBox | QAbstractScrollArea)
    ]


def way(first: QWidget) -> list[QWidget]:
    """Everything that Tab comes to, from here until it is here again."""
    window = first.window()
    window.activateWindow()
    first.setFocus()
    seen: list[QWidget] = []
    for _step in range(MOST):
        now = window.focusWidget()
        if now is None or now in seen:
            break
        seen.append(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    return seen


def wrongs(gone: list[QWidget], inside: QWidget) -> list[str]:
    """What is wrong with a way (that comes round) as far as it must lead through `inside`."""
    found = []
    missed = [_named(widget) for widget in stops(inside) if widget not in gone]
    found += [f"{name} is not reached by Tab" for name in missed]
    within = [widget for widget in gone if inside.isAncestorOf(widget)]
    return [*found, *_back_and_forth(within), *_in_and_out(within)]


def _back_and_forth(gone: list[QWidget]) -> Iterator[str]:
    """Neighbours in one and the same box are met as one reads: from the left in a line, and from line to line."""
    for one, other in pairwise(gone):
        if one.parent() is not other.parent():
            continue
        here, there = _place(one), _place(other)
        shared = min(here.bottom(), there.bottom()) - max(here.top(), there.top())
        beside = shared > min(here.height(), there.height()) / 2
        if (beside and there.right() <= here.left()) or there.bottom() <= here.top():
            yield f"Tab goes back from {_named(one)} to {_named(other)}"


def _in_and_out(gone: list[QWidget]) -> Iterator[str]:
    """A card, a scrolling part: Tab goes through it before it leaves it."""
    boxes = {box for widget in gone for box in _around(widget) if _whole(box)}
    for box in boxes:
        inside = [box.isAncestorOf(widget) for widget in gone]
        left = [at for at, within in enumerate(inside) if within and not inside[(at + 1) % len(inside)]]
        if len(left) > 1:
            yield f"Tab leaves {_named(box)} for {_named(gone[(left[0] + 1) % len(gone)])} and comes back later"


def _whole(box: QWidget) -> bool:
    return isinstance(box, QScrollArea) or box.property("role") == "card"


def _around(widget: QWidget) -> Iterator[QWidget]:
    parent = widget.parentWidget()
    while parent is not None:
        yield parent
        parent = parent.parentWidget()


def _place(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())


def _named(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName() or getattr(widget, 'text', str)()!r}"
