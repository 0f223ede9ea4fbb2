"""Before something leaves the encrypted file: what for, in which form, and how it is locked."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QButtonGroup, QDialog, QFrame, QLineEdit, QRadioButton, QWidget

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.services.exports import rules
from rmdesk.services.exports.queries import permit_of
from rmdesk.services.exports.rules import PRINT, Permit, Policy, Wish
from rmdesk.ui.kit.clipboard import clipboard
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import Form
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, column, label, row

WIDE, WIDER = 560, 720


class Secret(QFrame):
    """A password, twice; or one that is suggested."""

    def __init__(self) -> None:
        super().__init__()
        self.form = Form()
        for name, text in (("password", _("Password")), ("again", _("Once more"))):
            field = QLineEdit()
            field.setEchoMode(QLineEdit.EchoMode.Password)
            self.form.add(name, text, field, needed=True)
        self.form.side_by_side("password", "again")
        told = _("At least {length} characters. Tell it by another way than the file.").format(length=rules.least())
        self.hint = label(told, "note", wrap=True)
        line = row(self.hint, Button(_("Suggest one"), self.suggest, kind="link"))
        line.setStretch(0, 1)
        box = column(self.form, line, gap=6)
        box.setContentsMargins(theme.px(26), 0, 0, 0)  # under the name of the choice
        self.setLayout(box)

    def password(self) -> str:
        """The password; Refused beside the field when it is too weak, or the two differ."""
        password = self.form.editor("password", QLineEdit).text()
        rules.check_password(password)
        if password != self.form.editor("again", QLineEdit).text():
            raise Refused(N_("The two passwords differ."), field="again", code="differ")
        return str(password)

    def suggest(self) -> None:
        """Fill in a strong one, show it, and put it on the clipboard: it has to be told to whoever opens the file."""
        password = rules.suggested()
        self.form.fill(password=password, again=password)
        clipboard.put(password)
        told = _("{password} is on the clipboard for half a minute. Tell it by another way than the file.")
        self.hint.setText(told.format(password=password))
        dialog = self.window()
        if (whole := dialog.layout()) is not None:  # the hint has a second line now, which a dialog makes no room for
            whole.activate()
            dialog.resize(dialog.width(), max(dialog.height(), whole.totalHeightForWidth(dialog.width())))


class ExportDialog(QDialog):
    """A question whose answer is a `Wish`, told by `answered`. `forms`: form and its name, the first is proposed.

    `body` stands above the rest, for what is asked besides. What is not allowed cannot be chosen, and says why.
    """

    answered = Signal(object)

    def __init__(
        self,
        desk: Desk,
        title: str,
        what: str,
        forms: Mapping[str, str],
        *,
        client: int | None = None,
        rows: int = 1,
        body: QWidget | None = None,
    ) -> None:
        super().__init__(QApplication.activeModalWidget() or theme.window())  # over what it was asked from
        self.what, self.client, self.rows, self.printed = what, client, rows, PRINT in forms
        self.permit: Permit | None = None
        self.setWindowTitle(_("Print") if self.printed else _("Export"))
        self.setMinimumWidth(theme.px(WIDE if body is None else WIDER))
        self.form = Form()
        reason = QLineEdit()
        reason.setPlaceholderText(_("such as: for the branch audit in November"))
        self.form.add("reason", _("What for"), reason, needed=True)
        self.forms = {code: QRadioButton(name, self) for code, name in forms.items()}
        self.locked = QRadioButton(_("Encrypted, with a password"))
        self.plain = QRadioButton(_("Not encrypted: whoever has the file can read it"))
        self.secret = Secret()
        self._groups = (QButtonGroup(self), QButtonGroup(self))  # each chosen for itself
        for group, buttons in zip(self._groups, (list(self.forms.values()), [self.locked, self.plain]), strict=True):
            buttons[0].setChecked(True)
            for button in buttons:
                group.addButton(button)
        self.locked.toggled.connect(self.secret.setVisible)
        self.said = label("", "error", wrap=True)
        self.said.hide()
        self.ok = Button(_("Print…") if self.printed else _("Choose a file…"), self.answer, kind="primary")
        self.ok.setDefault(True)
        self.ok.setEnabled(False)
        self._lay_out(title, body)
        reason.setFocus()
        desk.tasks.line(self).fetch(permit_of).done.connect(self.allow)

    def _lay_out(self, title: str, body: QWidget | None) -> None:
        whole = column(label(title, "title", wrap=True), self.said, gap=10)
        if body is not None:
            whole.addWidget(body)
        for button in self.forms.values():
            button.setHidden(len(self.forms) == 1)
        if len(self.forms) > 1:
            whole.addWidget(label(_("Form"), "strong"))
            whole.addLayout(row(*self.forms.values(), None, gap=16))
        whole.addWidget(self.form)
        if not self.printed:
            whole.addWidget(label(_("Protection"), "strong"))
            whole.addLayout(column(self.locked, self.secret, self.plain, gap=8))
        for text in (
            _("Keep it only where the bank allows, and delete it when it has served its purpose."),
            _("Who gave out what, when and what for is kept in the audit log."),
        ):
            whole.addWidget(label(text, "note", wrap=True))
        whole.addSpacing(6)
        whole.addLayout(row(None, Button(_("Cancel"), self.reject), self.ok))
        whole.setContentsMargins(24, 24, 24, 24)
        self.setLayout(whole)

    @property
    def chosen(self) -> str:
        """The form that is chosen."""
        return next(code for code, button in self.forms.items() if button.isChecked())

    def wish(self) -> Wish:
        """What was entered; Refused beside the field."""
        is_locked = not self.printed and self.locked.isChecked()
        reason = str(self.form.value("reason"))
        wish = Wish(self.what, self.chosen, reason, self.secret.password() if is_locked else "", self.client)
        if self.permit is not None:
            rules.check(wish, self.permit, self.rows)
        return wish

    def answer(self) -> None:
        """Take what was entered, or say what is wrong with it."""
        for form in (self.form, self.secret.form):
            form.clear_errors()
        try:
            wish = self.wish()
        except Refused as error:
            if not (self.form.refuse(error) or self.secret.form.refuse(error)):
                self._say(error.whole)
            return
        self.accept()
        self.answered.emit(wish)

    def allow(self, permit: Permit) -> None:
        """What may be chosen."""
        self.permit = permit
        only = not self.printed and permit.policy is not Policy.FREE
        self.plain.setEnabled(not only)
        if only:
            why = (
                _("The bank allows encrypted files only.")
                if permit.by_hub
                else _("The settings allow encrypted files only.")
            )
            self.plain.setToolTip(why)
        try:
            # Anything that may be entered below will do: is it allowed at all?
            probe = Wish(self.what, self.chosen, "-----", "" if self.printed else rules.suggested(), self.client)
            rules.check(probe, permit, self.rows)
        except Refused as error:
            self._say(error.whole)
            return
        self.ok.setEnabled(True)

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.show()
