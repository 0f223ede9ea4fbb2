"""A whole program over a small profile with planted names, to be locked and unlocked; and where to look for names."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QTextDocument
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot

from rmdesk.app import App, Args, build
from rmdesk.models.clients import Client
from rmdesk.services.store import profile
from rmdesk.ui.unlock.unlock import UnlockGate
from tests.support.build import perform

SEEDS = ("令狐朝露", "欧阳海棠", "Zqxv Planted")
_marks = count(0x5F00)
_mark = next(_marks)


def names() -> tuple[str, ...]:
    """The planted names; made anew at each call, so that a look at all objects does not find the test's own."""
    return tuple(f"{name}{chr(_mark)}" for name in SEEDS)


def make(folder: Path) -> Path:
    """A profile that opens without a passphrase, with three clients, whose names no test before this one knew.

    What only the end of a process takes away of an earlier program is not found in place of a leak then.
    """
    global _mark
    _mark = next(_marks)
    store = profile.create(folder, who="李文静", demo=True)
    for number, name in enumerate(names(), 1):
        client = Client(name=name, initials="zwm", pinyin="zhou wen min", number=f"C{number}", phone="13800138000")
        perform(store, lambda work, client=client: work.add(client))
    store.close()
    return folder


def start(folder: Path, qtbot: QtBot, page: str = "clients") -> App:
    """Start the program and wait for its first page."""
    app = build(Args(folder, language="en", page=page))
    app.show()
    opened(app, qtbot)
    return app


def opened(app: App, qtbot: QtBot) -> None:
    """Wait until the desk is open and at rest."""
    qtbot.waitUntil(lambda: app._parts is not None and app.parts.ahead is not None, timeout=20_000)
    qtbot.waitUntil(lambda: app.window.page() is not None and rests(app), timeout=20_000)


def rests(app: App) -> bool:
    """Whether nothing is read, written or built."""
    page = app.window.page()
    return not app.parts.tasks.running and (page is None or not (page.building or page.stale))


def lock(app: App, qtbot: QtBot) -> UnlockGate:
    """Lock by key, and wait until all is closed."""
    with qtbot.waitSignal(app.parts.start.shut, timeout=20_000):
        app.parts.commands.lock()
    return gate(app)


def gate(app: App) -> UnlockGate:
    """The gate in front of the data."""
    found = app.parts.start._gate
    assert isinstance(found, UnlockGate)
    assert app.window.gated
    return found


def unlock(app: App, qtbot: QtBot) -> None:
    """Open a locked desk again, and wait until it is at rest."""
    qtbot.mouseClick(gate(app).demo, Qt.MouseButton.LeftButton)
    opened(app, qtbot)
    qtbot.waitUntil(lambda: not app.parts.start._back._look.isActive())


def stop(app: App, qtbot: QtBot) -> None:
    """End the program; what is left of it is collected here, as no thread of a later test may do that."""
    qtbot.waitUntil(lambda: not app.parts.tasks.running, timeout=20_000)
    app.window.close()
    app.window.deleteLater()
    gc.collect()


# Where a name may still be.


def said() -> Iterator[str]:
    """Every text that a widget, a model, a document, a title, the clipboard or an accessible object tells."""
    for widget in QApplication.allWidgets():
        yield from _texts(widget)
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from _cells(widget.model())
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is not None:
            for kind in (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value):
                yield interface.text(kind)
    yield QGuiApplication.clipboard().text()
    yield QGuiApplication.applicationDisplayName()


def _texts(widget: QWidget) -> Iterator[str]:
    yield from (widget.windowTitle(), widget.toolTip(), widget.statusTip(), widget.whatsThis())
    yield from (widget.accessibleName(), widget.accessibleDescription())
    for name in ("text", "toPlainText", "title", "placeholderText", "currentText"):
        ask = getattr(widget, name, None)
        if callable(ask):
            try:
                yield str(ask())
            except TypeError:
                continue
    for document in widget.findChildren(QTextDocument):
        yield document.toPlainText()


def _cells(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(min(50, model.rowCount(QModelIndex()))):
        for column in range(model.columnCount(QModelIndex())):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
                yield str(model.data(model.index(row, column), role) or "")


def held() -> list[str]:
    """What of Python's own objects holds a planted name.

    The program puts old objects aside unseen (`gc.freeze`); dead ones among them are only collected once they are back.
    """
    gc.unfreeze()
    gc.collect()
    wanted = names()
    return [
        f"{type(holder).__name__}: {str(holder)[:200]}"
        for holder in gc.get_objects()
        if not isinstance(holder, type(gc)) and holder is not wanted and _holds(holder, wanted)
    ]


def _holds(holder: object, wanted: tuple[str, ...]) -> bool:
    return any(type(one) is str and any(name in one for name in wanted) for one in gc.get_referents(holder))
