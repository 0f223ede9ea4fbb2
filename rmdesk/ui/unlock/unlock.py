"""Unlocking: the passphrase, the system's keyring, or an exported key file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFileDialog

from rmdesk.base.errors import Refused
from rmdesk.base.text import _
from rmdesk.ui.kit.form import Form
from rmdesk.ui.kit.widgets import Button, row
from rmdesk.ui.unlock.gate import Gate
from rmdesk.ui.unlock.secret import SecretField

if TYPE_CHECKING:
    from rmdesk.services.store.profile import ProfileInfo


class UnlockGate(Gate):
    """Asks for the key; `phrase_given`, `keyring_wanted` and `file_given` tell how. A demo has none: `demo_wanted`."""

    phrase_given = Signal(str)
    keyring_wanted = Signal()
    file_given = Signal(object)
    demo_wanted = Signal()

    def __init__(self, info: ProfileInfo | None = None) -> None:
        super().__init__()
        who = info.who if info is not None else ""
        self.begin("lock", _("Welcome back, {name}").format(name=who) if who else _("Welcome back"))
        self.form = Form()
        self.secret = SecretField()
        self.form.add("passphrase", _("Passphrase"), self.secret)
        self.unlock = Button(_("Unlock"), self._unlock, kind="primary")
        self.keyring = Button(_("Use the system's keyring"), self.keyring_wanted.emit)
        self.file = Button(_("Use a key file…"), self._choose_file, kind="link")
        is_demo = info is not None and info.demo
        self.demo = Button(_("Open the demo"), self.demo_wanted.emit, kind="primary")
        self.demo.setVisible(is_demo)
        self.file.setVisible(not is_demo)
        with_phrase = info is None or (info.has_passphrase and not is_demo)
        self.form.setVisible(with_phrase)
        self.unlock.setVisible(with_phrase)
        self.keyring.setVisible(info is not None and info.has_keyring)
        for part in (self.form, self.error, self.unlock, self.keyring, self.demo):
            self.add(part)
        self.error.hide()
        self.add(row(None, self.file, None))
        self.secret.returnPressed.connect(self._unlock)
        self.secret.textChanged.connect(lambda _text: self.form.clear_errors())
        if info is not None and info.problem is not None:
            self.fail(info.problem)

    def busy(self, on: bool) -> None:
        """While the key is being tried."""
        for part in (self.secret, self.unlock, self.keyring, self.file, self.demo):
            part.setEnabled(not on)
        self.unlock.setText(_("Unlocking…") if on else _("Unlock"))
        if not on:
            self.secret.setFocus()

    def fail(self, error: BaseException) -> None:
        """A wrong passphrase stands beside its field, anything else below."""
        self.secret.selectAll()
        if isinstance(error, Refused) and self.form.refuse(error):
            self.error.hide()
            return
        super().fail(error)

    def focusInEvent(self, event: QFocusEvent) -> None:
        for part in (self.secret, self.keyring, self.demo, self.file):
            if part.isVisibleTo(self):
                part.setFocus()
                return

    def _unlock(self) -> None:
        if self.secret.text():
            self.error.hide()
            self.form.clear_errors()
            self.phrase_given.emit(self.secret.text())

    def _choose_file(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose the key file"))
        if name:
            self.file_given.emit(Path(name))
