"""Forms: a label above each field, the error below it, and dialogs whose answer is a command."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Self, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QDialog,
    QLabel,
    QLayout,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from rmdesk.base.errors import Known, Refused
from rmdesk.base.text import _
from rmdesk.services.store.command import Command
from rmdesk.ui.kit.answers import fill, value_of
from rmdesk.ui.kit.choice import Choice
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.middle import EDGE, Middle
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.why_link import WhyLink
from rmdesk.ui.kit.widgets import Button, column, label, restyle, row

W = TypeVar("W", bound=QWidget)
SPUN = 11  # pixels before the number of a spin box


def choices(*pairs: tuple[Any, str]) -> Choice:
    """A box to choose from: values and their names."""
    box = Choice()
    for value, name in pairs:
        box.addItem(name, value)
    return box


class Field(QWidget):
    """One question: label, editor, a note, and what is wrong with the answer."""

    def __init__(self, name: str, editor: QWidget, *, note: str = "", needed: bool = False) -> None:
        super().__init__()
        self.editor = editor
        self._label = label(f"{name} *" if needed else name, "field")
        if not isinstance(editor, Choice):  # which has one of its own
            self._label.setBuddy(editor)
        self._note = note
        for told in {editor, editor.focusProxy() or editor}:  # a field with things around it: what takes the keyboard
            told.setAccessibleName(name)
            told.setAccessibleDescription(note)
        if isinstance(editor, QCheckBox):
            editor.setText(name)
            self._label.hide()
        if hasattr(editor, "understood"):  # says itself what is wrong, while one types
            editor.understood.connect(self.wrong)
        self._box = column(self._label, editor, gap=4)
        if note:
            self._box.addWidget(label(note, "note", wrap=True))
        self.setLayout(self._box)

    @cached_property
    def error(self) -> QLabel:
        """What is wrong; made when something is: most forms have many fields and no error."""
        made = label("", "error", wrap=True)
        made.hide()
        self._box.addWidget(made)
        return made

    @cached_property
    def why(self) -> WhyLink:
        """Leads to the rule that refused the answer; made when one does."""
        made = WhyLink()
        self._box.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def wrong(self, text: str, rule: str = "", desk: Desk | None = None) -> None:
        """Say what is wrong, or nothing for an empty text; `rule` is the one of the help that says so."""
        if (rule and desk is not None) or "why" in self.__dict__:
            self.why.offer(rule, desk)
        if text == (self.error.text() if "error" in self.__dict__ else ""):
            return
        self.error.setText(text)
        self.error.setVisible(bool(text))
        restyle(self.editor, wrong=bool(text))
        self.editor.setAccessibleDescription(text or self._note)
        if text:
            QAccessible.updateAccessibility(QAccessibleEvent(self.editor, QAccessible.Event.DescriptionChanged))


class Form(QWidget):
    """Fields by name, below one another; `side_by_side` puts some into one line."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(14)

    def add(self, name: str, text: str, editor: QWidget, *, note: str = "", needed: bool = False) -> Field:
        """Ask one question; `name` is the field that a Refused names."""
        if isinstance(editor, QAbstractSpinBox):  # its number begins where the texts of other fields do
            editor.lineEdit().setTextMargins(SPUN, 0, 0, 0)
        field = self.fields[name] = Field(text, editor, note=note, needed=needed)
        self._box.addWidget(field)
        return field

    def side_by_side(self, *names: str) -> None:
        """Put fields that were added into one line, where the first of them stood."""
        fields = [self.fields[name] for name in names]
        place = min(self._box.indexOf(field) for field in fields)
        for field in fields:
            self._box.removeWidget(field)
        line = row(*fields, gap=12)
        for at in range(len(fields)):
            line.setStretch(at, 1)
            line.setAlignment(fields[at], Qt.AlignmentFlag.AlignTop)
        self._box.insertLayout(place, line)

    def editor(self, name: str, kind: type[W]) -> W:
        """The editor of a field, which is of this kind."""
        found = self.fields[name].editor
        if not isinstance(found, kind):
            raise TypeError(name)
        return found

    def value(self, name: str) -> Any:
        """The answer of a field; a refusal of the editor names the field."""
        try:
            return value_of(self.fields[name].editor)
        except Refused as error:
            error.field = error.field or name
            raise

    def values(self) -> dict[str, Any]:
        """All answers."""
        return {name: self.value(name) for name in self.fields}

    def fill(self, **values: Any) -> None:
        """Put values into fields."""
        for name, value in values.items():
            fill(self.fields[name].editor, value)

    def clear_errors(self) -> None:
        """Nothing is wrong any more."""
        for field in self.fields.values():
            field.wrong("")

    def refuse(self, error: BaseException, desk: Desk | None = None) -> bool:
        """Show a Refused beside its field, and go there; False when it names none of these. `desk` opens its rule."""
        self.clear_errors()
        if not isinstance(error, Refused) or error.field not in self.fields:
            return False
        field = self.fields[error.field]
        field.wrong(error.whole, error.guide, desk)
        field.editor.setFocus()
        return True


