"""A small dialog that asks for secrets and then works with the open store; what is wrong stands beside its field."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QLineEdit

from rmdesk.base.errors import Known, Refused
from rmdesk.base.text import _
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import Form
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, column, label, row

if TYPE_CHECKING:
    from rmdesk.base.progress import Progress
    from rmdesk.services.store.store import Store


class AskDialog(QDialog):
    """Subclasses add fields to `form`, begin the work and say its result."""

    def __init__(self, desk: Desk, title: str, answer: str) -> None:
        super().__init__(theme.window())
        self.desk = desk
        self.setWindowTitle(title)
        self.form = Form()
        self.trouble = label("", "error", wrap=True)
        self.trouble.hide()
        self.answer = Button(answer, self.submit, kind="primary")
        self.answer.setDefault(True)
        buttons = row(None, Button(_("Cancel"), self.reject), self.answer)
        box = column(label(title, "title"), self.form, self.trouble, buttons, gap=16)
        box.setContentsMargins(24, 24, 24, 24)
        self.setLayout(box)
        self.setMinimumWidth(theme.px(440))

    def begin(self) -> None:
        """Begin the work with `run`; raise Refused for what is wrong in the fields."""
        raise NotImplementedError

    def said(self, result: Any) -> str:
        """What is said when it is done."""
        raise NotImplementedError

    def text(self, field: str) -> str:
        """What was typed into a field, as it is."""
        editor = self.form.fields[field].editor
        return editor.text() if isinstance(editor, QLineEdit) else ""

    def submit(self) -> None:
        """Begin."""
        self.form.clear_errors()
        self.trouble.hide()
        try:
            self.begin()
        except Refused as error:
            self._failed(error)

    def run(self, work: Callable[[Store, Progress], Any], name: str) -> None:
        """Do it beside everything else; the dialog closes when it is done."""
        self.answer.setEnabled(False)
        task = self.desk.tasks.converse(work, name)
        task.owner = self
        task.done.connect(self._done)
        task.failed.connect(self._failed)

    def _done(self, result: Any) -> None:
        self.desk.toast(self.said(result))
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self.answer.setEnabled(True)
        if self.form.refuse(error):
            return
        if not isinstance(error, Known):
            self.desk.tell(error)
            return
        self.trouble.setText(error.whole)
        self.trouble.show()
