"""The classes of Qt, made on the main thread alone.

PySide makes a class when it is first named, be it by a module or by an event that Qt hands over. It makes the
enumerations of a class in Python, where threads take turns, and another thread finds the class as soon as it is begun:
a table that was painted while a thread made its classes ended the process, one time in twenty when somebody was as
quick to open it as a program can be. So a thread imports only modules of which all classes are there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from types import ModuleType

from PySide6 import QtCore, QtGui, QtWidgets

MODULES = (QtCore, QtGui, QtWidgets)
# What is named by the modules that threads import until the others are made; a test tells what is missing here.
FIRST = {
    QtCore: ("QMimeData", "QPoint", "QRectF"),
    QtGui: ("QClipboard", "QFontMetricsF", "QKeySequence", "QPainterPath", "QSurface", "QWindow"),
    QtWidgets: ("QButtonGroup", "QMenu", "QPlainTextEdit", "QScrollArea", "QStackedLayout"),
}


def first() -> Iterator[Callable[[], object]]:
    """Steps that make what the parts behind the window and the first page need."""
    return (_making(module, name) for module, names in FIRST.items() for name in names)


def others() -> Iterator[Callable[[], object]]:
    """Steps that make all the rest."""
    return (_making(module, name) for module, name in missing())


def missing() -> list[tuple[ModuleType, str]]:
    """What was not made yet, as the module and the name in it."""
    return [(module, name) for module in MODULES for name in dir(module) if name not in vars(module)]


def _making(module: ModuleType, name: str) -> Callable[[], object]:
    return partial(getattr, module, name, None)  # a name of another system has nothing behind it
