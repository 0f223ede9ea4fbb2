"""The devices one looks after, as the hub tells them when it is asked; leads and administrators let new ones in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLayout
from shiboken6 import isValid

from rmdesk.base.errors import Known
from rmdesk.base.text import N_, _, sentences
from rmdesk.services.sync.saying import instant
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import confirm
from rmdesk.ui.kit.widgets import Button, Card, Chip, clear, column, label, row, rule
from rmdesk.ui.sync import words

if TYPE_CHECKING:
    from rmdesk.services.store.store import Store
    from rmdesk.wire.devices import DeviceRow

STATES = {
    "asked": (N_("Waits for approval"), "occasion"),
    "active": (N_("In use"), "good"),
    "revoked": (N_("Shut out"), "plain"),
    "wipe": (N_("To be emptied"), "risk"),
    "retired": (N_("Being retired"), "plain"),
    "wiped": (N_("Emptied"), "plain"),
}
LEADING = frozenset({"lead", "administrator"})
Ask = Callable[..., "tuple[DeviceRow, ...]"]


class DeviceList(Card):
    """Asks when it is wanted: devices are known to the hub alone."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Devices"), "")
        self._desk = desk
        self._own, self._role = "", ""
        self.refresh = Button(_("Show devices"), self.ask, kind="link")
        self.corner.addWidget(self.refresh)
        self.say(_("The hub knows which devices are registered; ask it while you are connected."))

    def show_self(self, device: str, role: str) -> None:
        """Which of them is this one, and what one may do."""
        self._own, self._role = device, role

    def say(self, text: str, role: str = "note") -> None:
        """A sentence instead of the list."""
        clear(self.body)
        self.add(label(text, role, wrap=True))

    def ask(self) -> None:
        """Ask the hub."""
        from rmdesk.services.sync import devices

        self._do(devices.listed)

    def show_rows(self, rows: Sequence[DeviceRow]) -> None:
        """Show what the hub told."""
        self.refresh.setEnabled(True)
        self.refresh.setText(_("Refresh"))
        clear(self.body)
        for at, one in enumerate(rows):
            if at:
                self.add(rule())
            self.add(self._line(one))
        if not rows:
            self.say(_("No device is registered."))

    def _line(self, one: DeviceRow) -> QLayout:
        text, kind = STATES.get(one.status, (one.status, "plain"))
        head = row(label(one.name, "strong", wrap=True), Chip(_(text), kind), gap=8)
        if one.id == self._own:
            head.addWidget(Chip(_("This device"), "value"))
        head.addStretch(1)
        if self._role in LEADING and one.status == "asked" and one.id != self._own:
            head.addWidget(Button(_("Approve"), partial(self._approve, one), kind="small"))
        if one.status in ("asked", "active") and one.id != self._own:
            head.addWidget(Button(_("Shut out…"), partial(self._revoke, one), kind="link"))
        told = [one.user_name, one.id[:8]]
        if one.seen_at:
            told.append(_("last seen {time}").format(time=words.when(instant(one.seen_at))))
        if one.waiting_purges:
            told.append(_("{count} removals not confirmed").format(count=one.waiting_purges))
        return column(head, label(" · ".join(part for part in told if part), "note", wrap=True), gap=4)

    def _approve(self, one: DeviceRow) -> None:
        from rmdesk.services.sync import devices

        self._do(devices.approve, one.id)

    def _revoke(self, one: DeviceRow) -> None:
        from rmdesk.services.sync import devices

        confirm(
            _("Shut out {name}?").format(name=one.name),
            _("It gets nothing from the hub any more and can't hand in its work. Its data stay encrypted on it."),
            _("Shut out"),
            lambda: self._do(devices.revoke, one.id),
            danger=True,
        )

    def _do(self, ask: Ask, *device: str) -> None:
        store: Store | None = self._desk.tasks.store
        if store is None:
            return
        self.refresh.setEnabled(False)
        task = self._desk.tasks.call(ask, store, *device)
        task.done.connect(lambda rows: self.show_rows(rows) if isValid(self) else None)
        task.failed.connect(lambda error: self._failed(error) if isValid(self) else None)

    def _failed(self, error: BaseException) -> None:
        self.refresh.setEnabled(True)
        if isinstance(error, Known):
            self.say(sentences(error.said, error.advice), "error")
        else:
            self._desk.tell(error)
