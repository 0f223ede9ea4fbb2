"""Makes the reports that are due by themselves, while the desk is open; they wait inside the file to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from rmdesk.base.text import _
from rmdesk.models.kinds import Topic
from rmdesk.ui.kit.noted import not_noted
from rmdesk.ui.shell.desk import WindowDesk

if TYPE_CHECKING:
    from rmdesk.services.reports.parts import Report
    from rmdesk.services.store.reads import Reads
    from rmdesk.services.store.store import Store

QUIET_MS = 9000  # the first page, the search and what was lost go first
AGAIN_MS = 30 * 60_000  # a new day may have begun


class Reporting(QObject):
    """Begins and ends with the session; looks on the reading thread, writes only when a report was made."""

    def __init__(self, desk: WindowDesk) -> None:
        super().__init__()
        self._desk = desk
        self._line = desk.tasks.line(self)
        self._soon = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._soon.timeout.connect(self.look)

    def began(self) -> None:
        """The store is open."""
        self._soon.start(QUIET_MS)

    def ended(self) -> None:
        """It is being closed."""
        self._soon.stop()
        self._line.drop()

    def changed(self, topics: frozenset[Topic]) -> None:
        """A switch may have been thrown."""
        if Topic.SETTINGS in topics and self._desk.tasks.store is not None:
            self._soon.start(QUIET_MS)

    def look(self) -> None:
        """Make what is due; later, while something else is under way."""
        if self._desk.tasks.store is None:
            return
        if self._desk.tasks.running:
            self._soon.start(QUIET_MS)
            return
        self._soon.start(AGAIN_MS)
        self._line.fetch(_made).done.connect(self._keep)

    def _keep(self, reports: tuple[Report, ...]) -> None:
        store = self._desk.tasks.store
        if not reports or store is None:
            return
        task = self._desk.tasks.write(lambda _progress: _kept(store, reports))
        task.failed.connect(not_noted)
        task.done.connect(lambda _nothing: self._say(reports))

    def _say(self, reports: tuple[Report, ...]) -> None:
        self._desk.heard(frozenset({Topic.REPORTS}))
        for one in reports:
            text = _("{name} is ready.").format(name=one.name.said)
            self._desk.toast(text, button=_("Show"), press=lambda: self._desk.go("reports", ready=True))


def _made(reads: Reads) -> Any:
    from rmdesk.services.reports.scheduled import made_due

    return made_due(reads)


def _kept(store: Store, reports: tuple[Report, ...]) -> None:
    from rmdesk.services.reports.commands import KeepReport

    for one in reports:
        store.perform(KeepReport(one))
