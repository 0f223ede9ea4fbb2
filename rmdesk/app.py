"""The one place where parts are created and joined: the program with its window.

The order is part of the design: Qt first, then its import hook off, the window painted, and only then the store and
the services. A test holds that nothing heavy is imported at the first paint.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtWidgets import QApplication

with suppress(ImportError):
    # PySide6 reads the source of every module imported after it, to look for its own features (floors: +29 % CPU).
    from shibokensupport import feature

    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = lambda _module: False

from rmdesk.base import paths
from rmdesk.ui.kit.state import State
from rmdesk.ui.kit.theme import ARGUMENTS
from rmdesk.ui.shell import looks
from rmdesk.ui.shell.application import Application
from rmdesk.ui.shell.window import Window

if TYPE_CHECKING:
    from rmdesk.ui.shell.imports import Imports
    from rmdesk.ui.shell.joined import Joined
    from rmdesk.ui.tasks.runner import Tasks
    from rmdesk.ui.tasks.tidy import Tidy

REST_S = 60  # seconds without a touch after which nobody is at the desk


class Args(NamedTuple):
    """What the window is started with; `page` is the one to begin with, `files` are to be imported."""

    profile: Path | None = None
    language: str = ""
    demo: bool = False
    page: str = ""
    files: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        """The folder of the profile."""
        return self.profile or paths.profile("demo" if self.demo else "default")


class App:
    """The running program: the window at once, everything behind it (`parts`) after the first paint."""

    def __init__(self, args: Args) -> None:
        qt = QApplication.instance()
        self.qt: Any = qt if isinstance(qt, QApplication) else Application(ARGUMENTS)
        self.qt.setApplicationName("rmdesk")
        self.qt.setDesktopFileName("com.rmdesk.desk")  # by which a desktop finds icon and name of the window
        self.args = args
        self.state = State(args.folder)
        looks.dress(self.state, args.language)
        self.window = Window(self.state)
        self.window.painted.connect(self._painted)
        self.window.closing.connect(self.stop)
        self._parts: Joined | None = None
        self._tasks: Tasks | None = None
        self._tidy: Tidy | None = None
        self._imports: Imports | None = None

    @property
    def tasks(self) -> Tasks:
        """The threads; made when first asked for."""
        if self._tasks is None:
            from rmdesk.ui.tasks.runner import Tasks
            from rmdesk.ui.tasks.tidy import Tidy

            self._tidy = Tidy(self.window, self._rests)
            self._tasks = Tasks()
        return self._tasks

    @property
    def parts(self) -> Joined:
        """Desk, session and the rest; made when first asked for."""
        if self._parts is None:
            from rmdesk.ui.shell.joined import Joined

            args = self.args
            self._parts = Joined(
                self.window,
                self.state,
                self.tasks,
                args.folder,
                args.language,
                demo=args.demo,
                page=args.page,
                files=args.files,
            )
        return self._parts

    def show(self) -> None:
        """Paint the window; what takes time begins after that. A first run has nothing to show but its gate."""
        if not self.args.demo and not (self.args.folder / "rmdesk.db").exists():
            self.parts.start.first_run()
        self.window.show()

    def stop(self) -> None:
        """End the threads and close the store."""
        if self._imports is not None:
            self._imports.stop()
        if self._parts is not None:
            self._parts.stop()
        if self._tasks is not None and self._tidy is not None:
            self._tasks.stop()
            self._tidy.stop()

    def _rests(self) -> bool:
        """Whether nobody has touched the window for a while."""
        return self._parts is not None and self._parts.start.idle.rested > REST_S

    def _painted(self) -> None:
        """Import what stands behind the window, while it answers."""
        from rmdesk.ui.shell.imports import Imports

        self._imports = Imports(self.tasks, self.window)
        self._imports.begin("desk", lambda: self.parts.begin())


def build(args: Args) -> App:
    """The program, not yet shown."""
    return App(args)


def run(
    profile: Path | None = None,
    *,
    language: str | None = None,
    demo: bool = False,
    page: str | None = None,
    files: tuple[str, ...] = (),
) -> int:
    """Show the window of a profile and stay until it is closed; gives the exit status.

    A second start for the same profile brings the first window forward, hands it the files and ends at once. Raises
    Known when the profile's folder cannot be used at all.
    """
    args = Args(profile, language or "", demo, page or "", files)
    from rmdesk.ui.shell import instance

    held = instance.hold(args.folder, files)
    if held is None:
        return 0
    try:
        app = build(args)
        app.show()
        return int(app.qt.exec())
    finally:
        held.release()
