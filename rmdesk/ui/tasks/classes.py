"""The classes of Qt, made on the main thread alone.

PySide makes a class when it is first named, be it by a module or by an event that Qt hands over. It makes the
enumerations of a class in Python, where threads take turns, and another thread finds the class as soon as it is begun.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from types import ModuleType

from PySide6 import QtCore, QtGui, QtWidgets

MODULES = (QtCore, QtGui, QtWidgets)


def others() -> Iterator[Callable[[], object]]:
    """Steps that make all that were not made yet: a page asks for many at once."""
    return (partial(getattr, module, name, None) for module, name in missing())  # None: of another system


def missing() -> list[tuple[ModuleType, str]]:
    """What was not made yet, as the module and the name in it."""
    return [(module, name) for module in MODULES for name in dir(module) if name not in vars(module)]
