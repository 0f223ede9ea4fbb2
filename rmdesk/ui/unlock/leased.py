"""The desk stays shut until it has heard from its hub: one sentence, one button."""

from __future__ import annotations

from PySide6.QtCore import Signal

from rmdesk.base.text import Phrase, _
from rmdesk.ui.kit.widgets import Button, row
from rmdesk.ui.unlock.gate import Gate


class LeaseGate(Gate):
    """`sync_wanted` asks for a round with the hub; `why` says what shut the desk."""

    sync_wanted = Signal()

    def __init__(self, why: Phrase) -> None:
        super().__init__()
        self.begin("lock", _("Sync needed"), str(why))
        self.sync = Button(_("Sync now"), self.sync_wanted.emit, kind="primary")
        self.add(self.error)
        self.add(row(self.sync, None))
        self.setFocusProxy(self.sync)

    def busy(self, on: bool) -> None:
        """While a round is under way."""
        self.sync.setEnabled(not on)
        self.sync.setText(_("Syncing…") if on else _("Sync now"))
        if on:
            self.error.hide()

    def not_reached(self) -> None:
        """The round came to nothing."""
        self.error.setText(_("The hub was not reached. Check the network and try again."))
        self.error.show()
