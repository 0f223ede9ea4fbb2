"""The gates and dialogs about keys, on invented profiles: nothing is made, changed or opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from rmdesk.app import App
from rmdesk.base.errors import Refused, Trouble
from rmdesk.services.store.profile import ProfileInfo
from rmdesk.ui.settings import key_dialogs
from rmdesk.ui.settings.keys import KeysCard
from rmdesk.ui.unlock.first_run import FirstRunGate
from rmdesk.ui.unlock.new_secret import Secret
from rmdesk.ui.unlock.unlock import UnlockGate

WHO = "李文静"
BACKEND = "keyring.backends.SecretService.Keyring"
INFO = ProfileInfo(
    Path("x"), exists=True, who=WHO, has_pin=True, keyring=BACKEND, recovery_of="2026-11-22", exported=("2026-11-20",)
)
BARE = ProfileInfo(Path("x"), exists=True, who=WHO, has_passphrase=True)
UNSAFE = Trouble("The system has no safe keyring ({name}).", name="keyring.backends.fail.Keyring")


def first_pin(app: App) -> None:
    gate = FirstRunGate()
    app.window.show_gate(gate)
    gate.ask(None)
    if gate.form is not None:
        gate.form.fill(who=WHO, pin="719304", again="719304")


def first_passphrase(app: App) -> None:
    gate = FirstRunGate()
    app.window.show_gate(gate)
    gate.ask(UNSAFE)


def code(app: App) -> None:
    gate = FirstRunGate()
    app.window.show_gate(gate)
    gate.show_code(WHO, Secret(pin="719304"))


def drill(app: App) -> None:
    gate = FirstRunGate()
    app.window.show_gate(gate)
    gate.show_code(WHO, Secret(pin="719304"))
    sheet = gate.sheet_of_code
    sheet.drill()
    if sheet.form is not None:
        sheet.form.fill(**dict.fromkeys(sheet.form.fields, "K7M2P"))
        sheet.check.click()


def unlock_pin(app: App) -> None:
    gate = UnlockGate(INFO)
    app.window.show_gate(gate)
    gate.secret.setText("000000")
    gate.fail(
        Refused(
            "The PIN is not right. Tries left: {left}.",
            do="Check the keyboard layout and Caps Lock. If you forgot it, use the recovery code.",
            field="pin",
            left=7,
        )
    )


def recover(app: App) -> None:
    gate = UnlockGate(INFO)
    app.window.show_gate(gate)
    gate.recover(None)
    if gate.recovery is not None:
        gate.recovery.form.fill(code="K7M2P-9QRST", pin="719304", again="719304")
        gate.recovery.go.click()


def card(app: App) -> None:
    app.parts.desk.go("settings")


def to_card(app: App) -> None:
    page = app.window.page()
    for one in page.findChildren(KeysCard) if page is not None else []:
        one._show(INFO)
        page._area.verticalScrollBar().setValue(one.y())  # type: ignore[union-attr]


def dialog(make: Callable[[App], QWidget]) -> Callable[[App], None]:
    """Open one of the dialogs."""

    def show(app: App) -> None:
        made = make(app)
        made.open()  # type: ignore[attr-defined]

    return show


def new_pin(app: App) -> QWidget:
    return key_dialogs.SecretDialog(app.parts.desk, INFO, pin=True)


def new_key(app: App) -> QWidget:
    return key_dialogs.CodeDialog(app.parts.desk, INFO, rekey=True)


def new_code(app: App) -> QWidget:
    made = key_dialogs.CodeDialog(app.parts.desk, INFO)
    made.go_on()
    return made


def export(app: App) -> QWidget:
    return key_dialogs.ExportDialog(app.parts.desk, BARE)
