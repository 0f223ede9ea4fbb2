"""Opens churn cases by themselves: when the data has been opened, and when the bank's facts have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmdesk.base.text import _, plural
from rmdesk.models.kinds import Topic
from rmdesk.ui.shell.quietly import Quietly

if TYPE_CHECKING:
    from rmdesk.services.store.reads import Reads

TOLD = frozenset({Topic.HOLDINGS, Topic.IMPORTS})


class Losses(Quietly):
    """Looks on the reading thread who is lost; writes only when somebody is."""

    QUIET_MS = 4000  # the first page is there by then

    def changed(self, topics: frozenset[Topic]) -> None:
        """Something was written."""
        if topics & TOLD:
            self._soon.start(self.QUIET_MS)

    def _look(self) -> None:
        self._line.fetch(_due).done.connect(self._open)

    def _open(self, due: int) -> None:
        store = self._desk.tasks.store
        if not due or store is None:
            return
        task = self._desk.tasks.write(lambda _progress: _opened(store))
        task.done.connect(self._say)

    def _say(self, count: int) -> None:
        if count:
            self._desk.heard(frozenset({Topic.CHURN}))
            text = plural("{count} client was lost: a churn case was opened.",
                          "{count} clients were lost: churn cases were opened.", count)  # fmt: skip
            self._desk.toast(text, button=_("Show"), press=lambda: self._desk.go("churn", view="cases"))


def _due(reads: Reads) -> int:
    from rmdesk.services.churn.lost import due

    return len(due(reads))


def _opened(store: Any) -> int:
    from rmdesk.services.churn.opening import open_due

    return len(open_due(store))
