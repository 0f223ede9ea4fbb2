"""The cards of the doctor and of the archive: what is well, what was mended, everything as one file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _, sentences
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.flow import flowing
from rmdesk.ui.kit.widgets import Button, Card, clear, label
from rmdesk.ui.settings.asking import AskDialog
from rmdesk.ui.unlock.secret import SecretField

if TYPE_CHECKING:
    from rmdesk.base.progress import Progress
    from rmdesk.services.store.doctor import CheckRow
    from rmdesk.services.store.store import Store

EXAMINING = N_("Check everything")
MENDING = N_("Mend")
ARCHIVING = N_("Write an archive")
MARKS = {"ok": "✓", "warning": "!", "bad": "✗", "mended": "+"}


class HealthCard(Card):
    """Checks on request; the same is done by itself each week and after an end that was none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Health of the data"))
        self._desk = desk
        self.rows: tuple[CheckRow, ...] = ()
        self.look = Button(_("Check everything"), lambda: self.examine(mend=False), icon="search")
        self.mend = Button(_("Mend what can be mended"), lambda: self.examine(mend=True), icon="refresh")
        self.mend.setEnabled(False)
        lines = QWidget()
        self._lines = QVBoxLayout(lines)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        self.add(
            label(
                _("Seals, structure, links, search, figures, files and the audit log. Done by itself every week."),
                "soft",
                wrap=True,
            ),
            lines,
            flowing(self.look, self.mend),
        )

    def examine(self, *, mend: bool) -> None:
        """Begin; the status line shows how far it is and can stop it."""
        for button in (self.look, self.mend):
            button.setEnabled(False)
        task = self._desk.tasks.converse(partial(_examined, mend=mend), MENDING if mend else EXAMINING)
        task.done.connect(self._show)
        task.failed.connect(self._desk.tell)
        task.ended.connect(lambda _task: self.look.setEnabled(True))

    def _show(self, rows: tuple[CheckRow, ...]) -> None:
        self.rows = rows
        clear(self._lines)
        told = [one for one in rows if one.state.value != "ok"]
        if not told:
            self._lines.addWidget(label(_("All is well."), ""))
        for one in told:
            more = one.done or one.do
            said = f"{MARKS[one.state.value]} {sentences(one.text.said, '' if more is None else more.said)}"
            self._lines.addWidget(label(said, "error" if one.state.value == "bad" else "", wrap=True))
        well = len(rows) - len(told)
        self._lines.addWidget(label(_("{count} checks found nothing.").format(count=well), "soft"))
        self.mend.setEnabled(any(one.state.value == "warning" for one in rows))


class ArchiveCard(Card):
    """Everything as one encrypted file for other programs or another computer."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Archive"))
        self._desk = desk
        self.write = Button(_("Write an archive…"), self.ask_write, icon="export")
        self.read = Button(_("Read an archive into a new profile…"), self.ask_read, icon="folder")
        self.add(
            label(
                _(
                    "Everything of this profile, files included, in one encrypted file with a password of its own. Its "
                    "format is public."
                ),
                "soft",
                wrap=True,
            ),
            flowing(self.write, self.read),
        )

    def ask_write(self) -> None:
        """A file, then its password."""
        name, _kind = QFileDialog.getSaveFileName(self, _("Write an archive"), "rmdesk.rmarchive")
        if name:
            self._open(WriteDialog(self._desk, Path(name)))

    def ask_read(self) -> None:
        """A file and an empty folder, then the password and the new profile's passphrase."""
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose the archive"))
        folder = QFileDialog.getExistingDirectory(self, _("Choose an empty folder for the new profile")) if name else ""
        if folder:
            self._open(ReadDialog(self._desk, Path(name), Path(folder)))

    @staticmethod
    def _open(dialog: AskDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


class WriteDialog(AskDialog):
    """The password of a new archive, twice."""

    def __init__(self, desk: Desk, target: Path) -> None:
        super().__init__(desk, _("Write an archive"), _("Write"))
        self._target = target
        self.form.add("password", _("Password of the archive"), SecretField(), needed=True)
        self.form.add("again", _("Once more"), SecretField(), needed=True)

    def begin(self) -> None:
        password, again = self.text("password"), self.text("again")
        if password != again:
            raise Refused(N_("The two passwords differ."), do=N_("Type it once more."), field="again")
        self.run(partial(_written, target=self._target, password=password), ARCHIVING)

    def said(self, result: Any) -> str:
        return _("{count} rows written to {name}.").format(count=result.rows, name=result.path.name)


class ReadDialog(AskDialog):
    """The password of an archive, and the passphrase of the profile it becomes."""

    def __init__(self, desk: Desk, file: Path, folder: Path) -> None:
        super().__init__(desk, _("Read an archive into a new profile"), _("Read"))
        self._file, self._folder = file, folder
        self.form.add("password", _("Password of the archive"), SecretField(), needed=True)
        self.form.add("passphrase", _("Passphrase of the new profile"), SecretField(), needed=True)
        self.form.add("again", _("Once more"), SecretField(), needed=True)

    def begin(self) -> None:
        passphrase, again = self.text("passphrase"), self.text("again")
        if passphrase != again:
            raise Refused(N_("The two passphrases differ."), do=N_("Type it once more."), field="again")
        work = partial(
            _read, file=self._file, folder=self._folder, password=self.text("password"), passphrase=passphrase
        )
        self.run(work, ARCHIVING)

    def said(self, result: Any) -> str:
        return _("{count} rows read into {folder}.").format(count=result, folder=self._folder.name)


def _examined(store: Store, progress: Progress, *, mend: bool) -> tuple[CheckRow, ...]:
    from rmdesk.services.health import examining

    return examining.examine(store.folder, store, progress, mend=mend)


def _written(store: Store, progress: Progress, *, target: Path, password: str) -> Any:
    from rmdesk.services.archive import writing

    return writing.write(store, target, password, progress)


def _read(store: Store, progress: Progress, *, file: Path, folder: Path, password: str, passphrase: str) -> int:
    from rmdesk.services.archive import reading
    from rmdesk.services.store import profile

    reading.describe(file)
    made = profile.create(folder, who=store.who, passphrase=passphrase)
    return sum(reading.read_into(file, password, made, progress).values())
