"""Keys and backups: what concerns the profile's files and not a value in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit

from rmdesk.base.errors import Known, Refused
from rmdesk.base.text import N_, _
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import Form
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, Card, column, label, row
from rmdesk.ui.unlock.secret import SecretField


class PassphraseDialog(QDialog):
    """Asks for the old and the new passphrase, and changes the key file."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        super().__init__(theme.window())
        self.desk, self._folder = desk, folder
        self.setWindowTitle(_("Change passphrase"))
        self.form = Form()
        self.form.add("old", _("Passphrase now"), SecretField(), needed=True)
        self.form.add("passphrase", _("New passphrase"), SecretField(), needed=True)
        self.form.add("again", _("New passphrase once more"), SecretField(), needed=True)
        self.trouble = label("", "error", wrap=True)
        self.trouble.hide()
        self.answer = Button(_("Change"), self.submit, kind="primary")
        self.answer.setDefault(True)
        buttons = row(None, Button(_("Cancel"), self.reject), self.answer)
        box = column(label(_("Change passphrase"), "title"), self.form, self.trouble, buttons, gap=16)
        box.setContentsMargins(24, 24, 24, 24)
        self.setLayout(box)
        self.setMinimumWidth(440)

    def submit(self) -> None:
        """Change it; what is wrong stands beside its field."""
        self.form.clear_errors()
        old, new, again = (self._secret(name) for name in ("old", "passphrase", "again"))
        if new != again:
            self.form.refuse(Refused(N_("The two passphrases differ."), do=N_("Type it once more."), field="again"))
            return
        self.answer.setEnabled(False)
        task = self.desk.tasks.call(_change, self._folder, old, new)
        task.done.connect(lambda _nothing: self._changed())
        task.failed.connect(self._failed)

    def _secret(self, name: str) -> str:
        editor = self.form.fields[name].editor
        return editor.text() if isinstance(editor, QLineEdit) else ""

    def _changed(self) -> None:
        self.desk.toast(_("The passphrase was changed."))
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self.answer.setEnabled(True)
        if isinstance(error, Refused) and error.code == "wrong_passphrase":
            error.field = "old"
        if self.form.refuse(error):
            return
        self.trouble.setText(error.whole if isinstance(error, Known) else str(type(error)))
        self.trouble.show()


class SafetyCard(Card):
    """Passphrase, and a backup at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Keys and backups"))
        self._desk = desk
        self.passphrase = Button(_("Change passphrase…"), self._ask, icon="lock")
        self.backup = Button(_("Back up now"), self._back_up, icon="shield")
        self.elsewhere = Button(_("Back up to a folder…"), self._back_up_elsewhere, icon="folder")
        self.add(
            label(_("Whoever has the passphrase can open the data; nobody can recover a lost one."), "soft", wrap=True),
            row(self.passphrase, self.backup, self.elsewhere, None),
        )

    def _ask(self) -> None:
        store = self._desk.tasks.store
        if store is not None:
            dialog = PassphraseDialog(self._desk, store.path.parent)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

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


def _change(folder: Path, old: str, new: str) -> None:
    from rmdesk.services.store.access import change_passphrase

    change_passphrase(folder, old, new)


def _make_backup(store: Any, folder: Path | None) -> Any:
    from rmdesk.services.store import backup

    return backup.make(store, folder)
