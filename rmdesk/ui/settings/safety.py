"""The card of the backups: which there are, what each would cost, making one, checking one, going back to one."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QMessageBox, QVBoxLayout, QWidget

from rmdesk.base.text import N_, _, sentences
from rmdesk.ui.kit import format
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.flow import flowing
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, Card, clear, column, label, row, rule

if TYPE_CHECKING:
    from rmdesk.base.progress import Progress
    from rmdesk.services.health.keeping import Listed
    from rmdesk.services.store.reads import Reads
    from rmdesk.services.store.store import Store

BACKING_UP = N_("Back up")
CHECKING = N_("Check a backup")


class SafetyCard(Card):
    """Reads the folder anew after each thing done."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Backups"))
        self._desk = desk
        self.listed: tuple[Listed, ...] = ()
        self.backup = Button(_("Back up now"), self.back_up, icon="shield")
        self.elsewhere = Button(_("Back up to a folder…"), self._back_up_elsewhere, icon="folder")
        self.restores: list[Button] = []
        self.checks: list[Button] = []
        lines = QWidget()
        self._lines = QVBoxLayout(lines)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(8)
        self._line = desk.tasks.line(self)
        self.add(
            label(
                _(
                    "One is made each day while nobody is at the desk, and before each new version; seven are kept. "
                    "Keep one away from this computer: it opens with today's recovery code or passphrase, and no "
                    "erasing reaches it."
                ),
                "soft",
                wrap=True,
            ),
            lines,
            flowing(self.backup, self.elsewhere),
        )
        self.reload()

    def reload(self) -> None:
        """Look which backups there are."""
        store = self._desk.tasks.store
        if store is not None:
            self._line.fetch(_listed, store.folder).done.connect(self._show)

    def _show(self, listed: tuple[Listed, ...]) -> None:
        self.listed = listed
        self.restores, self.checks = [], []
        clear(self._lines)
        if not listed:
            self._lines.addWidget(label(_("There is no backup yet."), "soft"))
        for number, one in enumerate(listed):
            if number:
                self._lines.addWidget(rule())
            self._lines.addLayout(self._one(one))

    def _one(self, one: Listed) -> Any:
        made = one.row.made.astimezone()
        title = f"{format.day(made.date())} {made:%H:%M} · {one.row.size / (1 << 20):.1f} MB"
        if not one.row.readable:
            state = _("Its key is gone: nobody can open it.")
        elif one.row.checked is None:
            state = _("Not checked yet.")
        else:
            state = _("Checked on {day}.").format(day=format.day(one.row.checked.astimezone().date()))
        if one.lost is not None and one.row.readable:
            lost = (
                _("Nothing was done since.") if not one.lost else _("Done since then: {count}").format(count=one.lost)
            )
            state = sentences(state, lost)
        check = Button(_("Check"), partial(self.check, one), kind="link")
        restore = Button(_("Restore…"), partial(self.ask_restore, one))
        for button in (check, restore):
            button.setEnabled(one.row.readable)
        self.checks.append(check)
        self.restores.append(restore)
        words = column(label(title), label(state, "soft"), gap=2)
        return row(words, None, check, restore, gap=8)

    def back_up(self, folder: Path | None = None) -> None:
        """Make one now, beside the data or in a folder."""

        def made(found: Any) -> None:
            self._desk.toast(_("Backed up: {name}").format(name=found.path.name))
            self.reload()

        task = self._desk.tasks.converse(partial(_make_backup, folder=folder), BACKING_UP)
        task.done.connect(made)
        task.failed.connect(lambda error: self._desk.tell(error, lambda: self.back_up(folder)))

    def _back_up_elsewhere(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("Choose a folder for the backup"))
        if name:
            self.back_up(Path(name))

    def check(self, one: Listed) -> None:
        """Open one and compare it."""

        def checked(_row: Any) -> None:
            self._desk.toast(_("The backup is whole."))
            self.reload()

        task = self._desk.tasks.converse(partial(_check, path=one.row.path), CHECKING)
        task.done.connect(checked)
        task.failed.connect(self._desk.tell)

    def ask_restore(self, one: Listed) -> None:
        """Say what it costs, and only then go back."""
        made = one.row.made.astimezone()
        box = QMessageBox(theme.window())
        box.setWindowTitle(_("Restore a backup"))
        box.setText(
            _("Go back to the backup of {day}, {time}?").format(day=format.day(made.date()), time=f"{made:%H:%M}")
        )
        box.setInformativeText(
            _(
                "What was done since then ({count}) is not in it. The present data is kept aside; a team hub "
                "gives back what it has heard."
            ).format(count=one.lost or 0)
        )
        yes = box.addButton(_("Restore"), QMessageBox.ButtonRole.AcceptRole)
        no = box.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no)
        box.setEscapeButton(no)
        yes.clicked.connect(lambda: self.restore(one))
        box.finished.connect(box.deleteLater)
        box.open()

    def restore(self, one: Listed) -> None:
        """Shut the desk, put the backup in place of the data, and open it."""
        store = self._desk.tasks.store
        if store is not None:
            self._desk.reopen(partial(_restored, key=store.key, path=one.row.path))


def _listed(reads: Reads, folder: Path) -> tuple[Listed, ...]:
    from rmdesk.services.health import keeping

    return keeping.listed(reads, folder)


def _make_backup(store: Store, progress: Progress, *, folder: Path | None) -> Any:
    from rmdesk.services.health import keeping

    return keeping.back_up(store, folder, progress)


def _check(store: Store, progress: Progress, *, path: Path) -> Any:
    from rmdesk.services.store import backup

    return backup.check(path, store.key, store.folder, progress)


def _restored(folder: Path, *, key: bytes, path: Path) -> Store:
    from rmdesk.services.health import keeping

    return keeping.restored(folder, key, path)
