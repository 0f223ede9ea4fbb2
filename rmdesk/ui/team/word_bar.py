"""The bar in which a lead says a word on a record: one tag, a comment, and the buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QPlainTextEdit, QWidget

from rmdesk.base.errors import Refused
from rmdesk.base.text import _
from rmdesk.models.kinds import Word
from rmdesk.services.team import rules
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, column, label


class Comment(QPlainTextEdit):
    """What the manager should know; Tab leaves it, Esc goes back to the list."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setAccessibleName(_("Comment"))
        self.setPlaceholderText(_("What the manager should know"))
        self._size()
        theme.changed.connect(self._size)

    def _size(self) -> None:
        self.setFixedHeight(theme.px(76))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


class WordBar(QWidget):
    """`said` tells the word chosen, `tagged` that another tag is."""

    said = Signal(object)
    tagged = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.comment = Comment()
        self.trouble = label("", "error", wrap=True)
        self.trouble.hide()
        self.tags: dict[str, Button] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._tags = QWidget()
        flow = Flow(6)
        self._tags.setLayout(flow)
        for code, name in rules.tags().items():
            button = Button(name.said, kind="filter")
            button.setCheckable(True)
            button.clicked.connect(lambda on, code=code: self._only(code if on else ""))
            button.clicked.connect(self.tagged)
            self._group.addButton(button)
            self.tags[code] = button
            flow.addWidget(button)
        self.buttons = {
            Word.APPROVED: Button(_("Pass"), lambda: self.said.emit(Word.APPROVED), kind="primary", hint="A · Ctrl+↵"),
            Word.RETURNED: Button(_("Give back"), lambda: self.said.emit(Word.RETURNED), hint="R"),
            Word.DISCUSS: Button(_("Discuss"), lambda: self.said.emit(Word.DISCUSS), hint="D"),
            Word.EXEMPLARY: Button(_("Mark as example"), lambda: self.said.emit(Word.EXEMPLARY), hint="X"),
        }
        keys = label(_("A pass · R give back · N next"), "note")
        line, said = QWidget(), Flow(8)
        line.setLayout(said)
        for part in (*self.buttons.values(), keys):  # no button is cut off where the window is narrow
            said.addWidget(part)
        self.setLayout(column(self._tags, self.comment, self.trouble, line, gap=10))

    def begin(self, *, request: bool, comment: str = "") -> None:
        """Empty, for another record; a request is approved or refused."""
        self.comment.setPlainText(comment)
        self._only("")
        self.trouble.hide()
        self._tags.setVisible(not request)
        for word in (Word.DISCUSS, Word.EXEMPLARY):
            self.buttons[word].setVisible(not request)
        self.buttons[Word.APPROVED].setText(_("Approve gift") if request else _("Pass"))
        self.buttons[Word.RETURNED].setText(_("Refuse gift") if request else _("Give back"))

    def fill(self, comment: str, tag: str) -> None:
        """What was typed before."""
        self.comment.setPlainText(comment)
        self._only(tag)

    @property
    def tag(self) -> str:
        """The tag that is chosen, or nothing."""
        return next((code for code, button in self.tags.items() if button.isChecked()), "")

    @property
    def text(self) -> str:
        """The comment."""
        return self.comment.toPlainText().strip()

    def refuse(self, error: Refused) -> None:
        """Say what is missing, and go where it is missing."""
        self.trouble.setText(error.whole)
        self.trouble.show()
        if error.field == "comment":
            self.comment.setFocus()

    def _only(self, chosen: str) -> None:
        for code, button in self.tags.items():
            button.setChecked(code == chosen)
