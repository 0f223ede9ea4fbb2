"""Runs the rounds with the team hub beside everything else, when it is time: the window never waits for the network."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from rmdesk.base.errors import Cancelled, Known, Trouble
from rmdesk.base.text import N_
from rmdesk.models.kinds import Topic
from rmdesk.ui.shell.desk import WindowDesk

if TYPE_CHECKING:
    from rmdesk.base.progress import Progress
    from rmdesk.services.store.reads import Reads
    from rmdesk.services.store.store import Store
    from rmdesk.services.sync.engine import Report
    from rmdesk.services.sync.hub_client import HubClient
    from rmdesk.services.sync.schedule import Schedule
    from rmdesk.ui.tasks.task import Task

TICK_MS = 1000
SYNC = N_("Synchronise")
NOT_TOLD = frozenset({Topic.DRAFTS, Topic.SYNC})  # changes of which no hub hears
QUIET = frozenset(
    {"hub_unreachable", "hub_busy", "hub_failed", "not_a_hub", "syncing", "closed", "hub_refused", "travelling"}
)


class Syncing(QObject):
    """From the unlocking of a desk that follows a hub to its locking. Asked for by hand, a failure is told; a round
    that began by itself only shows in the status line.
    """

    _heard = Signal(object)  # topics of a commit of the round's own thread

    def __init__(self, desk: WindowDesk) -> None:
        super().__init__()
        self.desk = desk
        self._schedule: Schedule | None = None
        self._client: HubClient | None = None
        self._hand = False
        self._applying = False
        self._asks = desk.tasks.line(self)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._heard.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        desk.sync_wanted.connect(self._wanted)
        desk.changed.connect(self._changed)

    def began(self) -> None:
        """The store is open."""
        self._asks.fetch(_joined).done.connect(self._follow)

    def ended(self) -> None:
        """It is being closed."""
        self._asks.drop()
        self._timer.stop()
        self._schedule = None
        if self._client is not None:
            self._client.abort()

    def _follow(self, joined: bool) -> None:
        if not joined:
            self._timer.stop()
            self._schedule = None
        elif self._schedule is None:
            from rmdesk.services.sync import schedule

            self._schedule = schedule.begun(time.monotonic())
            self._timer.start()

    def _changed(self, topics: frozenset[Topic]) -> None:
        if self._applying:
            return
        if Topic.SYNC in topics:
            self._asks.fetch(_joined).done.connect(self._follow)
        if self._schedule is not None and topics - NOT_TOLD:
            from rmdesk.services.sync import schedule

            self._schedule = schedule.edited(self._schedule, time.monotonic())

    def _wanted(self) -> None:
        self._hand = True
        if self._schedule is not None:
            from rmdesk.services.sync import schedule

            self._schedule = schedule.wanted(self._schedule, time.monotonic())
            self._tick()

    def _tick(self) -> None:
        if self._schedule is None or self.desk.round is not None or time.monotonic() < self._schedule.next_at:
            return
        began = time.monotonic()
        task = self.desk.tasks.converse(self._round, SYNC)
        task.interrupt = self._abort
        task.done.connect(lambda report: self._succeeded(began, report))
        task.failed.connect(self._failed)
        self.desk.show_round(task)
        task.ended.connect(self._over)

    def _round(self, store: Store, progress: Progress) -> Report:
        """On the thread of its own."""
        from rmdesk.services.sync import address, travel
        from rmdesk.services.sync.engine import sync_round

        if not self._hand and store.read(travel.since) is not None:
            raise Trouble(
                N_("This desk travels."), do=N_("Synchronise by hand to bring all clients back."), code="travelling"
            )
        with address.connect(store) as client:
            self._client = client
            try:
                return sync_round(store, client, progress, self._heard.emit)
            finally:
                self._client = None

    def _abort(self) -> None:
        client = self._client
        if client is not None:
            client.abort()

    def _tell(self, topics: frozenset[Topic]) -> None:
        if self._schedule is None:
            return
        self._applying = True
        try:
            self.desk.heard(topics)
        finally:
            self._applying = False

    def _succeeded(self, began: float, report: Report) -> None:
        if self._schedule is not None:
            from rmdesk.services.sync import schedule

            chance = random.uniform
            self._schedule = schedule.succeeded(self._schedule, began, time.monotonic(), report.next_after, chance)

    def _failed(self, error: BaseException) -> None:
        if self._schedule is not None:
            from rmdesk.services.sync import schedule

            code = error.code if isinstance(error, Known) else ""
            later = float(str(error.params.get("retry_after", 0))) if isinstance(error, Known) else 0.0
            self._schedule = schedule.failed(self._schedule, time.monotonic(), code, later, random.uniform)
        if isinstance(error, Cancelled):
            return
        if self._hand or not (isinstance(error, Known) and error.code in QUIET):
            self.desk.tell(error)

    def _over(self, task: Task[Any]) -> None:
        self._hand = False
        if self._schedule is not None and task.dropped:  # stopped by hand: the next one at its usual time
            from rmdesk.services.sync import schedule

            now = time.monotonic()
            self._schedule = schedule.succeeded(self._schedule, 0.0, now, schedule.EVERY, random.uniform)


def _joined(reads: Reads) -> bool:
    return bool(reads.value("SELECT joined FROM sync_control"))
