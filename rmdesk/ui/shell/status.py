"""The line at the foot: offline or online, what runs, encrypted, when it locks, and the portfolio."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QProgressBar

from rmdesk.base.text import _, plural
from rmdesk.ui.kit.dot import Dot
from rmdesk.ui.kit.elided import Elided
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, label, restyle, row

if TYPE_CHECKING:
    from rmdesk.ui.tasks.task import Task

LOOK_MS = 100
CRAMPED = 860  # width in units of text under which the minutes to the lock are only in the hint


class StatusLine(QFrame):
    """Shows the longest-running task with its progress and Cancel, once it is slow."""

    notices_wanted = Signal()
    sync_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status")
        self._synced: tuple[str, str, str] = ("", "", "")
        self._round: int | None = None
        self._minutes = 0
        self._clients: int | None = None
        self._statuses: tuple[tuple[str, int], ...] = ()
        self._aum: tuple[int, str] | None = None
        self._as_of: date | None = None
        self._demo = False
        self._task: Task[Any] | None = None  # the one that is shown
        self._slow: list[Task[Any]] = []
        self.dot = Dot()
        self.place = Elided()
        self.sync = Button("", self.sync_wanted.emit, kind="link")
        self.sync.hide()
        self.told = label()
        self.work = label()
        self.bar = QProgressBar()
        self.bar.setFixedWidth(120)
        self.bar.setTextVisible(False)
        self.cancel = Button("", self._cancel, kind="link")
        self.safe = label()
        self.portfolio = label()
        self.bell = Button("", self.notices_wanted.emit, kind="icon", icon="bell", hint=_("Notifications"))
        box = row(
            self.dot,
            self.place,
            self.sync,
            8,
            self.told,
            8,
            self.work,
            self.bar,
            self.cancel,
            None,
            self.safe,
            8,
            self.portfolio,
            self.bell,
        )
        box.setContentsMargins(24, 0, 16, 0)
        self.setLayout(box)
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._progress)
        self._idle()
        self.retranslate()
        self._dress()
        theme.changed.connect(self._dress)

    def follow(self, task: Task[Any]) -> None:
        """Show a task that takes long, until it ends; then one that began before and goes on."""
        self._slow.append(task)
        self._show_task(task)
        task.ended.connect(self._ended)

    def _show_task(self, task: Task[Any]) -> None:
        self._task = task
        self.work.setText(_(task.label) if task.label else _("Working…"))
        self.work.show()
        self.bar.setRange(0, 1)  # not 0, 0: that would run to and fro
        self.bar.setValue(0)
        self.bar.show()
        self.cancel.show()
        self._look.start()

    def lock_after(self, minutes: int) -> None:
        """How long it may lie idle; 0 while it is locked."""
        self._minutes = minutes
        self.retranslate()

    def show_sync(self, text: str, kind: str = "occasion", hint: str = "") -> None:
        """Where following a hub stands, in a word, with the colour of its light; "" without a hub."""
        self._synced = (text, kind, hint)
        self._show_sync()

    def show_round(self, percent: int | None) -> None:
        """How far a round with the hub is; None when none runs."""
        self._round = percent
        self._show_sync()

    def forget(self) -> None:
        """Take away all that tells of the data."""
        self._as_of = None
        self.show_sync("")
        self.show_portfolio(None)
        self._idle()
        self.work.setText("")

    def show_portfolio(
        self,
        clients: int | None,
        aum: int | None = None,
        currency: str = "CNY",
        statuses: tuple[tuple[str, int], ...] = (),
    ) -> None:
        """How many clients, and what they hold together, in minor units; the tip says who is counted."""
        self._clients, self._statuses = clients, statuses
        self._aum = None if aum is None else (aum, currency)
        self.retranslate()

    def show_as_of(self, day: date | None) -> None:
        """Of which day the bank's figures are; None before the first import."""
        self._as_of = day
        self.retranslate()

    def show_unread(self, count: int) -> None:
        """Mark the bell while there is trouble that nobody has read."""
        restyle(self.bell, unread=count > 0)

    def show_demo(self, on: bool) -> None:
        """Whether the data is invented."""
        self._demo = on
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language in use."""
        self.place.setText(
            _("Offline · demo, all data invented") if self._demo else _("Offline · all data stays on this computer")
        )
        self.cancel.setText(_("Cancel"))
        self.bell.setToolTip(_("Notifications"))
        self.bell.setAccessibleName(_("Notifications"))
        if self._minutes:
            locks = plural("locks after {count} idle minute", "locks after {count} idle minutes", self._minutes)
            key = _("Demo key") if self._demo else _("Encrypted")
            self.safe.setText(key if self._is_cramped else f"{key} · {locks}")
            self.safe.setToolTip(f"{key} · {locks}")
        else:
            self.safe.setText("")
        self.told.setText(self._told())
        self.portfolio.setText(self._portfolio())
        self.portfolio.setToolTip(self._counted())

    def _show_sync(self) -> None:
        text, kind, hint = self._synced
        if text and self._round is not None:
            text, kind = _("Syncing {percent}%").format(percent=self._round), "overdue"
        self.place.setVisible(not text)
        self.sync.setVisible(bool(text))
        self.sync.setText(text)
        self.sync.setToolTip(hint)
        self.sync.setAccessibleName(_("Sync: {state}").format(state=text) if text else "")
        self.dot.show_token(kind)

    @property
    def _is_cramped(self) -> bool:
        return self.width() * 100 / theme.percent < CRAMPED

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.retranslate()

    def _told(self) -> str:
        if self._as_of is not None:
            return _("Bank data as of {day}").format(day=self._as_of.isoformat())
        return _("Nothing imported yet") if self._clients is not None else ""

    def _portfolio(self) -> str:
        if self._clients is None:
            return ""
        from rmdesk.ui.kit import format

        text = plural("{count} client", "{count} clients", self._clients)
        if self._aum is None:
            return text
        aum = _("AUM")
        return f"{text} · {aum} {format.short_amount(*self._aum, sign=True)}"

    def _counted(self) -> str:
        """Who is counted, where not all are active."""
        if len(self._statuses) < 2:
            return ""
        from rmdesk.models.kinds import ClientStatus
        from rmdesk.ui.kit import names

        return " · ".join(f"{names.status(ClientStatus(code))} {count:,}" for code, count in self._statuses)

    def _progress(self) -> None:
        if self._task is None:
            return
        done, total, text = self._task.progress.seen
        if total:
            self.bar.setRange(0, total)
            self.bar.setValue(done)
        if text:
            self.work.setText(text)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.progress.stop()
            self.work.setText(_("Stopping…"))
            if not self._task.writes:
                self._task.cancel()

    def _ended(self, task: Task[Any]) -> None:
        if task in self._slow:
            self._slow.remove(task)
        if task is self._task and self._slow:
            self._show_task(self._slow[-1])
        elif task is self._task:
            self._idle()

    def _idle(self) -> None:
        self._task = None
        self._slow.clear()
        self._look.stop()
        for part in (self.work, self.bar, self.cancel):
            part.hide()

    def _dress(self) -> None:
        self.setFixedHeight(theme.px(28))
