"""The card of the keys: what opens the desk now, and what can be changed about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rmdesk.base.text import _
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.widgets import Button, Card, clear, label, row

if TYPE_CHECKING:
    from rmdesk.services.store.profile import ProfileInfo
    from rmdesk.services.store.reads import Reads
    from rmdesk.services.store.store import Store
    from rmdesk.ui.settings.key_dialogs import KeyDialog


class KeysCard(Card):
    """Reads the key file anew whenever something changed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Keys"))
        self._desk = desk
        self.info: ProfileInfo | None = None
        ways = QWidget()
        self._ways = QVBoxLayout(ways)
        self._ways.setContentsMargins(0, 0, 0, 0)
        self._ways.setSpacing(6)
        self.pin = Button(_("Choose a new PIN…"), lambda: self._secret(pin=True), icon="lock")
        self.passphrase = Button(_("Change passphrase…"), lambda: self._secret(pin=False), icon="lock")
        self.code = Button(_("New recovery code…"), self._code, icon="shield")
        self.rekey = Button(_("New data key…"), lambda: self._code(rekey=True), icon="refresh")
        self.export = Button(_("Export the key…"), self._export, icon="export")
        self._buttons = (self.pin, self.passphrase, self.code, self.rekey, self.export)
        self.add(ways, row(self.pin, self.passphrase, self.code, None), row(self.rekey, self.export, None))
        for button in self._buttons:
            button.setEnabled(False)
        self.reload()

    def reload(self) -> None:
        """Look what opens the desk now."""
        store = self._desk.tasks.store
        if store is not None:
            self._desk.tasks.call(_described, store).done.connect(lambda found: self._show(*found))

    def _show(self, info: ProfileInfo, escrow: str | None = None) -> None:
        """`escrow`: since when the bank can open the desk, "" when it cannot, None when no hub is followed."""
        self.info = info
        clear(self._ways)
        for line in lines(info, escrow):
            self._ways.addWidget(label(line, "soft", wrap=True))
        for button in self._buttons:
            button.setEnabled(not info.demo)
        self.passphrase.setVisible(info.has_passphrase)
        self.rekey.setEnabled(not info.demo and (info.has_pin or info.has_passphrase))

    def _secret(self, *, pin: bool) -> None:
        from rmdesk.ui.settings.key_dialogs import SecretDialog

        if self.info is not None:
            self._open(SecretDialog(self._desk, self.info, pin=pin))

    def _code(self, *, rekey: bool = False) -> None:
        from rmdesk.ui.settings.key_dialogs import CodeDialog

        if self.info is not None:
            self._open(CodeDialog(self._desk, self.info, rekey=rekey))

    def _export(self) -> None:
        from rmdesk.ui.settings.key_dialogs import ExportDialog

        if self.info is not None:
            self._open(ExportDialog(self._desk, self.info))

    def _open(self, dialog: KeyDialog) -> None:
        dialog.changed.connect(self.reload)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def lines(info: ProfileInfo, escrow: str | None = None) -> list[str]:
    """What opens the desk now, a sentence each."""
    if info.demo:
        return [_("Demo profile: the key lies open.")]
    told = []
    keyring = info.keyring.removesuffix(".Keyring").rpartition(".")[2]
    if info.has_pin:
        told.append(_("Every day: PIN, together with a secret in the keyring {name}.").format(name=keyring))
    if info.has_keyring:
        told.append(_("Every day: the keyring {name} alone, as older versions did. Choose a PIN.").format(name=keyring))
    if info.has_passphrase:
        told.append(_("Every day: passphrase, which stands alone."))
    if info.recovery_of:
        told.append(_("When it is forgotten: recovery code of {day}.").format(day=info.recovery_of))
    else:
        told.append(_("There is no recovery code: a lost key could not be replaced. Make one now."))
    if info.exported:
        told.append(
            _("The key was exported on {days}. Only a new data key makes that file worthless.").format(
                days=", ".join(info.exported)
            )
        )
    else:
        told.append(_("The key was never exported."))
    if escrow:
        told.append(_("Since {day} the bank can open this desk with its own recovery key.").format(day=escrow))
    elif escrow is not None:
        told.append(_("The bank has set no recovery key: it cannot open this desk."))
    return told


def _described(store: Store) -> tuple[ProfileInfo, str | None]:
    from rmdesk.services.store import profile
    from rmdesk.services.sync import escrowing, state

    def told(reads: Reads) -> str | None:
        return escrowing.since(reads) if state.joined(reads) else None

    return profile.describe(store.folder), store.read(told)
