"""A start of rmdesk on a demo profile: until its window is painted, and until its first page is filled."""

from __future__ import annotations

import os
import sys

from PySide6.QtGui import QPaintEvent

import rmdesk.app as app
from bench.told import DAY, memory, so_far, tell
from rmdesk.cli.main import main

STEP_MS = 2
told: dict[str, float] = {}


def watch(args: app.Args) -> app.App:
    """The program as it is, looked at by a timer."""
    from PySide6.QtCore import QTimer

    made = app.App(args)
    timer = QTimer(made.window, interval=STEP_MS)

    def look() -> None:
        page = made.window.page()
        if page is None or not page._filled or any(line.busy for line in page._lines.values()):
            return
        timer.stop()
        QTimer.singleShot(0, end)

    def end() -> None:
        told.update(so_far("filled"))
        QTimer.singleShot(1500, leave)  # what follows a start belongs to its memory

    def leave() -> None:
        tell(**told, page=type(made.window.page()).__name__, modules=len(sys.modules), **memory())
        made.stop()
        os._exit(0)

    timer.timeout.connect(look)
    timer.start()
    return made


class Window(app.Window):
    """Tells of its first paint, before anything that follows it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not told:
            told.update(so_far("painted"))


app.Window = Window  # type: ignore[misc]
app.build = watch
sys.argv = ["rmdesk", "--profile", sys.argv[1], "--date", DAY.isoformat()]
sys.exit(main())
