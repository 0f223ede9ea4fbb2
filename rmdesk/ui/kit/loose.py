"""Widgets that were made and have no place yet: Qt deletes with a page only what lies in it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow, QWidget
from shiboken6 import isValid


def loose(owner: QWidget) -> Iterator[QWidget]:
    """The widgets without a parent among what `owner` and its parts call their own.

    A page comes in turns. Dropped before the last of them, it leaves parts behind whose buttons hold on to them: nobody
    would ever delete those, nor the rows that they show.
    """
    seen, waiting = {owner}, [owner]
    while waiting:
        for part in _parts(waiting.pop()):
            if part in seen or not isValid(part) or isinstance(part, QMainWindow):
                continue
            seen.add(part)
            waiting.append(part)
            if part.parent() is None and not part.isVisible():
                yield part


def _parts(owner: QWidget) -> Iterator[QWidget]:
    for value in vars(owner).values():
        if isinstance(value, QWidget):
            yield value
        elif isinstance(value, list | tuple):
            yield from (one for one in value if isinstance(one, QWidget))
        elif isinstance(value, dict):
            yield from (one for one in value.values() if isinstance(one, QWidget))
        elif type(value).__module__.startswith("rmdesk.ui.") and not isinstance(value, QObject):
            held = getattr(value, "__dict__", {})  # of an object that only holds them, such as the lists of an import
            yield from (one for one in held.values() if isinstance(one, QWidget))
