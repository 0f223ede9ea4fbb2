"""Fixtures for screens: no display, the light theme, and a real desk over a real store."""

from __future__ import annotations

import gc
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from rmdesk.services.store.store import Store
from rmdesk.ui.kit.state import State
from rmdesk.ui.kit.theme import ARGUMENTS, Scheme, theme
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.errors import Door
from rmdesk.ui.shell.notices import Notices
from rmdesk.ui.shell.window import Window
from rmdesk.ui.tasks.runner import Tasks
from rmdesk.ui.tasks.task import Task
from tests.support import main_thread

main_thread.watch_imports()

PATIENCE = 30_000  # milliseconds, six times pytest-qt's own: the machine may do other things, too
for wait in (
    QtBot.waitUntil,
    QtBot.waitSignal,
    QtBot.waitSignals,
    QtBot.waitCallback,
    QtBot.waitActive,
    QtBot.waitExposed,
):
    wait.__kwdefaults__["timeout"] = PATIENCE


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """As the program starts."""
    return list(ARGUMENTS)


@pytest.fixture(autouse=True)
def light(qapp: Any) -> None:
    """Every test begins with the light theme at 100 %."""
    # Dressing the application again, where it is dressed so, takes longer than many a test.
    if (theme.scheme, theme.percent, theme.dark) != (Scheme.LIGHT, 100, False) or qapp.font() != theme.font():
        theme.use(Scheme.LIGHT, 100)


@pytest.fixture(scope="session", autouse=True)
def nothing_copied(qapp: Any) -> Iterator[None]:
    """Without a display Qt keeps what was copied until Python has ended, and lets go of it in Python then."""
    yield
    qapp.clipboard().clear()


FULL_EVERY = 50
_tests = count(1)


@pytest.fixture(autouse=True)
def swept_here() -> Iterator[None]:
    """Rubbish is taken out on the main thread alone, as ui/tasks/tidy.py does it: elsewhere Qt's objects crash."""
    gc.disable()
    yield
    gc.collect(2 if next(_tests) % FULL_EVERY == 0 else 1)


@dataclass(slots=True)
class Seen:
    """Errors that came to the door."""

    errors: list[BaseException] = field(default_factory=list)

    def tell(self, error: BaseException, task: Task[Any]) -> None:
        self.errors.append(error)


@pytest.fixture
def door() -> Seen:
    return Seen()


@pytest.fixture
def tasks(qtbot: QtBot, store: Store, door: Seen) -> Iterator[Tasks]:
    """Real threads over a real store; ends with none of them alive."""
    made = Tasks(door.tell)
    made.open(store)
    yield made
    made.stop()


@pytest.fixture
def state(tmp_path: Path) -> State:
    return State(tmp_path)


@pytest.fixture
def desk(qtbot: QtBot, tasks: Tasks, store: Store, state: State) -> Iterator[WindowDesk]:
    """The desk of a real window that is open on the store."""
    window = Window(state)  # not given to qtbot, which would delete it before the desk is closed
    notices = Notices()
    made = WindowDesk(tasks, state, window, Door(window, notices), notices)
    made.opened(store)
    window.show()
    yield made
    qtbot.waitUntil(lambda: not tasks.running)
    made.closed()
    window.close()
    window.deleteLater()


class Noting(QObject):
    """Notes every widget that is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


@pytest.fixture
def windows(desk: WindowDesk, qapp: Any) -> Iterator[list[str]]:
    """Which widgets became windows after the window itself was there."""
    noting = Noting()
    qapp.installEventFilter(noting)
    yield noting.seen
    qapp.removeEventFilter(noting)
