"""Backups: what concerns the profile's files and not a value in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from rmdesk.base.text import _
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.widgets import Button, Card, label, row


class SafetyCard(Card):
    """A backup at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Backups"))
        self._desk = desk
        self.backup = Button(_("Back up now"), self._back_up, icon="shield")
        self.elsewhere = Button(_("Back up to a folder…"), self._back_up_elsewhere, icon="folder")
        self.add(
            label(_("A backup holds everything, encrypted. Keep one away from this computer."), "soft", wrap=True),
            row(self.backup, self.elsewhere, None),
        )

    def _back_up(self, folder: Path | None = None) -> None:
        store = self._desk.tasks.store
        if store is None:
            return

        def made(row: Any) -> None:
            self._desk.toast(_("Backed up: {name}").format(name=row.path.name))

        make: Callable[..., Any] = _make_backup
        task = self._desk.tasks.call(make, store, folder)
        task.done.connect(made)
        task.failed.connect(lambda error: self._desk.tell(error, lambda: self._back_up(folder)))

    def _back_up_elsewhere(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("Choose a folder for the backup"))
        if name:
            self._back_up(Path(name))


def _make_backup(store: Any, folder: Path | None) -> Any:
    from rmdesk.services.store import backup

    return backup.make(store, folder)
