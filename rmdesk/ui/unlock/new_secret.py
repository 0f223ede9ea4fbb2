"""The fields for a new PIN; or for a passphrase where there is no safe keyring, as a PIN alone is too little."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit

from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.text import N_, _
from rmdesk.ui.kit.form import Form
from rmdesk.ui.unlock.secret import SecretField


@dataclass(frozen=True, slots=True)
class Secret:
    """What was chosen: a PIN, or a passphrase."""

    pin: str | None = None
    passphrase: str | None = None


class NewSecret:
    """Adds its fields to a form, and gives what was chosen. `trouble` is what is wrong with the keyring, or None."""

    def __init__(self, form: Form, trouble: Trouble | None) -> None:
        self.form = form
        self.name = "pin" if trouble is None else "passphrase"
        if trouble is None:
            form.add("pin", _("New PIN"), SecretField(), note=_("Six signs or more; digits are enough."), needed=True)
            form.add("again", _("New PIN once more"), SecretField(), needed=True)
        else:
            note = _("Four random words are easy to keep.")
            form.add("passphrase", _("New passphrase"), SecretField(), note=note, needed=True)
            form.add("again", _("New passphrase once more"), SecretField(), needed=True)

    def taken(self, who: str = "") -> Secret | None:
        """What was chosen; None when something is wrong with it, which then stands beside its field."""
        from rmdesk.services.store import passphrase

        chosen, again = self._text(self.name), self._text("again")
        by_pin = self.name == "pin"
        try:
            if by_pin:
                passphrase.check_pin(chosen)
            else:
                passphrase.check(chosen, who)
            if chosen != again:
                said = N_("The two PINs differ.") if by_pin else N_("The two passphrases differ.")
                raise Refused(said, do=N_("Type it once more."), field="again")
        except Refused as error:
            self.form.refuse(error)
            return None
        return Secret(pin=chosen) if by_pin else Secret(passphrase=chosen)

    def _text(self, name: str) -> str:
        editor = self.form.fields[name].editor
        return editor.text() if isinstance(editor, QLineEdit) else ""
