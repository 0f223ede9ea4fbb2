"""The data file is damaged: what can be saved of it, and the newest good backup. Nothing is overwritten by either."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from rmdesk.base.text import _
from rmdesk.ui.kit import format
from rmdesk.ui.kit.widgets import Button, label
from rmdesk.ui.unlock.gate import Gate

if TYPE_CHECKING:
    from rmdesk.services.store.backup import BackupRow


class DamagedGate(Gate):
    """`salvage_wanted`: save what can be read; `restore_wanted`: the backup that is shown; `left`: neither, for now."""

    salvage_wanted = Signal()
    restore_wanted = Signal(object)
    left = Signal()

    def __init__(self, *, gone: bool = False) -> None:
        super().__init__()
        self.row: BackupRow | None = None
        self.begin(
            "warning",
            _("The data file is missing") if gone else _("The data file is damaged"),
            _("Nothing was overwritten, and nothing will be: the damaged file is kept aside whatever you choose."),
        )
        self.salvage = Button(_("Save what can be read"), self.salvage_wanted.emit, kind="primary")
        self.salvage_note = label(
            _("Reads around the damage. What is missing comes from the newest good backup and from the team hub."),
            "soft",
            wrap=True,
        )
        self.restore = Button(_("Restore the newest good backup"), self._restore)
        self.restore.setEnabled(False)
        self.restore_note = label(_("Looking for a good backup…"), "soft", wrap=True)
        self.leave = Button(_("Leave it as it is for now"), self.left.emit, kind="link")
        for part in (self.salvage, self.salvage_note, self.restore, self.restore_note, self.error, self.leave):
            self.add(part)
        for part in (self.salvage, self.salvage_note):
            part.setVisible(not gone)
        self.error.hide()

    def found(self, row: BackupRow | None) -> None:
        """The newest backup that was found whole, if any."""
        self.row = row
        self.restore.setEnabled(row is not None)
        if row is None:
            self.restore_note.setText(_("There is no good backup beside the data."))
        else:
            self.restore_note.setText(
                _("Made on {day} and checked just now. What was done since then is not in it.").format(
                    day=format.day(row.made.date())
                )
            )

    def busy(self, on: bool) -> None:
        """While it is being done."""
        for part in (self.salvage, self.leave):
            part.setEnabled(not on)
        self.restore.setEnabled(not on and self.row is not None)
        if on:
            self.error.hide()

    def _restore(self) -> None:
        if self.row is not None:
            self.restore_wanted.emit(self.row.path)
