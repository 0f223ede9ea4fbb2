"""Keeps the profile safe in idle moments: a look at the file after opening, the daily backup, the weekly full check.

All of it runs beside everything else; a failure is said once, in the list of notices, and tried again later.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from rmdesk.base.errors import Known
from rmdesk.base.text import N_, _
from rmdesk.ui.shell.desk import WindowDesk

if TYPE_CHECKING:
    from pathlib import Path

    from rmdesk.base.progress import Progress
    from rmdesk.services.store.doctor import CheckRow
    from rmdesk.services.store.store import Store

START_MS = 8000  # the first page and the search go first
LOOK_MS = 30_000
BACKING_UP = N_("Back up")
CHECKING = N_("Check the data")


class Keeping(QObject):
    """Begins and ends with the session. `rested` tells for how many seconds nobody has touched anything."""

    def __init__(self, desk: WindowDesk) -> None:
        super().__init__()
        self.desk = desk
        self.rested: Callable[[], float] = lambda: 0.0
        self._folder: Path | None = None
        self._demo = False
        self._full_due = False
        self._not_before = 0.0
        self._busy = False
        self._start = QTimer(self, singleShot=True, interval=START_MS)
        self._start.timeout.connect(self.look_once)
        self._looks = QTimer(self, interval=LOOK_MS)
        self._looks.timeout.connect(self.look)

    def began(self, store: Store, *, demo: bool) -> None:
        """The store is open."""
        self._folder, self._demo = store.folder, demo
        self._not_before = 0.0
        self._start.start()
        self._looks.start()
        self.desk.tasks.call(_began, store.folder).done.connect(self._marked)

    def ended(self) -> None:
        """It is being closed."""
        self._start.stop()
        self._looks.stop()
        if self._folder is not None:
            from rmdesk.services.store import marks

            marks.ended(self._folder)  # at once: what is under way is being stopped
            self._folder = None

    def _marked(self, full_due: bool) -> None:
        self._full_due = full_due

    def look_once(self) -> None:
        """After opening: is the file sound?"""
        if self._folder is not None:
            task = self.desk.tasks.converse(partial(_quick_look, demo=self._demo), CHECKING)
            task.failed.connect(self.told)

    def rescue(self, error: BaseException) -> None:
        """Work on the open file met the damage."""
        store = self.desk.tasks.store
        if store is not None:
            vars(error)["key"] = store.key  # proven when it was opened
        self.told(error)

    def told(self, error: BaseException) -> None:
        """The file is damaged: say so, and lead to what can be done."""
        key = getattr(error, "key", b"")
        if key and isinstance(error, Known) and error.code == "damaged":
            press = partial(self.desk.reopen, partial(_damaged, error=error))
            self.desk.window.banner.tell(error.said, error.advice, button=_("See what can be saved"), press=press)
        else:
            self._failed(error)

    def look(self) -> None:
        """In an idle moment: what is due."""
        if self._folder is None or self._busy or time.monotonic() < self._not_before:
            return
        from rmdesk.services.store import backup

        if self.rested() < backup.rule("rest_seconds"):
            return
        if not self._demo and backup.is_due(self._folder):
            self._run(_back_up, BACKING_UP, lambda _made: None)
        elif self._full_due:
            self._run(_full_look, CHECKING, self._examined)

    def _run(self, work: Callable[[Store, Progress], Any], label: str, then: Callable[[Any], object]) -> None:
        self._busy = True
        task = self.desk.tasks.converse(work, label)
        task.done.connect(then)
        task.failed.connect(self._failed)
        task.ended.connect(self._over)

    def _over(self, _task: object) -> None:
        self._busy = False

    def _examined(self, rows: tuple[CheckRow, ...]) -> None:
        self._full_due = False
        bad = [row for row in rows if row.state.value == "bad"]
        for row in bad:
            self.desk.notices.add(row.text.said, trouble=True)

    def _failed(self, error: BaseException) -> None:
        """Quietly: work goes on, and it is tried again."""
        from rmdesk.services.store import backup

        self._not_before = time.monotonic() + 60 * backup.rule("again_minutes")
        if isinstance(error, Known):
            self.desk.notices.add(error.whole, trouble=True)
        else:
            self.desk.tell(error)


def _began(folder: Path) -> bool:
    from rmdesk.services.store import marks

    return marks.began(folder)


def _quick_look(store: Store, progress: Progress, *, demo: bool) -> None:
    from rmdesk.services.health import keeping

    keeping.quick_look(store, progress, demo=demo)


def _full_look(store: Store, progress: Progress) -> tuple[CheckRow, ...]:
    from rmdesk.services.health import keeping

    return keeping.full_look(store, progress)


def _back_up(store: Store, progress: Progress) -> Any:
    from rmdesk.services.health import keeping

    return keeping.back_up(store, progress=progress, why="daily")


def _damaged(_folder: Path, *, error: BaseException) -> Store:
    raise error
