"""Makes the reports that are due by themselves, while the desk is open; they wait inside the file to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmdesk.base.text import _
from rmdesk.models.kinds import Topic
from rmdesk.ui.kit.noted import not_noted
from rmdesk.ui.shell.quietly import Quietly

if TYPE_CHECKING:
    from rmdesk.services.reports.parts import Report
    from rmdesk.services.store.reads import Reads
    from rmdesk.services.store.store import Store

AGAIN_MS = 30 * 60_000  # a new day may have begun


class Reporting(Quietly):
    """Begins and ends with the session; looks on the reading thread, writes only when a report was made."""

    QUIET_MS = 9000  # the first page, the search and what was lost go first

    def changed(self, topics: frozenset[Topic]) -> None:
        """A switch may have been thrown."""
        if Topic.SETTINGS in topics and self._desk.tasks.store is not None:
            self._soon.start(self.QUIET_MS)

    def _look(self) -> None:
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
