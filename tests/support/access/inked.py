"""Watches texts while widgets paint themselves: which were shortened without saying so, cut, or painted over another.

What paints itself has no label that could be measured: only the calls of the painter tell where its texts lie.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

SLACK = 2.5  # pixels that nobody sees
WRAPS = int(Qt.TextFlag.TextWordWrap) | int(Qt.TextFlag.TextWrapAnywhere)
ASIDE = ("Watermark",)  # lies over everything on purpose


@dataclass(slots=True)
class Painted:
    """Texts of one widget: where each lies, and which were shortened."""

    widget: QWidget
    texts: list[tuple[QRectF, str]] = field(default_factory=list)
    wrongs: list[str] = field(default_factory=list)


class Watched:
    """What was painted while it was watched."""

    def __init__(self) -> None:
        self.by: dict[tuple[int, int], Painted] = {}

    def of(self, widget: QWidget, canvas: object = None) -> Painted:
        """What a widget painted on itself, or on a picture that it keeps."""
        return self.by.setdefault((id(widget), 0 if isinstance(canvas, QWidget) else id(canvas)), Painted(widget))

    def wrongs(self) -> list[str]:
        """Each once, with the widget it is in."""
        found: dict[str, None] = {}
        for one in self.by.values():
            kind = type(one.widget).__name__
            if kind in ASIDE:
                continue
            found |= dict.fromkeys(f"{kind}: {wrong}" for wrong in one.wrongs)
            for (first, text), (second, other) in combinations(one.texts, 2):
                shared = first & second
                if shared.width() > SLACK and shared.height() > SLACK:
                    found[f"{kind}: {text!r} is painted over {other!r}"] = None
        return list(found)


@contextmanager
def watched() -> Iterator[Watched]:
    """Watch what widgets of this house paint by themselves."""
    seen = Watched()
    draw, shorten = QPainter.drawText, QFontMetricsF.elidedText

    def drawing(painter: QPainter, *asked: Any) -> Any:
        widget = _painting()
        if widget is not None:
            _note(seen.of(widget, painter.device()), painter, asked)
        return draw(painter, *asked)

    def shortening(metrics: QFontMetricsF, text: str, *asked: Any) -> str:
        short = shorten(metrics, text, *asked)
        widget = _painting()
        if short != text and widget is not None and not _tells(widget):
            seen.of(widget).wrongs.append(f"{text[:40]!r} is shortened and no hint tells it")
        return short

    QPainter.drawText, QFontMetricsF.elidedText = drawing, shortening  # type: ignore[assignment, method-assign]
    try:
        yield seen
    finally:
        QPainter.drawText, QFontMetricsF.elidedText = draw, shorten  # type: ignore[method-assign]


def _painting() -> QWidget | None:
    """The widget whose `paintEvent` runs."""
    frame = sys._getframe(2)
    while frame is not None:
        if frame.f_code.co_name == "paintEvent" and isinstance(frame.f_locals.get("self"), QWidget):
            return frame.f_locals["self"]
        frame = frame.f_back  # type: ignore[assignment]
    return None


def _note(one: Painted, painter: QPainter, asked: tuple[Any, ...]) -> None:
    place, text = asked[0], str(asked[-1] if isinstance(asked[-1], str) else asked[-2])
    metrics = QFontMetricsF(painter.font(), painter.device())
    if not text.strip():
        return
    if isinstance(place, QPointF) or not hasattr(place, "width"):
        if not hasattr(place, "x"):
            return
        box = metrics.tightBoundingRect(text).translated(place.x(), place.y())
        whole = QRectF(one.widget.rect())
    else:
        flags = int(asked[1]) if len(asked) > 2 else 0
        whole = QRectF(place)
        box = metrics.boundingRect(whole, flags, text)
        if box.height() > whole.height() + 2 * SLACK:
            one.wrongs.append(f"{text[:40]!r} is {box.height():.0f} pixels high in {whole.height():.0f}")
        tight = metrics.tightBoundingRect(text).height()
        if not flags & WRAPS:
            box = QRectF(box.left(), box.center().y() - tight / 2, box.width(), tight)
    if box.right() > whole.right() + SLACK or box.left() < whole.left() - SLACK:
        one.wrongs.append(f"{text[:40]!r} is {box.width():.0f} pixels wide in {whole.width():.0f}")
    one.texts.append((painter.transform().mapRect(box & whole), text[:40]))


def _tells(widget: QWidget) -> bool:
    """Whether a hint tells all of it."""
    if widget.toolTip():
        return True
    return any(
        "event" in vars(kind) or "mouseMoveEvent" in vars(kind)
        for kind in type(widget).__mro__
        if kind.__module__.startswith("rmdesk")
    )
