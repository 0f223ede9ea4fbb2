"""Hands at the real program: keys go to the window as from a keyboard; what is written goes through the desk."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from rmdesk.app import App, Args, build
from rmdesk.base.errors import Refused
from rmdesk.services.store.command import Command
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.store import Store
from rmdesk.ui.kit.page import Page
from rmdesk.ui.shell.touring import OVER

P = ParamSpec("P")
T = TypeVar("T")
Shown = TypeVar("Shown", bound=Page)
PATIENCE = 30.0
DEPTH = 8  # calls of a thread that are told
NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


class Hands:
    """The program on one profile. `pressed` counts key sequences; what one would write on paper is not counted."""

    def __init__(self, profile: Path, language: str) -> None:
        self.app: App = build(Args(profile, language=language))
        self.app.state.keep(OVER, True)  # nobody is shown round: a key goes where the manager sends it
        self.app.show()
        self.pressed = 0
        self.wait(lambda: self.app.parts.tasks.store is not None and self.app.window.page() is not None)
        self.settle()
        self.app.window.activateWindow()
        self.wait(self.app.window.isActiveWindow)

    @property
    def store(self) -> Store:
        """The open store."""
        store = self.app.parts.tasks.store
        assert store is not None
        return store

    def read(self, query: Callable[Concatenate[Reads, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Ask what a page would ask."""
        return self.store.read(query, *args, **kwargs)

    def do(self, command: Command[T]) -> T:
        """Do it as a button does: through the desk, so that it can be taken back."""
        came: list[T] = []
        failed: list[BaseException] = []
        task = self.app.parts.desk.perform(command)
        task.done.connect(lambda outcome: came.append(outcome.result))
        task.failed.connect(failed.append)
        self.wait(lambda: bool(came or failed))
        self.settle()
        if failed:
            raise failed[0]
        return came[0]

    def refused(self, command: Command[Any]) -> Refused:
        """Do what must be refused; gives back what was said."""
        try:
            self.do(command)
        except Refused as error:
            return error
        raise AssertionError(f"{type(command).__name__} was not refused")

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """One key sequence, to the window that has the focus."""
        self.pressed += 1
        QTest.keyClick((QApplication.activeWindow() or self.app.window).windowHandle(), key, modifier)
        QApplication.processEvents()

    def write(self, text: str) -> None:
        """Text as an input method brings it."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        focus = QApplication.focusWidget()
        assert focus is not None
        QApplication.sendEvent(focus, event)
        QApplication.processEvents()

    def write_in(self, field: QWidget, text: str) -> None:
        """Go to a field and write."""
        field.setFocus()
        self.write(text)

    def page(self, kind: type[Shown]) -> Shown:
        """The page that is shown, once it is one of this kind and at rest."""
        self.wait(lambda: isinstance(self.app.window.page(), kind))
        self.settle()
        page = self.app.window.page()
        assert isinstance(page, kind)
        return page

    def settle(self) -> None:
        """Wait until nothing is read or written."""
        self.wait(lambda: not self.app.parts.tasks.running)

    def wait(self, until: Callable[[], object]) -> None:
        """Let the window work until something is so."""
        began = time.monotonic()
        while not until():
            self.app.qt.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
            if time.monotonic() - began > PATIENCE:
                raise TimeoutError(f"The program did not get there. {self._where()}")

    def _where(self) -> str:
        """What runs, what is shown, and where each thread is: a night's run tells it once."""
        tasks, page = self.app.parts.tasks, self.app.window.page()
        running = tasks.running
        QTest.qWait(500)
        doing = [f"{task.label or 'work'} {task.progress.seen}{', over now' * task.over}" for task in running]
        waiting = {lane.name: lane._jobs.qsize() for lane in (tasks._read, tasks._write, tasks._long, tasks._talk)}
        waiting["answers"] = tasks._bridge._calls.qsize()
        frames = sys._current_frames()
        stacks = {one.name: traceback.format_stack(frames[one.ident])[-DEPTH:] for one in threading.enumerate()
                  if one.ident in frames}  # fmt: skip
        tops = [type(one).__name__ for one in QApplication.topLevelWidgets() if one.isVisible()]
        told = "".join(f"\n-- {name}\n{''.join(stack)}" for name, stack in stacks.items())
        shown = f"page: {type(page).__name__}; seen: {tops}"
        return f"Open: {tasks.store is not None}; running: {doing}; waiting: {waiting}; {shown}{told}"

    def stop(self, *, at_once: bool = False) -> None:
        """End the program, `at_once` where something went wrong: what it still does is not waited for."""
        if not at_once:
            self.settle()
        self.app.window.close()
        self.app.window.deleteLater()
        QApplication.processEvents()