class FormDialog(QDialog):
    """A question whose answer is a command: override `command`. It stays open until the command is done.

    It is never larger than the main window: `whole`, what is asked, scrolls between the title and the buttons.
    Ctrl+Enter answers from any field, Esc leaves. `given` is what it was made with, to be made again after a lock.
    """

    given: tuple[tuple[Any, ...], dict[str, Any]]

    def __new__(cls, *args: Any, **named: Any) -> Self:
        made = super().__new__(cls, *args, **named)
        made.given = (args, named)
        return made

    def __init__(
        self, desk: Desk, title: str, *, answer: str = "", said: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent or theme.window())
        self.desk = desk
        self.setWindowTitle(title)
        self._said = said
        self.form = Form()
        self.trouble = label("", "error", wrap=True)
        self.trouble.hide()
        self.why = WhyLink()
        self.extra = column(gap=8)
        self.answer = Button(answer or _("Save"), self.submit, kind="primary")
        self.answer.setDefault(True)
        leave = Button(_("Cancel"), self.reject)
        self.whole = column(self.form, self.extra, gap=16)
        self.middle = Middle(self.whole)
        around = column(
            _edged(label(title, "title")),
            self.middle,
            _edged(self.trouble),
            _edged(row(self.why, None)),
            _edged(row(None, leave, self.answer)),
            gap=16,
        )
        around.setStretch(1, 1)
        around.setContentsMargins(EDGE, EDGE, 0, EDGE)
        self.setLayout(around)
        self.setMinimumWidth(480)

    def explain(self, *parts: QWidget) -> None:
        """Say these under the title, above what is asked."""
        for at, part in enumerate(parts):
            self.whole.insertWidget(at, part)

    def command(self) -> Command[Any] | None:
        """What the answers mean; None leaves the dialog open. May raise Refused."""
        raise NotImplementedError

    def submit(self) -> None:
        """Answer: perform the command, and close when it is done."""
        self.form.clear_errors()
        self.trouble.hide()
        self.why.offer("", self.desk)
        try:
            command = self.command()
        except Refused as error:
            self._failed(error)
            return
        if command is None:
            return
        self.answer.setEnabled(False)
        task = self.desk.perform(command, self._said)
        # Left meanwhile, the dialog is deleted; what it asked for is done all the same.
        task.done.connect(lambda _outcome: self.accept() if isValid(self) else None)
        task.failed.connect(lambda error: self._failed(error) if isValid(self) else self.desk.tell(error))

    def fit(self) -> None:
        """The height that what is shown needs now, as far as the window has room for it."""
        self.middle.make_room()

    def setVisible(self, visible: bool) -> None:
        if visible and not self.isVisible():
            resized = self.testAttribute(Qt.WidgetAttribute.WA_Resized)
            self.middle.make_room(least=self.height() if resized else 0)
        super().setVisible(visible)

    def _failed(self, error: BaseException) -> None:
        self.answer.setEnabled(True)
        if self.form.refuse(error, self.desk):
            return
        if isinstance(error, Known):
            self.trouble.setText(error.whole)
            self.trouble.show()
            self.why.offer(error.guide, self.desk)
        else:
            self.desk.tell(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submit()
        else:
            super().keyPressEvent(event)


def _edged(part: QWidget | QLayout) -> QLayout:
    """With the space to the right edge that the middle keeps for its scroll bar."""
    box = row(part)
    box.setContentsMargins(0, 0, EDGE, 0)
    return box


def confirm(title: str, text: str, yes: str, press: Callable[[], object], *, danger: bool = False) -> QDialog:
    """Ask before something that cannot be undone; the harmless answer is the default."""
    dialog = QDialog(theme.window())
    dialog.setWindowTitle(title)
    keep = Button(_("Cancel"), dialog.reject)
    sure = Button(yes, dialog.accept, kind="danger" if danger else "primary")
    box = column(label(title, "title", wrap=True), label(text, "soft", wrap=True), row(None, keep, sure), gap=16)
    box.setContentsMargins(24, 24, 24, 24)
    dialog.setLayout(box)
    dialog.setMinimumWidth(440)
    dialog.accepted.connect(lambda: press())
    (keep if danger else sure).setDefault(True)
    dialog.open()
    return dialog
