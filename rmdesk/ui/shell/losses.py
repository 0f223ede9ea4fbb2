"""Opens churn cases by themselves: when the data has been opened, and when the bank's facts have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from rmdesk.base.text import _, plural
from rmdesk.models.kinds import Topic
from rmdesk.ui.shell.desk import WindowDesk

if TYPE_CHECKING:
    from rmdesk.services.store.reads import Reads

QUIET_MS = 4000  # the first page is there by then; looked at again while anything runs
TOLD = frozenset({Topic.HOLDINGS, Topic.IMPORTS})


class Losses(QObject):
    """Looks on the reading thread who is lost; writes only when somebody is."""

    def __init__(self, desk: WindowDesk) -> None:
        super().__init__()
        self._desk = desk
        self._line = desk.tasks.line(self)
        self._soon = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._soon.timeout.connect(self.look)

    def began(self) -> None:
        """The store is open."""
        self._soon.start()

    def ended(self) -> None:
        """It is being closed."""
        self._soon.stop()
        self._line.drop()

    def changed(self, topics: frozenset[Topic]) -> None:
        """Something was written."""
        if topics & TOLD:
            self._soon.start()

    def look(self) -> None:
        """Open what is due; later, while something else is under way."""
        if self._desk.tasks.store is None:
            return
        if self._desk.tasks.running:
            self._soon.start()
            return
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
