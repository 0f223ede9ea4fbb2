"""Measures the contrast of texts and icons from a picture of a window: what was painted, not what was meant."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QWidget,
)

TEXT, LARGE = 4.5, 3.0  # WCAG 2.2, 1.4.3
SEEN = 1.15  # below it nothing is written there
LARGE_PX, BOLD_PX = 24, 18.66  # from which a text is large, at 100 %


class Patch(NamedTuple):
    """A piece of the picture with a text in it, and how much contrast it needs."""

    name: str
    place: QRect
    need: float


def wrongs(window: QWidget) -> list[str]:
    """Texts whose ink is too near to its ground."""
    picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    scale = picture.devicePixelRatio()
    found = []
    for patch in _patches(window):
        place = QRect(patch.place.topLeft() * scale, patch.place.size() * scale) & picture.rect()
        if place.width() < 4 or place.height() < 6:
            continue
        measured = contrast(picture.copy(place))
        if measured is not None and measured < patch.need:
            found.append(f"{patch.name}: contrast {measured:.2f} of {patch.need}")
    return found


def contrast(picture: QImage) -> float | None:
    """Of the strongest ink to the ground, which is the commonest colour; None where nothing is written.

    Letters are smoothed at their edges, so that thin ones show their full ink in few pixels: the strongest counts.
    """
    pixels = np.frombuffer(picture.constBits(), np.uint32).reshape(picture.height(), -1)[:, : picture.width()]
    colours, counts = np.unique(pixels & 0xFFFFFF, return_counts=True)
    ground = int(np.argmax(counts))
    strongest = max((_ratio(_bright(int(colours[ground])), _bright(int(ink))) for ink in colours), default=0.0)
    return strongest if strongest > SEEN else None


@cache
def _bright(colour: int) -> float:
    parts = ((colour >> by & 0xFF) / 255 for by in (16, 8, 0))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _ratio(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def _patches(window: QWidget) -> Iterator[Patch]:
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not widget.isEnabled() or widget.window() is not window.window():
            continue
        if isinstance(widget, QLabel | QAbstractButton):
            text = widget.text()
            if any(sign.isalnum() for sign in text):
                yield Patch(f"{type(widget).__name__} {text[:40]!r}", _seen(widget, window), _need(widget))
            elif isinstance(widget, QAbstractButton) and not widget.icon().isNull():
                yield Patch(f"icon of {widget.accessibleName()!r}", _seen(widget, window), LARGE)
        elif isinstance(widget, QLineEdit | QPlainTextEdit | QComboBox):
            yield Patch(
                f"{type(widget).__name__} {widget.accessibleName()[:40]!r}", _seen(widget, window), _held(widget)
            )
        elif isinstance(widget, QAbstractItemView):
            yield from _cells(widget, window)


def _cells(view: QAbstractItemView, window: QWidget) -> Iterator[Patch]:
    model, port = view.model(), view.viewport()
    root = view.rootIndex()
    for row in range(min(model.rowCount(root), 3) if model is not None else 0):
        index = model.index(row, 0, root)
        place = view.visualRect(index) & port.visibleRegion().boundingRect()
        if not place.isEmpty() and index.data():
            moved = place.translated(port.mapTo(window, QPoint(0, 0))).adjusted(4, 3, -4, -3)
            yield Patch(f"{type(view).__name__} {str(index.data())[:30]!r}", moved, TEXT)


def _seen(widget: QWidget, window: QWidget) -> QRect:
    """Without the edge, where a ring or a line may be; nothing of what is scrolled half away, with its words."""
    seen = widget.visibleRegion().boundingRect() & widget.rect().adjusted(3, 3, -3, -3)
    if seen.height() < widget.height() - 12:
        return QRect()
    return seen.translated(widget.mapTo(window, QPoint(0, 0)))


def _held(field: QLineEdit | QPlainTextEdit | QComboBox) -> float:
    """What stands in a field, or the hint in its place; in an empty one there is at most a picture."""
    text = field.currentText() if isinstance(field, QComboBox) else _typed(field)
    return TEXT if any(sign.isalnum() for sign in text) else LARGE


def _typed(field: QLineEdit | QPlainTextEdit) -> str:
    text = field.displayText() if isinstance(field, QLineEdit) else field.toPlainText()
    return text or field.placeholderText()


def _need(widget: QWidget) -> float:
    if isinstance(widget, QToolButton):
        return LARGE  # shows its picture alone
    font = widget.font()
    return LARGE if font.pixelSize() >= (BOLD_PX if font.bold() else LARGE_PX) else TEXT
