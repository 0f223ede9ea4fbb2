"""Measures marks from pictures: the ring that comes with the keyboard, and what is drawn on a ground."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from tests.support.access import ink

LEAST = 3.0  # WCAG 2.2, 1.4.11
AROUND = 3  # pixels around a control in which its ground is looked for
EDGE = AROUND + 6  # pixels from the end of the picture in which a ring may run
STRAIGHT = 0.3  # of a side: round corners leave no more of a low button
Pixels = npt.NDArray[np.uint32]


class Ring(NamedTuple):
    """What the keyboard adds to a control: the best contrast of a changed pixel, and how much of it stands out."""

    contrast: float
    sides: int  # of the four: along how many a line runs
    thick: float  # pixels of ring for a pixel of those sides


def picture(widget: QWidget) -> Pixels:
    """The pixels of a widget, as 0xrrggbb."""
    made = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    held = np.frombuffer(made.constBits(), np.uint32).reshape(made.height(), -1)[:, : made.width()]
    return held.copy() & np.uint32(0xFFFFFF)


def ratio(one: int, other: int) -> float:
    """Contrast of two colours, given as numbers."""
    return ink._ratio(ink._bright(one), ink._bright(other))


def of_token(colour: QColor) -> int:
    """A colour as a number."""
    return colour.rgb() & 0xFFFFFF


def around(window: QWidget, widget: QWidget) -> QRect:
    """Where a control lies in the picture of its window, with a little of what is beside it."""
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    return place.adjusted(-AROUND, -AROUND, AROUND, AROUND) & window.rect()


def cut(pixels: Pixels, place: QRect) -> Pixels:
    """A piece of a picture."""
    return pixels[place.top() : place.bottom() + 1, place.left() : place.right() + 1]


def ring(before: Pixels, after: Pixels) -> Ring:
    """What came, against the ground beside the control; `before` and `after` are pictures of the same place."""
    ground = int(Counter(after[0].tolist()).most_common(1)[0][0])
    changed = before != after
    if not changed.any():
        return Ring(1.0, 0, 0.0)
    strong = np.zeros(changed.shape, bool)
    best = 1.0
    for colour in np.unique(after[changed]).tolist():
        measured = ratio(colour, ground)
        best = max(best, measured)
        if measured >= LEAST:
            strong |= changed & (after == colour)
    high, wide = strong.shape
    rows, columns = strong.sum(axis=1) / (wide - 2 * AROUND), strong.sum(axis=0) / (high - 2 * AROUND)
    bands = [rows[:EDGE], rows[-EDGE:], columns[:EDGE], columns[-EDGE:]]
    lines = [band[band >= STRAIGHT] for band in bands]
    found = [line for line in lines if len(line)]
    return Ring(best, len(found), min((len(line) for line in found), default=0))


def strongest(pixels: Pixels, ground: int, least: int = 12) -> float:
    """The best contrast of a colour that at least so many pixels have."""
    colours, counts = np.unique(pixels, return_counts=True)
    return max(
        (ratio(int(one), ground) for one, count in zip(colours, counts, strict=True) if count >= least), default=1
    )
