"""Goes through the gates as a person does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from rmdesk.app import App, Args, build
from rmdesk.services.store import recovery_code
from rmdesk.ui.kit.form import Form
from rmdesk.ui.unlock.code_sheet import CodeSheet
from rmdesk.ui.unlock.first_run import FirstRunGate
from rmdesk.ui.unlock.recover_form import RecoverForm
from rmdesk.ui.unlock.unlock import UnlockGate


@contextmanager
def running(folder: Path, page: str = "settings") -> Iterator[App]:
    """The program on a profile; closed at the end."""
    app = build(Args(folder, language="en", page=page))
    app.show()
    try:
        yield app
    finally:
        app.window.close()
        app.window.deleteLater()


class Robot:
    """What is on the screen of one program, and hands that type."""

    def __init__(self, app: App, qtbot: QtBot) -> None:
        self.app, self.qtbot = app, qtbot

    def first(self) -> FirstRunGate:
        """The gate of the first run, at rest."""
        self.wait(lambda: isinstance(self.app.parts.start._gate, FirstRunGate))
        found = self.app.parts.start._gate
        assert isinstance(found, FirstRunGate)
        return found

    def naming(self) -> tuple[FirstRunGate, Form]:
        """The gate of the first run where a new desk is asked for its name and its key."""
        gate = self.first()
        self.press(gate.new)
        self.wait(lambda: gate.form is not None)
        assert gate.form is not None
        return gate, gate.form

    def forgotten(self, gate: UnlockGate) -> RecoverForm:
        """What the gate asks for instead of the PIN."""
        self.press(gate.forgot)
        self.wait(lambda: gate.recovery is not None)
        assert gate.recovery is not None
        return gate.recovery

    def unlocking(self) -> UnlockGate:
        """The gate that asks for the key, at rest."""
        self.wait(lambda: self.app.window.gated and isinstance(self.app.parts.start._gate, UnlockGate))
        found = self.app.parts.start._gate
        assert isinstance(found, UnlockGate)
        return found

    def enter(self, pin: str) -> None:
        """Open the desk with its PIN."""
        gate = self.unlocking()
        self.type(gate.form, pin=pin)
        self.press(gate.unlock)
        self.opened()

    def opened(self) -> None:
        """Wait for the desk."""
        self.wait(lambda: self.app.window.page() is not None)

    def press(self, button: object) -> None:
        """A click."""
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def type(self, form: Form, **texts: str) -> None:
        """Fill fields with texts."""
        for name, text in texts.items():
            editor = form.fields[name].editor
            assert isinstance(editor, QLineEdit)
            editor.clear()
            self.qtbot.keyClicks(editor, text)

    def copy_and_drill(self, sheet: CodeSheet) -> str:
        """Read the code from the sheet and type back what is asked; gives the code."""
        code = sheet.code
        self.press(sheet.written)
        form = sheet.form
        assert form is not None
        groups = recovery_code.groups(code)
        self.type(form, **{name: groups[int(name.removeprefix("group"))] for name in form.fields})
        self.press(sheet.check)
        return code

    def wait(self, until: Callable[[], bool]) -> None:
        """Until it is so and nothing runs."""
        self.qtbot.waitUntil(
            lambda: self.app.parts.ahead is not None and until() and not self.app.parts.tasks.running, timeout=20_000
        )


@contextmanager
def at_work(folder: Path, qtbot: QtBot, pin: str = "") -> Iterator[Robot]:
    """A desk that is open, with its PIN where it asks for one."""
    with running(folder) as app:
        robot = Robot(app, qtbot)
        if pin:
            robot.enter(pin)
        robot.opened()
        yield robot
