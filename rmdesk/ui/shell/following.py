"""Keeps the frame told of the team hub: the status line, the number in the navigation, a lease soon over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from rmdesk.base.text import _
from rmdesk.models.kinds import Topic

if TYPE_CHECKING:
    from rmdesk.services.store.reads import Reads
    from rmdesk.services.store.store import Store
    from rmdesk.services.sync.rows import SyncLine
    from rmdesk.ui.shell.desk import WindowDesk

LOOK_MS = 150
MINUTE_MS = 60_000  # "synced 18:02" turns into yesterday's, a lease runs
SILENT = frozenset({Topic.DRAFTS, Topic.IMPORTS})


class Following(QObject):
    """Reads the one line again after each commit; without a hub that is one row of one table."""

    def __init__(self, desk: WindowDesk) -> None:
        super().__init__()
        self.desk = desk
        self.line: SyncLine | None = None
        self._open = False
        self._warned: int | None = None
        self._asks = desk.tasks.line(self)
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._show_round)
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._minute.timeout.connect(self._show)
        desk.changed.connect(self._changed)
        desk.round_changed.connect(self._round_changed)
        desk.rebuilt.connect(self._show)

    def began(self) -> None:
        """The store is open."""
        self._open = True
        store = self.desk.tasks.store
        if store is not None:  # in turn with all other writing, and before it
            self.desk.tasks.write(lambda _progress: _renew(store)).failed.connect(lambda _error: None)
        self.read()

    def ended(self) -> None:
        """It is being closed."""
        self._open, self.line, self._warned = False, None, None
        self._asks.drop()
        self._look.stop()
        self._minute.stop()
        self.desk.window.status.show_round(None)

    def read(self) -> None:
        """Ask where following the hub stands."""
        if self._open:
            self._asks.fetch(_line).done.connect(self.show_line)

    def show_line(self, line: SyncLine | None) -> None:
        """Show it; None without a hub."""
        self.line = line
        self._show()
        if line is None:
            self._minute.stop()
            return
        self._minute.start()
        self.desk.badge("sync", line.to_settle or None)
        self._warn(line)

    def _show(self) -> None:
        status = self.desk.window.status
        if self.line is None:
            status.show_sync("")
            return
        from rmdesk.ui.sync import words

        text, kind = words.said(self.line)
        status.show_sync(text, kind, words.rest(self.line))

    def _warn(self, line: SyncLine) -> None:
        """Say once a day that the time to work without the hub is soon over."""
        from rmdesk.ui.sync import words

        days = line.lease_days
        if days is None or days > words.SOON:
            self._warned = None
        elif days != self._warned:
            self._warned = days
            said = _("Connect to the bank's network soon: {lease}.").format(lease=words.lease_said(line))
            self.desk.toast(said, button=_("Sync now"), press=self.desk.sync_now)

    def _changed(self, topics: frozenset[Topic]) -> None:
        if topics - SILENT:
            self.read()

    def _round_changed(self) -> None:
        if self.desk.round is None:
            self._look.stop()
            self.desk.window.status.show_round(None)
            self.read()
        else:
            self._look.start()

    def _show_round(self) -> None:
        task = self.desk.round
        if task is not None:
            done, total, _text = task.progress.seen
            self.desk.window.status.show_round(100 * done // total if total else 0)


def _line(reads: Reads) -> SyncLine | None:
    if not reads.value("SELECT joined FROM sync_control"):
        return None
    from rmdesk.services.sync.queries import sync_line

    return sync_line(reads)


def _renew(store: Store) -> None:
    """A newer program notes edits its own way."""
    from rmdesk.services.sync.renewal import renew

    renew(store)
