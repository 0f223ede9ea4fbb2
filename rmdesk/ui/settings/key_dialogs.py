"""Dialogs about the keys. What changes them asks for PIN or passphrase first: an open desk may be left alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QVBoxLayout

from rmdesk.base.errors import Known, Refused, Trouble
from rmdesk.base.text import _
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import Form
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, clear, label, row
from rmdesk.ui.unlock.code_sheet import CodeSheet
from rmdesk.ui.unlock.new_secret import NewSecret
from rmdesk.ui.unlock.secret import SecretField

if TYPE_CHECKING:
    from rmdesk.services.store.profile import ProfileInfo
    from rmdesk.services.store.store import Store

WAIT_S, STEP_S = 10.0, 0.1


class KeyDialog(QDialog):
    """A title, a form that proves who asks, what is done with it in `submit`; `changed` when the keys are others."""

    changed = Signal()

    def __init__(self, desk: Desk, info: ProfileInfo, title: str, note: str, answer: str) -> None:
        super().__init__(theme.window())
        self.desk, self.info = desk, info
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(24, 24, 24, 24)
        self._box.setSpacing(16)
        self.form = Form()
        self.trouble = label("", "error", wrap=True)
        self.trouble.hide()
        self.answer = Button(answer, self.submit, kind="primary")
        self.answer.setDefault(True)
        for part in (label(title, "title"), label(note, "soft", wrap=True), self.form, self.trouble):
            self._box.addWidget(part)
        self._box.addLayout(row(None, Button(_("Cancel"), self.reject), self.answer))
        self.ask()
        for field in self.form.fields.values():
            field.editor.setFocus()
            break

    def ask(self) -> None:
        """Add the fields."""
        self.ask_proof()

    def ask_proof(self) -> None:
        """The secrets of now, each that the profile has."""
        if self.info.has_pin:
            self.form.add("pin", _("PIN now"), SecretField(), needed=True)
        if self.info.has_passphrase:
            self.form.add("passphrase", _("Passphrase now"), SecretField(), needed=True)

    def proof(self) -> dict[str, str]:
        """The secrets of now as they were typed, by name."""
        return {name: self.typed(name) for name in ("pin", "passphrase") if name in self.form.fields}

    def typed(self, name: str) -> str:
        """A secret, as it stands."""
        editor = self.form.fields[name].editor
        return editor.text() if isinstance(editor, QLineEdit) else ""

    def submit(self) -> None:
        """Prove first, then go on."""
        self.work(partial(_proven, self.info.folder, self.proof()), lambda _nothing: self.go_on())

    def go_on(self) -> None:
        """What follows the proof."""

    def work(self, function: Callable[[], Any], then: Callable[[Any], object]) -> None:
        """Do it on the worker; what is wrong stands beside its field or below."""
        self.form.clear_errors()
        self.trouble.hide()
        self.answer.setEnabled(False)
        task = self.desk.tasks.call(function)
        task.done.connect(then)
        task.failed.connect(self.failed)

    def failed(self, error: BaseException) -> None:
        """Say it, and let one try again."""
        self.answer.setEnabled(True)
        if self.form.refuse(error):
            return
        self.trouble.setText(error.whole if isinstance(error, Known) else str(type(error)))
        self.trouble.show()

    def done_with(self, said: str) -> None:
        """The keys are others now."""
        self.desk.toast(said)
        self.changed.emit()
        self.accept()


class SecretDialog(KeyDialog):
    """A new PIN, or a new passphrase, for the old one."""

    def __init__(self, desk: Desk, info: ProfileInfo, *, pin: bool) -> None:
        self.by_pin = pin
        title = _("Choose a new PIN") if pin else _("Change passphrase")
        note = _("The old one opens nothing afterwards. The recovery code stays the same.")
        super().__init__(desk, info, title, note, _("Change"))

    def ask(self) -> None:
        """What proves it: the PIN for a PIN, else the passphrase; and the new one."""
        self.old: QLineEdit | None = None
        has_one = self.info.has_pin if self.by_pin else self.info.has_passphrase
        if has_one or self.info.has_passphrase:
            self.old = SecretField()
            self.form.add(
                "old", _("PIN now") if self.by_pin and has_one else _("Passphrase now"), self.old, needed=True
            )
        self.secret = NewSecret(self.form, None if self.by_pin else Trouble(""))

    def submit(self) -> None:
        """Change it."""
        secret, store = self.secret.taken(self.info.who), self.desk.tasks.store
        if secret is None or store is None:
            return
        old = self.old.text() if self.old is not None else ""
        new = secret.pin if secret.pin is not None else secret.passphrase or ""
        said = _("The PIN was changed.") if self.by_pin else _("The passphrase was changed.")
        self.work(partial(_changed, store, self.info, old, new, self.by_pin), lambda _none: self.done_with(said))

    def failed(self, error: BaseException) -> None:
        """A wrong secret of now stands beside its field."""
        if isinstance(error, Refused) and error.code in ("wrong_passphrase", "wrong_pin", "pin_worn"):
            error.field = "old"
        super().failed(error)


class CodeDialog(KeyDialog):
    """A new recovery code; with `rekey` a new data key besides, for which the desk is shut for a while."""

    def __init__(self, desk: Desk, info: ProfileInfo, *, rekey: bool = False) -> None:
        self._rekey = rekey
        self.sheet: CodeSheet | None = None
        if rekey:
            title = _("New data key")
            note = _(
                "All data are written anew under a new key: exported keys, older codes and old copies of the key file"
                " open them no more. The desk is shut meanwhile; a large one takes some minutes."
            )
        else:
            title = _("New recovery code")
            note = _("The old code opens this desk no more. Backups carried elsewhere before still need it.")
        super().__init__(desk, info, title, note, _("Next"))

    def go_on(self) -> None:
        """Show the code, and let two groups be typed back."""
        proof = self.proof()
        clear(self._box)
        self._box.addWidget(label(self.windowTitle(), "title"))
        last = _("Write anew") if self._rekey else _("Done")
        sheet = self.sheet = CodeSheet(self.info.who, last)
        sheet.left.connect(self.reject)
        sheet.known.connect(lambda code: self._known(code, proof))
        self._box.addWidget(sheet)
        sheet.setFocus()

    def failed(self, error: BaseException) -> None:
        """On the sheet, once it is there."""
        if self.sheet is None:
            super().failed(error)
        else:
            self.sheet.busy(False)
            self.sheet.fail(error)

    def _known(self, code: str, proof: dict[str, str]) -> None:
        store, desk = self.desk.tasks.store, self.desk
        if self._rekey:
            self.accept()
            desk.reopen(partial(_rekeyed, code=code, proof=proof))
        elif store is not None and self.sheet is not None:
            self.sheet.busy(True)
            task = desk.tasks.call(_with_code, store, code)
            task.done.connect(lambda _nothing: self.done_with(_("The new recovery code is in force.")))
            task.failed.connect(self.failed)


class ExportDialog(KeyDialog):
    """The raw key into a file."""

    def __init__(self, desk: Desk, info: ProfileInfo) -> None:
        note = _(
            "Whoever has this file and the data can read everything. It can be made worthless only by a new data key."
        )
        super().__init__(desk, info, _("Export the key"), note, _("Choose a file…"))

    def go_on(self) -> None:
        """Ask where to."""
        self.answer.setEnabled(True)
        name, _kind = QFileDialog.getSaveFileName(self, _("Export the key"), "rmdesk.key", "*.key")
        if name:
            self.write_to(Path(name))

    def write_to(self, path: Path) -> None:
        """Write the key."""
        store = self.desk.tasks.store
        if store is not None:
            said = _("Saved as {name}").format(name=path.name)
            self.work(partial(_exported, store, path), lambda _nothing: self.done_with(said))


def _proven(folder: Path, proof: dict[str, str]) -> None:
    from rmdesk.services.store import daily, key_file, keys

    file, _spare = key_file.read(folder)
    if "passphrase" in proof:
        keys.open_with_passphrase(file, proof["passphrase"])
    if "pin" in proof:
        daily.unlock(file, proof["pin"])


def _changed(store: Store, info: ProfileInfo, old: str, new: str, pin: bool) -> None:
    from rmdesk.services.store import access

    if pin and info.has_pin:
        access.change_pin(info.folder, old, new)
    elif pin:
        if info.has_passphrase:
            _proven(info.folder, {"passphrase": old})
        access.set_pin(store, new)
    else:
        access.change_passphrase(info.folder, old, new)


def _with_code(store: Store, code: str) -> None:
    from rmdesk.services.store import access

    access.set_recovery(store, code)


def _exported(store: Store, path: Path) -> None:
    from rmdesk.services.store import access

    access.export_key(store, path)


def _rekeyed(folder: Path, *, code: str, proof: dict[str, str]) -> Store:
    from rmdesk.services.store import profile, rekey

    pin, passphrase = proof.get("pin"), proof.get("passphrase")
    until = time.monotonic() + WAIT_S
    while True:
        try:
            rekey.rekey(folder, code=code, pin=pin, passphrase=passphrase)
            break
        except Trouble as error:  # a reader that is still closing
            if error.code != "busy" or time.monotonic() > until:
                raise
            time.sleep(STEP_S)
    return profile.open_with_code(folder, code)
