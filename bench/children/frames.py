"""The Clients page at work, and a whole scenario with an eye on every stretch that holds the main thread."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

from bench.told import DAY, memory, tell
from bench.watch import Stretch, Watch
from rmdesk.app import App, Args
from rmdesk.base import clock
from rmdesk.services.clients.filters import ClientFilter
from rmdesk.ui.clients.tabs import TABS
from rmdesk.ui.shell.routes import ROUTES

Step = tuple[str, Callable[[], object], Callable[[], bool]]
REST_MS = 60
STUCK_MS = 900_000
FIRST, AGAIN = ", first visit", ", again"
PAGES = 40
ELSEWHERE = ("client", "log")  # pages with steps of their own


class Scenario:
    """Does one step after another in the running program; `taken` is how long each took until its page was at rest."""

    def __init__(self, app: App, steps: Iterator[Step]) -> None:
        self.app, self.steps = app, steps
        self.taken: dict[str, float] = {}
        self.watch = Watch()
        self._done: Callable[[], bool] = lambda: True
        self._began = time.perf_counter()
        self._timer = QTimer(interval=4)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        if not self._done():
            return
        self._timer.stop()
        QTimer.singleShot(0, self._next)  # after what is painted now

    def _next(self) -> None:
        if self.watch.step:
            took = (time.perf_counter() - self._began) * 1000
            self.taken[self.watch.step] = max(took, self.taken.get(self.watch.step, 0))
        QTimer.singleShot(REST_MS, self._begin)

    def _begin(self) -> None:
        step = next(self.steps, None)
        if step is None:
            self._end()
            return
        self.watch.step, action, self._done = step
        self._began = time.perf_counter()
        if self.taken:  # before, the parts behind the window are still being imported, a turn each
            self.app.parts.start.idle.touch()  # somebody is at the desk: what can wait for quiet does
        action()
        self._timer.start()

    def _end(self) -> None:
        self.watch.stop()
        frames, floor = scrolled(self.app)
        long = [(s.step, s.wall, s.own, s.stacks.most_common(4)) for s in worst(self.watch.long)]
        tell(taken=self.taken, long=long, stretches=self.watch.count, frames=frames, floor=floor, **memory())
        self.app.stop()
        os._exit(0)


def worst(stretches: list[Stretch]) -> list[Stretch]:
    """The longest of each step, by the time of the thread."""
    found: dict[str, Stretch] = {}
    for one in stretches:
        if one.step not in found or one.own > found[one.step].own:
            found[one.step] = one
    return list(found.values())


def steps(app: App) -> Iterator[Step]:
    """What a manager does, twice: open, go to the clients, scroll, sort, narrow, search, look at files and tabs, then
    at every other page, and come back. Steps of the first round end in `FIRST`."""
    page = app.window.page

    def rests() -> bool:
        shown = page()
        return shown is not None and shown._filled and not shown.building and not app.parts.tasks.running

    def quiet() -> bool:
        """Whether the start is wholly over: Today filled, the index made, the other pages imported."""
        if not rests():  # asked first: who asks for the parts imports them all at once
            return False
        ahead = app.parts.ahead
        return app.parts.desk.index is not None and ahead is not None and ahead.done

    yield "start to Today", lambda: None, quiet
    for ending in (FIRST, AGAIN):
        for what, action, done in chain(table_steps(app, rests), search_steps(app), file_steps(app, rests)):
            yield what + ending, action, done
        for route in ROUTES:
            if route.name not in ELSEWHERE:
                yield f"go to {route.title}{ending}", partial(app.parts.desk.go, route.name), rests
                for what, action, done in inside_steps(app, route.name, rests):
                    yield what + ending, action, done


def table_steps(app: App, rests: Callable[[], bool]) -> Iterator[Step]:
    """The Clients page: scrolled, sorted, narrowed."""

    def page() -> Any:
        return app.window.page()

    def sort(key: str, down: bool) -> Callable[[], object]:
        return lambda: (page().table.show_sort(key, down), page().table.sorted.emit(key, down))

    def anew() -> Callable[[], bool]:
        """Whether the table shows another answer than now."""
        before = page().found
        return lambda: page().found is not before and rests()

    yield "open Clients", lambda: app.parts.desk.go("clients"), lambda: rests() and page().table.rows.rowCount() > 0
    bar = page().table.verticalScrollBar()
    for at in range(1, 9):
        yield "scroll Clients", partial(lambda part: bar.setValue(bar.maximum() * part // 10), at), rests
    yield "sort by AUM", sort("aum", True), anew()
    yield "sort by name", sort("name", False), anew()
    field = page().filters.field
    yield "narrow by text", lambda: QTest.keyClicks(field, "1391"), anew()
    yield "widen again", lambda: page().narrow(ClientFilter()), anew()


def search_steps(app: App) -> Iterator[Step]:
    """The field at the top, letter by letter."""
    app.parts.commands.search()
    field = app.window.topbar.search
    for key in "zhangw":
        yield "type in the search", partial(QTest.keyClick, field, Qt.Key(ord(key.upper()))), lambda: True
    yield "leave the search", field.clear, lambda: True


def file_steps(app: App, rests: Callable[[], bool]) -> Iterator[Step]:
    """Files of two clients, and every tab of the second."""
    desk = app.parts.desk

    def filled() -> bool:
        shown: Any = app.window.page()
        tab = shown.made.get(shown.shown)
        return rests() and (tab is None or (tab._filled and not tab.building and not tab.stale))

    yield "open a client file", lambda: desk.go("client", client=7), rests
    yield "open another client file", lambda: desk.go("client", client=8), rests
    for tab in TABS:
        show = partial(lambda name: app.window.page().show_tab(name), tab.name)  # type: ignore[union-attr]
        yield f"tab {tab.title}", show, filled
        if tab.name == "relations":
            yield "the network", lambda: app.window.page().made["relations"].show_view(1), filled  # type: ignore[union-attr]


def inside_steps(app: App, name: str, rests: Callable[[], bool]) -> Iterator[Step]:
    """What a page has inside: the other views and the form of a visit."""
    page: Any = app.window.page()
    if name == "calendar":
        for view in ("week", "list", "month"):
            yield f"Calendar as {view}", partial(app.parts.desk.go, name, view=view), rests
        yield "the month after", partial(page.turn, 1), rests
        yield "the month before", partial(page.turn, -1), rests
    elif name == "visits":
        for at in (1, 2, 3, 4, 0):
            yield f"Visits, part {at + 1}", partial(page.show_segment, at), rests
        yield "log a visit", partial(app.parts.desk.go, "log", client=8), lambda: not app.parts.tasks.running
    elif hasattr(page, "show_view"):
        views = getattr(sys.modules[type(page).__module__], "VIEWS", ())
        for at in (*range(1, len(views)), *([0] if len(views) > 1 else [])):
            yield f"{name.capitalize()}, part {at + 1}", partial(page.show_view, at), rests
    elif name == "journals":
        for at in (3, 30, 0):
            yield (
                "choose a journal",
                partial(lambda row: page.list.setCurrentIndex(page.list.model().index(row, 0)), at),
                rests,
            )


def scrolled(app: App) -> tuple[list[float], list[float]]:
    """Milliseconds of the thread for each frame while paging through the table; and through Qt's own model."""
    app.parts.desk.go("clients")
    page: Any = app.window.page()
    table: Any = page.table
    bare = bare_like(table)
    mine: list[float] = []
    floor: list[float] = []
    for at in range(PAGES):
        for view, into in ((table, mine), (bare, floor)):
            bar = view.verticalScrollBar()
            bar.setValue(bar.maximum() * at // PAGES)
            until = time.monotonic() + 5
            while not (view is bare or _read(table)) and time.monotonic() < until:
                app.qt.processEvents()  # a row that is still to be read costs nothing to paint
            began = time.thread_time()
            view.viewport().repaint()
            into.append((time.thread_time() - began) * 1000)
    return mine, floor


def _read(table: Any) -> bool:
    """Whether the rows in sight are there."""
    top, bottom = table.rowAt(0), table.rowAt(table.viewport().height() - 1)
    last = table.rows.rowCount() - 1 if bottom < 0 else bottom
    return all(table.rows.known(table.rows.id_at(row)) is not None for row in range(top, last + 1))


def bare_like(table: QTableView) -> QTableView:
    """A table with Qt's own model, as large and as full as the one that is shown."""
    model, view = QStandardItemModel(), QTableView()
    shown = [at for at in range(table.model().columnCount()) if not table.isColumnHidden(at)]
    top = max(0, table.rowAt(0))
    for at in range(2000):
        row = top + at % 20
        model.appendRow([QStandardItem(str(table.model().index(row, column).data() or "")) for column in shown])
    view.setModel(model)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(table.verticalHeader().defaultSectionSize())
    for place, column in enumerate(shown):
        view.setColumnWidth(place, table.columnWidth(column))
    view.setShowGrid(False)
    view.setParent(table.window(), Qt.WindowType.Window)
    view.resize(table.size())
    view.show()
    QApplication.processEvents()
    return view


def main(folder: Path) -> None:
    """Measure and tell."""
    gc.disable()
    clock.fix(DAY)
    app = App(Args(profile=folder, language="zh_CN"))
    app.show()
    scenario = Scenario(app, steps(app))
    QTimer.singleShot(STUCK_MS, lambda: sys.exit(f"stuck at {scenario.watch.step}"))
    sys.exit(app.qt.exec())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
