"""Unlocking: PIN or passphrase, an older profile's keyring, a key file; or the recovery code and a new PIN."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit

from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.text import _
from rmdesk.ui.kit.form import Form
from rmdesk.ui.kit.widgets import Button, row
from rmdesk.ui.unlock.gate import Gate
from rmdesk.ui.unlock.recover_form import RecoverForm
from rmdesk.ui.unlock.secret import SecretField

if TYPE_CHECKING:
    from rmdesk.services.store.profile import ProfileInfo


class UnlockGate(Gate):
    """Asks for the key; `phrase_given` (PIN, passphrase or recovery code), `keyring_wanted` and `file_given` tell how.

    A forgotten PIN: `keyring_asked` is answered by `recover`, then `recovery_given` holds code or key file, and what is
    to open the desk from then on. A demo has no key: `demo_wanted`.
    """

    phrase_given = Signal(str)
    keyring_wanted = Signal()
    file_given = Signal(object)
    demo_wanted = Signal()
    keyring_asked = Signal()
    recovery_given = Signal(object)

    def __init__(self, info: ProfileInfo | None = None) -> None:
        super().__init__()
        self.info = info
        self.form = Form()
        self.secret: QLineEdit = SecretField()
        self.recovery: RecoverForm | None = None
        self.ask()

    def ask(self) -> None:
        """Show what opens the desk on every day."""
        info = self.info
        self.recovery = None
        who = info.who if info is not None else ""
        self.begin("lock", _("Welcome back, {name}").format(name=who) if who else _("Welcome back"))
        is_demo = info is not None and info.demo
        name, text = _asked(info)
        self.form = Form()
        self.secret = QLineEdit() if name == "code" else SecretField()
        self.form.add(name, text, self.secret)
        self.unlock = Button(_("Unlock"), self._unlock, kind="primary")
        self.keyring = Button(_("Use the system's keyring"), self.keyring_wanted.emit)
        self.forgot = Button(_("Forgot PIN?") if name == "pin" else _("Forgot it?"), self._forgot, kind="link")
        self.file = Button(_("Use a key file…"), self._choose_file, kind="link")
        self.demo = Button(_("Open the demo"), self.demo_wanted.emit, kind="primary")
        with_words = not is_demo and (info is None or bool(info.has_pin or info.has_passphrase or info.recovery_of))
        for part in (self.form, self.error, self.unlock, self.keyring, self.demo):
            self.add(part)
        self.error.hide()
        self.add(row(self.forgot, None, self.file))
        self.form.setVisible(with_words)
        self.unlock.setVisible(with_words)
        self.keyring.setVisible(info is not None and info.has_keyring)
        self.demo.setVisible(is_demo)
        self.file.setVisible(not is_demo)
        self.forgot.setVisible(info is not None and bool(info.recovery_of) and name != "code")
        self.secret.returnPressed.connect(self._unlock)
        self.secret.textChanged.connect(lambda _text: self.form.clear_errors())
        if info is not None and info.problem is not None:
            self.fail(info.problem)

    def recover(self, trouble: Trouble | None = None) -> None:
        """Ask for the recovery code and a new PIN; `trouble` is what is wrong with the keyring: then a passphrase."""
        note = _("Take your recovery sheet. Your data stays as it is; only the PIN is new.")
        if trouble is not None:
            note = f"{trouble.said} " + _("So a passphrase takes the place of the PIN.")
        self.begin("shield", _("Unlock with the recovery code"), note)
        self.recovery = RecoverForm(trouble)
        self.recovery.answered.connect(self.recovery_given.emit)
        self.recovery.left.connect(self.ask)
        self.add(self.recovery)
        self.add(self.error)
        self.error.hide()
        self._card.setEnabled(True)
        self.recovery.setFocus()

    def busy(self, on: bool) -> None:
        """While the key is being tried."""
        self._card.setEnabled(not on)
        if self.recovery is not None:
            return
        self.unlock.setText(_("Unlocking…") if on else _("Unlock"))
        if not on:
            self.secret.setFocus()

    def fail(self, error: BaseException) -> None:
        """What is wrong with a field stands beside it, anything else below."""
        form = self.form if self.recovery is None else self.recovery.form
        if self.recovery is None:
            self.secret.selectAll()
            if isinstance(error, Refused) and error.field in ("pin", "passphrase", "code"):
                error.field = next(iter(form.fields))  # it was not told which of them was typed
        if isinstance(error, Refused) and form.refuse(error):
            self.error.hide()
            return
        super().fail(error)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.recovery is not None:
            self.recovery.setFocus()
            return
        for part in (self.secret, self.keyring, self.demo, self.file):
            if part.isVisibleTo(self):
                part.setFocus()
                return

    def _unlock(self) -> None:
        if self.secret.text():
            self.error.hide()
            self.form.clear_errors()
            self.phrase_given.emit(self.secret.text())

    def _forgot(self) -> None:
        self.keyring_asked.emit()

    def _choose_file(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose the key file"))
        if name:
            self.file_given.emit(Path(name))


def _asked(info: ProfileInfo | None) -> tuple[str, str]:
    """The field that is asked for: its name and what stands above it."""
    if info is None or (info.has_passphrase and not info.has_pin):
        return "passphrase", _("Passphrase")
    if info.has_pin:
        return "pin", _("PIN or passphrase") if info.has_passphrase else _("PIN")
    return "code", _("Recovery code")
