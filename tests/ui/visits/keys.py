"""The whole program, typed at: every key goes to the window, as from a keyboard, and key sequences are counted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from rmdesk.app import App, Args, build
from rmdesk.services.store import profile
from rmdesk.services.store.store import Store
from rmdesk.ui.unlock.unlock import UnlockGate

PHRASE = "correct horse battery staple"
# For a process of its own that has built an `app` and knows the `phrase`: unlocks it, and opens the form of a visit.
LOGGING_A_VISIT = """
def until(holds):
    while not holds():
        app.qt.processEvents()

until(lambda: app._parts is not None and app.parts.ahead is not None)
until(lambda: app.parts.start._gate is not None and not app.parts.tasks.running)
gate = app.parts.start._gate
QTest.keyClicks(gate.secret, phrase)
QTest.keyClick(gate.secret, Qt.Key.Key_Return)
until(lambda: app.window.page() is not None and not app.parts.tasks.running)
app.parts.desk.ask("visit", client=1)
until(lambda: app.window.page().form.content.isVisible() and not app.parts.tasks.running)
"""


class Typist:
    """Types at a program. `text` is what would be written on paper; `press` is a key sequence, and is counted."""

    def __init__(self, app: App, qtbot: QtBot) -> None:
        self.app, self.qtbot, self.pressed = app, qtbot, 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key sequence."""
        self.pressed += 1
        QTest.keyClick(self.handle(), key, modifier)
        QApplication.processEvents()

    def text(self, text: str) -> None:
        """Text, sign by sign where a keyboard has the sign; else as an input method brings it."""
        if text.isascii():
            for sign in text:
                QTest.keyClick(self.handle(), sign)
                QApplication.processEvents()
            return
        from PySide6.QtGui import QInputMethodEvent

        event = QInputMethodEvent()
        event.setCommitString(text)
        focus = QApplication.focusWidget()
        assert focus is not None
        QApplication.sendEvent(focus, event)

    def focus(self) -> QWidget | None:
        """Where the keys go."""
        return QApplication.focusWidget()

    def settle(self) -> None:
        """Wait until nothing is read or written."""
        self.qtbot.waitUntil(lambda: not self.app.parts.tasks.running, timeout=20_000)

    def handle(self) -> object:
        """The window of the screen that has the focus."""
        active = QApplication.activeWindow() or self.app.window
        return active.windowHandle()


def make(folder: Path) -> Store:
    """A new profile whose passphrase is known."""
    return profile.create(folder, who="李文静", passphrase=PHRASE)


def start(folder: Path, qtbot: QtBot, page: str = "clients") -> Typist:
    """Start the program and unlock it."""
    app = build(Args(folder, language="en", page=page))
    app.show()
    qtbot.waitUntil(lambda: app.parts.ahead is not None)
    unlock(app, qtbot)
    return Typist(app, qtbot)


def unlock(app: App, qtbot: QtBot) -> None:
    """Answer the gate, and wait for the first page."""
    qtbot.waitUntil(lambda: isinstance(app.parts.start._gate, UnlockGate) and not app.parts.tasks.running)
    asked = app.parts.start._gate
    assert isinstance(asked, UnlockGate)
    qtbot.keyClicks(asked.secret, PHRASE)
    qtbot.keyClick(asked.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: app.window.page() is not None and not app.parts.tasks.running, timeout=20_000)
    app.window.activateWindow()
    qtbot.waitUntil(app.window.isActiveWindow)


def stop(typist: Typist) -> None:
    """End the program."""
    typist.settle()
    typist.app.window.close()
    typist.app.window.deleteLater()
