"""The one place where parts are created and joined: the program with its window.

The order is part of the design: Qt first, then its import hook off, the window painted, and only then the store and
the services. A test holds that nothing heavy is imported at the first paint.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

with suppress(ImportError):
    # PySide6 reads the source of every module imported after it, to look for its own features (floors: +29 % CPU).
    from shibokensupport import feature

    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = lambda _module: False

from rmdesk.base import paths
from rmdesk.ui.kit.state import State
from rmdesk.ui.shell import instance, looks
from rmdesk.ui.shell.commands import Commands
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.errors import Door
from rmdesk.ui.shell.session import Session
from rmdesk.ui.shell.start import Start
from rmdesk.ui.shell.window import Window
from rmdesk.ui.tasks.runner import Tasks
from rmdesk.ui.tasks.tidy import Tidy


@dataclass(frozen=True, slots=True)
class Args:
    """What the window is started with; `page` is the one to begin with."""

    profile: Path | None = None
    language: str = ""
    demo: bool = False
    page: str = ""


class App:
    """All parts of the running program; kept alive as long as the window is."""

    def __init__(self, args: Args) -> None:
        qt = QApplication.instance()
        self.qt: Any = qt if isinstance(qt, QApplication) else QApplication([])
        self.qt.setApplicationName("rmdesk")
        self.folder = args.profile or paths.profile("demo" if args.demo else "default")
        self.state = State(self.folder)
        looks.dress(self.state, args.language)
        self.tasks = Tasks()
        self.window = Window(self.state)
        self.door = Door(self.window)
        self.tasks.door = self.door.of_task
        self.desk = WindowDesk(self.tasks, self.state, self.window, self.door)
        self.session = Session(self.desk, args.language)
        self.start = Start(self.desk, self.session, self.folder, demo=args.demo, page=args.page)
        self.commands = Commands(self.desk, self.session, self.start)
        self.session.relabelled.connect(self.start.retranslate)
        self.listener: instance.Listener | None = None
        self.tidy: Tidy | None = None
        self.window.painted.connect(self._painted)
        self.window.closing.connect(self.stop)

    def show(self) -> None:
        """Paint the window; what takes time begins after that."""
        self.start.before_paint()
        self.window.show()

    def stop(self) -> None:
        """End the threads and close the store."""
        self.start.idle.stop()
        self.session.ended()
        self.desk.closed()
        self.tasks.stop()
        if self.tidy is not None:
            self.tidy.stop()
        if self.listener is not None:
            self.listener.close()

    def _painted(self) -> None:
        self.tidy = Tidy(self.window)
        self.start.begin()
        self.listener = instance.Listener(self.folder, self.window)
        self.listener.called.connect(self.window.bring_forward)


def build(args: Args) -> App:
    """The program, not yet shown."""
    return App(args)


def run(
    profile: Path | None = None, *, language: str | None = None, demo: bool = False, page: str | None = None
) -> int:
    """Show the window of a profile and stay until it is closed; gives the exit status.

    A second start for the same profile brings the first window forward and ends at once. Raises Known when the
    profile's folder cannot be used at all.
    """
    args = Args(profile, language or "", demo, page or "")
    folder = profile or paths.profile("demo" if demo else "default")
    held = instance.hold(folder)
    if held is None:
        return 0
    try:
        app = build(args)
        app.door.watch()
        app.show()
        return int(app.qt.exec())
    finally:
        held.release()
