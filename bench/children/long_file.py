"""In the window: a key in the search until its texts are painted, and the file of a client with a long history.

The floor of the file is the bare reading of the same texts and Qt's own list with them, painted.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QStringListModel, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView

from bench.told import DAY, memory, tell
from rmdesk.app import App, Args
from rmdesk.base import clock
from rmdesk.services.store import profile

LONG, OTHER = 1, 2  # clients
TYPED = ("liuxuefei", "lxfy", "chaju", "baoxian", "lcj")
TEXTS = 'SELECT "on", content FROM visit WHERE client_id = ? ORDER BY "on" DESC'
PAUSE = QEventLoop.ProcessEventsFlag.WaitForMoreEvents


def main(folder: Path, runs: int) -> None:
    """Measure and tell."""
    gc.disable()
    clock.fix(DAY)
    app = App(Args(profile=folder, language="zh_CN"))
    app.show()
    ticks = QTimer(interval=20)  # so that waiting for events never waits for ever
    ticks.start()
    _until(lambda: app.window.page() is not None and app.parts.desk.index is not None and not app.parts.tasks.running)
    keys = [took for word in TYPED for took in _keys(app, word)]
    files = [(_opened(app, LONG), _bare(folder, app)) for _ in range(runs) if _opened(app, OTHER)]
    tell(keys=keys, files=files, entries=len(app.window.page().overview.timeline.view.events), **memory())  # type: ignore[union-attr]
    app.stop()
    os._exit(0)


def _until(done: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not done() and time.monotonic() < until:
        QApplication.processEvents(PAUSE)


def _keys(app: App, word: str) -> list[float]:
    """Milliseconds from each key until the list with the texts in it is painted."""
    searching, field = app.parts.session.searching, app.window.topbar.search
    app.parts.commands.search()
    field.clear()
    took = []
    for letter in word:
        began = time.perf_counter()
        QTest.keyClick(field, Qt.Key(ord(letter.upper())))
        _until(lambda: not searching._texts._line.busy)
        searching.popup.list.viewport().repaint()
        took.append((time.perf_counter() - began) * 1000)
    field.clear()
    return took


def _opened(app: App, client: int) -> float:
    """Milliseconds until the file is open and its timeline painted."""
    began = time.perf_counter()
    app.parts.desk.go("client", client=client)

    def rests() -> bool:
        page = app.window.page()
        if page is None or not page._filled or page.building:
            return False
        return page.client == client and not any(line.busy for line in page._lines.values())  # type: ignore[attr-defined]

    QApplication.processEvents()
    _until(rests)
    app.window.page().overview.timeline.view.viewport().repaint()  # type: ignore[union-attr]
    return (time.perf_counter() - began) * 1000


def _bare(folder: Path, app: App) -> float:
    """The same texts read and shown in Qt's own list."""
    reader = profile.open_demo(folder).reader()
    began = time.perf_counter()
    lines = [f"{day}  {text}" for day, text in reader.rows(TEXTS, (LONG,))]
    view = QListView(app.window)
    view.setUniformItemSizes(True)
    view.setModel(QStringListModel(lines, view))
    view.resize(600, 500)
    view.show()
    view.viewport().repaint()
    took = (time.perf_counter() - began) * 1000
    view.hide()
    view.deleteLater()
    reader.close()
    return took


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
