"""Greeting a client: a template as a start, edited by hand, copied into the messenger, and noted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QPlainTextEdit

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import Channel
from rmdesk.services.calendar.greeting import Start
from rmdesk.ui.kit.clipboard import clipboard
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog, choices
from rmdesk.ui.kit.widgets import Button, label, row
from rmdesk.ui.occasions import words

if TYPE_CHECKING:
    from rmdesk.services.store.command import Command

LINES = 132


class GreetDialog(FormDialog):
    """Notes that a client was greeted. A filled-in template cannot be used before something of one's own is in it."""

    def __init__(self, desk: Desk, start: Start) -> None:
        super().__init__(
            desk, _("Greet {name}").format(name=start.name), answer=_("Greeted"),
            said=_("{name}: greeted").format(name=start.name),
        )  # fmt: skip
        self.start = start
        self.setMinimumWidth(600)
        age = words.years(start.kind, start.years)
        about = " · ".join(part for part in (start.said.said, words.both(start.day), age) if part)
        self.explain(label(about, "soft", wrap=True))
        texts = [(at, one.title) for at, one in enumerate(start.draft.texts)]
        self.form.add("template", _("Start from"), choices(*texts, (-1, _("An empty page"))))
        self.editor = QPlainTextEdit()
        self.editor.setFixedHeight(LINES)
        self.editor.setTabChangesFocus(True)
        self.form.add("text", _("Text"), self.editor, note=_rule())
        self.form.add("channel", _("How"), choices(*[(code, _(said)) for code, said in words.CHANNELS.items()]))
        self.form.add("on", _("Sent on"), DayField(clock.today(), latest=clock.today()), needed=True)
        self.form.side_by_side("channel", "on")
        self.copied = Button(_("Copy text"), self.copy, icon="copy", kind="small")
        self.extra.addLayout(
            row(self.copied, Button(_("Templates…"), lambda: desk.ask("templates"), kind="link"), None)
        )
        template = self.form.fields["template"].editor
        assert isinstance(template, QComboBox)
        template.currentIndexChanged.connect(self._fill)
        self.editor.textChanged.connect(self._edited)
        self._fill()
        self.editor.setFocus()

    @property
    def draft(self) -> str:
        """The template chosen, filled in; empty for an empty page."""
        at = int(self.form.value("template"))
        return "" if at < 0 else self.start.draft.filled(at)

    @property
    def is_own(self) -> bool:
        """Whether what stands there is more than the template."""
        typed = self.editor.toPlainText().strip()
        return not typed or typed != self.draft.strip()

    def copy(self) -> None:
        """Put the text on the clipboard."""
        if self.is_own:
            clipboard.put(self.editor.toPlainText().strip())
            self.desk.toast(_("Text copied. Paste it into the message."))

    def command(self) -> Command[Any]:
        from rmdesk.services.occasions.commands import Greet

        on = self.form.value("on")
        if on is None:
            raise Refused(N_("Enter a day."), field="on", code="no_day")
        start = self.start
        return Greet(
            start.client, start.key, start.day, Channel(self.form.value("channel")), self.form.value("text"),
            start.occasion, on, self.draft or None,
        )  # fmt: skip

    def _fill(self) -> None:
        self.editor.setPlainText(self.draft)
        cursor = self.editor.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.editor.setTextCursor(cursor)
        self._edited()

    def _edited(self) -> None:
        own, typed = self.is_own, bool(self.editor.toPlainText().strip())
        self.answer.setEnabled(own)
        self.copied.setEnabled(own and typed)
        self.answer.setToolTip("" if own else _rule())


def _rule() -> str:
    return _("Add something of your own: a template as it is cannot be used. A call needs no text.")
