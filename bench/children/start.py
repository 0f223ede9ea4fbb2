"""A start of rmdesk on a demo profile: until its window is painted, and until its first page is filled.

With `rest` as a second argument, until all pages are imported and nothing was done for a while.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, Any

from bench.told import DAY, memory, so_far, tell
from rmdesk.cli import main as cli

if TYPE_CHECKING:
    from rmdesk.app import App, Args
    from rmdesk.cli.context import Context

STEP_MS = 2
AFTER_MS = 1500  # what follows a start belongs to its memory
REST_S, QUIET_MS = 1, 4000  # threads give memory back sooner here than for a user, so that nobody waits for it
told: dict[str, float] = {}
opened = cli._window


def window(context: Context) -> int:
    """Open the window as the program does, with two eyes on it."""
    gc.disable()  # what the program does first, too: the import that follows is part of what is measured
    from PySide6.QtGui import QPaintEvent

    from rmdesk import app
    from rmdesk.ui.shell import window as shell

    class Seen(shell.Window):
        """Tells of its first paint, before anything that follows it."""

        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            if not told:
                told.update(so_far("painted"))

    names: Any = app
    names.Window, names.build = Seen, watched
    return opened(context)


def watched(args: Args) -> App:
    """The program as it is, looked at by a timer."""
    from PySide6.QtCore import QTimer

    from rmdesk.app import App
    from rmdesk.ui.tasks import lane

    made, quiet = App(args), list[int]()
    timer = QTimer(made.window, interval=STEP_MS)

    def look() -> None:
        page = made.window.page()
        if page is None or not page._filled or any(line.busy for line in page._lines.values()):
            return
        listed = getattr(page, "list", None)
        if listed is None or listed.seen:
            timer.stop()
            QTimer.singleShot(0, end)  # after what is painted now

    def end() -> None:
        told.update(so_far("filled"))
        if RESTS:
            lane.REST_S = REST_S
            timer.timeout.disconnect()
            timer.timeout.connect(settle)
            timer.start(100)
        else:
            QTimer.singleShot(AFTER_MS, leave)

    def settle() -> None:
        parts = made.parts
        if parts.ahead is None or not parts.ahead.done or parts.desk.index is None or parts.tasks.running:
            quiet.clear()
            return
        quiet.append(0)
        if len(quiet) * timer.interval() >= QUIET_MS:
            timer.stop()
            leave()

    def leave() -> None:
        tell(**told, page=type(made.window.page()).__name__, **memory())
        made.stop()
        os._exit(0)

    timer.timeout.connect(look)
    timer.start()
    return made


cli._window = window
RESTS = "rest" in sys.argv[2:]
sys.argv = ["rmdesk", "--profile", sys.argv[1], "--date", DAY.isoformat()]
sys.exit(cli.main())
