"""The first start: make a profile, restore a backup or read an archive, or try the demo."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QVBoxLayout, QWidget

from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.text import N_, _
from rmdesk.ui.kit.form import Form
from rmdesk.ui.kit.icons import icon
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, label, row
from rmdesk.ui.unlock.code_sheet import CodeSheet
from rmdesk.ui.unlock.gate import Gate
from rmdesk.ui.unlock.new_secret import NewSecret, Secret
from rmdesk.ui.unlock.secret import SecretField


@dataclass(frozen=True, slots=True)
class NewProfile:
    """What one answers to make a profile: a PIN or a passphrase, and the recovery code that was typed back; `archive`
    is what is read into it, with its password.
    """

    who: str
    pin: str | None
    passphrase: str | None
    code: str
    archive: Path | None = None
    password: str = ""


class Choice(Button):
    """A large button: what, and a sentence about it."""

    def __init__(self, picture: str, text: str, note: str) -> None:
        super().__init__(kind="choice", name=text)
        self.setAccessibleDescription(note)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(text, "strong"))
        words.addWidget(label(note, "small", wrap=True))
        image = QLabel()
        image.setPixmap(icon(picture, "accent", 24).pixmap(24, 24))
        box = row(image, words, gap=16)
        box.setStretch(1, 1)
        box.setContentsMargins(16, 12, 16, 12)
        self.setLayout(box)
        self.setMinimumHeight(theme.px(68))


class FirstRunGate(Gate):
    """Three ways in, then the questions of the chosen one."""

    keyring_asked = Signal()  # answered by `ask`
    create_wanted = Signal(object)
    restore_wanted = Signal(object)
    demo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.form: Form | None = None
        self._first: QWidget | None = None
        self._trouble: Trouble | None = None
        self._archive: Path | None = None
        self._password = ""
        self.choose()

    def choose(self) -> None:
        """Show the three ways."""
        self.form, self._archive = None, None
        self.begin(
            "shield",
            _("Welcome to rmdesk"),
            _("Everything you enter is encrypted and stays on this computer. How would you like to begin?"),
        )
        self.new = Choice("plus", _("Set up my desk"), _("A new, empty desk with a key of your own"))
        self.restore = Choice("restore", _("Restore a backup"), _("Bring a desk back from a backup file or an archive"))
        self.demo = Choice("star", _("Try the demo"), _("486 invented clients, to look around"))
        self.new.clicked.connect(self.keyring_asked.emit)
        self.restore.clicked.connect(self._choose_backup)
        self.demo.clicked.connect(self.demo_wanted.emit)
        for part in (self.new, self.restore, self.demo, self.error):
            self.add(part)
        self.error.hide()
        self._first = self.new
        self.new.setFocus()

    def ask(self, trouble: Trouble | None = None) -> None:
        """Show the questions for a new profile; `trouble` is what is wrong with this computer's keyring, or None."""
        self._trouble = trouble
        if trouble is None:
            note = _("You unlock it with a PIN. This computer's keyring holds the other half of the key.")
        else:
            note = f"{trouble.said} " + _("So a passphrase guards your desk here: long, as it stands alone.")
        self.begin("lock", _("Set up my desk") if self._archive is None else _("Read an archive"), note)
        form = self.form = Form()
        if self._archive is not None:
            said = _("It was chosen when {name} was made.").format(name=self._archive.name)
            form.add("password", _("Password of the archive"), SecretField(), needed=True, note=said)
        form.add("who", _("Your name"), QLineEdit(), needed=True)
        self.secret = NewSecret(form, trouble)
        self.make = Button(_("Next"), self._take, kind="primary")
        for part in (form, self.error):
            self.add(part)
        self.error.hide()
        self.add(row(Button(_("Back"), self.choose), None, self.make))
        for field in form.fields.values():
            if isinstance(field.editor, QLineEdit):
                field.editor.returnPressed.connect(self._take)
        self._first = form.fields["who" if self._archive is None else "password"].editor
        self._card.setEnabled(True)
        self._first.setFocus()

    def read_archive(self, archive: Path) -> None:
        """Make a new profile of an archive: its password besides the questions for a new one."""
        self._archive = archive
        self.keyring_asked.emit()

    def show_code(self, who: str, secret: Secret) -> None:
        """The recovery code, and its groups typed back; only then is the profile made."""
        self.form = None
        self.begin("shield", _("Your recovery code"))
        self.sheet_of_code = CodeSheet(who, _("Create"))
        self.sheet_of_code.known.connect(
            lambda code: self.create_wanted.emit(
                NewProfile(who, secret.pin, secret.passphrase, code, self._archive, self._password)
            )
        )
        self.sheet_of_code.left.connect(lambda: self.ask(self._trouble))
        self.add(self.sheet_of_code)
        self.add(self.error)
        self.error.hide()
        self._first = self.sheet_of_code
        self.sheet_of_code.setFocus()

    def busy(self, on: bool) -> None:
        """While the profile is being made."""
        self._card.setEnabled(not on)

    def fail(self, error: BaseException) -> None:
        """Beside the field, or below."""
        if self.form is not None and self.form.refuse(error):
            return
        super().fail(error)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._first is not None:
            self._first.setFocus()

    def _take(self) -> None:
        form = self.form
        if form is None:
            return
        form.clear_errors()
        who = form.value("who")
        if not who:
            form.refuse(Refused(N_("Your name stands beside every record you make."), do=N_("Enter it."), field="who"))
            return
        if self._archive is not None:
            self._password = form.value("password")
            if not self._password:
                form.refuse(Refused(N_("Fill this in."), field="password"))
                return
        secret = self.secret.taken(who)
        if secret is not None:
            self.show_code(who, secret)

    def _choose_backup(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose the backup or archive"))
        if name:
            self.restore_wanted.emit(Path(name))
