"""The way back: the recovery code, or a key file from the bank, and what opens the desk from now on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.text import _
from rmdesk.ui.kit.form import Form
from rmdesk.ui.kit.widgets import Button, label, row
from rmdesk.ui.unlock.new_secret import NewSecret, Secret


@dataclass(frozen=True, slots=True)
class Recovery:
    """A recovery code, or the file with a key; and the new secret."""

    by: str | Path
    secret: Secret


class RecoverForm(QWidget):
    """`answered` gives a `Recovery`; `left` goes back to unlocking."""

    answered = Signal(object)
    left = Signal()

    def __init__(self, trouble: Trouble | None) -> None:
        super().__init__()
        self._file: Path | None = None
        self.form = Form()
        self.code = QLineEdit()
        self.code.setInputMethodHints(Qt.InputMethodHint.ImhPreferUppercase | Qt.InputMethodHint.ImhNoPredictiveText)
        self.form.add("code", _("Recovery code"), self.code, note=_("Seven groups of five; dashes do not matter."))
        self.secret = NewSecret(self.form, trouble)
        self.file = Button(_("A key file from the bank instead…"), self._choose, kind="link")
        self.chosen = label("", "small", wrap=True)
        self.chosen.hide()
        self.go = Button(_("Unlock"), self._answer, kind="primary")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(14)
        box.addWidget(self.form)
        box.addLayout(row(self.file, self.chosen, None))
        box.addLayout(row(Button(_("Back"), self.left.emit), None, self.go))
        for field in self.form.fields.values():
            if isinstance(field.editor, QLineEdit):
                field.editor.returnPressed.connect(self._answer)
        self.setFocusProxy(self.code)

    def use_file(self, file: Path) -> None:
        """Open with the key in a file; no code is asked then."""
        self._file = file
        self.chosen.setText(file.name)
        self.chosen.show()
        self.form.fields["code"].hide()
        self.form.fields[self.secret.name].editor.setFocus()

    def _choose(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose the key file"))
        if name:
            self.use_file(Path(name))

    def _answer(self) -> None:
        from rmdesk.services.store import recovery_code

        self.form.clear_errors()
        by: str | Path | None = self._file
        if by is None:
            try:
                by = recovery_code.read(self.code.text())
            except Refused as error:
                self.form.refuse(error)
                return
        secret = self.secret.taken()
        if secret is not None:
            self.answered.emit(Recovery(by, secret))
