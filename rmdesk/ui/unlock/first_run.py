"""The first start: make a profile, restore a backup, or try the demo."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QVBoxLayout, QWidget

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.ui.kit.form import Form
from rmdesk.ui.kit.icons import icon
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, label, row
from rmdesk.ui.unlock.gate import Gate
from rmdesk.ui.unlock.secret import SecretField


@dataclass(frozen=True, slots=True)
class NewProfile:
    """What one answers to make a profile."""

    who: str
    passphrase: str


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

    create_wanted = Signal(object)
    restore_wanted = Signal(object)
    demo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.form: Form | None = None
        self._first: QWidget | None = None
        self.choose()

    def choose(self) -> None:
        """Show the three ways."""
        self.form = None
        self.begin(
            "shield",
            _("Welcome to rmdesk"),
            _("Everything you enter is encrypted and stays on this computer. How would you like to begin?"),
        )
        self.new = Choice("plus", _("Set up my desk"), _("A new, empty desk with a key of your own"))
        self.restore = Choice("restore", _("Restore a backup"), _("Bring a desk back from a backup file"))
        self.demo = Choice("star", _("Try the demo"), _("486 invented clients, to look around"))
        self.new.clicked.connect(lambda: self.ask())
        self.restore.clicked.connect(self._choose_backup)
        self.demo.clicked.connect(self.demo_wanted.emit)
        for part in (self.new, self.restore, self.demo, self.error):
            self.add(part)
        self.error.hide()
        self._first = self.new
        self.new.setFocus()

    def ask(self) -> None:
        """Show the questions for a new profile."""
        self.begin(
            "lock",
            _("Set up my desk"),
            _("Nobody can open your data without this passphrase, and nobody can recover it. Write it down."),
        )
        form = self.form = Form()
        form.add("who", _("Your name"), QLineEdit(), needed=True)
        form.add(
            "passphrase", _("Passphrase"), SecretField(), note=_("Four random words are easy to keep."), needed=True
        )
        form.add("again", _("Passphrase once more"), SecretField(), needed=True)
        self.make = Button(_("Create"), self._create, kind="primary")
        back = Button(_("Back"), self.choose)
        for part in (form, self.error):
            self.add(part)
        self.error.hide()
        self.add(row(back, None, self.make))
        for name in ("who", "passphrase", "again"):
            editor = form.fields[name].editor
            if isinstance(editor, QLineEdit):
                editor.returnPressed.connect(self._create)
        self._first = form.fields["who"].editor
        self._first.setFocus()

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

    def _create(self) -> None:
        form = self.form
        if form is None:
            return
        form.clear_errors()
        if not form.value("who"):
            form.refuse(Refused(N_("Your name stands beside every record you make."), do=N_("Enter it."), field="who"))
            return
        phrase, again = (self._secret(name) for name in ("passphrase", "again"))
        if phrase != again:
            form.refuse(Refused(N_("The two passphrases differ."), do=N_("Type it once more."), field="again"))
            return
        self.create_wanted.emit(NewProfile(form.value("who"), phrase))

    def _secret(self, name: str) -> str:
        editor = self.form.fields[name].editor if self.form is not None else None
        return editor.text() if isinstance(editor, QLineEdit) else ""

    def _choose_backup(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose the backup"))
        if name:
            self.restore_wanted.emit(Path(name))
