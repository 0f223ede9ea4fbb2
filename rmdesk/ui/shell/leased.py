"""Keeps the desk shut while the hub's lease is over or the clock was set back, until the hub was heard.

An open desk is locked when that comes about. Once unlocked, nothing of a client is asked for before the hub was heard:
the data file is open then, as a round with the hub needs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from rmdesk.base.record import record
from rmdesk.base.text import Phrase
from rmdesk.models.kinds import Topic

if TYPE_CHECKING:
    from rmdesk.services.store.reads import Reads
    from rmdesk.ui.shell.desk import WindowDesk
    from rmdesk.ui.unlock.leased import LeaseGate

MINUTE_MS = 60_000


@record
class Look:
    """Whether the desk follows a hub, why it is shut, whether the time must be noted, whether the last round failed."""

    joined: bool = False
    why: Phrase | None = None
    mark: bool = False
    failed: bool = False


class Leased(QObject):
    """Looks when the store opens, every minute, and after each round. `language_wanted` comes from the gate.

    `free`: pages may be shown, told once after each unlocking. `over`: the desk is to be locked.
    """

    language_wanted = Signal()
    free = Signal()
    over = Signal()
    wiped = Signal(object)  # the sentence: this desk removed its data on the hub's order

    def __init__(self, desk: WindowDesk) -> None:
        super().__init__()
        self.desk = desk
        self.gate: LeaseGate | None = None
        self._open = self._free = False
        self._asks = desk.tasks.line(self)
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._minute.timeout.connect(self.look)
        desk.round_changed.connect(self._round_changed)
        desk.changed.connect(self._changed)

    def began(self) -> None:
        """The store is open: asked before any page asks for a client."""
        self._open, self._free = True, False
        self.look()

    def ended(self) -> None:
        """It is being closed."""
        self._open, self.gate = False, None
        self._asks.drop()
        self._minute.stop()

    def look(self) -> None:
        """Ask whether the desk may be open."""
        if self._open:
            self._asks.fetch(_look).done.connect(self._looked)

    def _looked(self, found: Look) -> None:
        if not self._open:
            return
        if not found.joined:
            self._minute.stop()
            self._let_in()
            return
        self._minute.start()
        if found.why is not None:
            if self._free:
                self.over.emit()
            else:
                self._shut(found)
            return
        self._let_in()
        if found.mark:
            from rmdesk.services.sync.leasing import MarkTime

            self.desk.tasks.perform(MarkTime())

    def _let_in(self) -> None:
        if self._free:
            return
        self._free, self.gate = True, None
        self.desk.window.show_frame()
        self.free.emit()

    def _shut(self, found: Look) -> None:
        from rmdesk.ui.unlock.leased import LeaseGate

        assert found.why is not None
        if self.gate is None:
            self.gate = LeaseGate(found.why)
            self.gate.sync_wanted.connect(self.desk.sync_now)
            self.gate.language_wanted.connect(self._other_language)
            self.desk.window.show_gate(self.gate)
        elif found.failed and self.desk.round is None:
            self.gate.not_reached()
        self.gate.busy(self.desk.round is not None)

    def _other_language(self) -> None:
        self.language_wanted.emit()
        self.gate = None
        self.look()

    def _round_changed(self) -> None:
        if self.gate is not None:
            self.gate.busy(self.desk.round is not None)
        if self.desk.round is None:
            self.look()
        else:
            self.desk.round.failed.connect(self._round_failed)

    def _round_failed(self, error: BaseException) -> None:
        if self._open and getattr(error, "code", "") == "wiped":
            self._open = False
            self.wiped.emit(error)

    def _changed(self, topics: frozenset[Topic]) -> None:
        if Topic.SYNC in topics and (self.gate is not None or not self._minute.isActive()):
            self.look()


def _look(reads: Reads) -> Look:
    if not reads.value("SELECT joined FROM sync_control"):
        return Look()
    from rmdesk.services.sync import lease, state

    return Look(True, lease.closed(reads), lease.mark_due(reads), bool(state.reached(reads).error))
