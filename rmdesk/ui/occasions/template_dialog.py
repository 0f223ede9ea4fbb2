"""The manager's own templates: a list, and a form for each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QWidget

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import OccasionKind, RecordId
from rmdesk.services.occasions import templates
from rmdesk.services.occasions.templates import PLACES, PURPOSES, Text
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog, choices
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, Chip, clear, column, label, row, rule
from rmdesk.ui.occasions import words

if TYPE_CHECKING:
    from rmdesk.services.store.command import Command

_DELETE = Qt.WidgetAttribute.WA_DeleteOnClose
MORE = {"thanks": N_("Thanks"), "message": N_("Any message")}


def purpose_name(purpose: str) -> str:
    """What a template is for."""
    return words.kind(OccasionKind(purpose)) if purpose in set(OccasionKind) else _(MORE[purpose])


class TemplateDialog(FormDialog):
    """One template of one's own; a shipped one is copied by changing it."""

    def __init__(self, desk: Desk, text: Text | None = None) -> None:
        own = text is not None and text.id is not None
        super().__init__(desk, _("Edit template") if own else _("Add template"), said=_("Template saved"))
        self.setMinimumWidth(560)
        self._template: RecordId | None = text.id if text is not None else None
        self.form.add("title", _("Title"), QLineEdit(), needed=True)
        self.form.add("purpose", _("For"), choices(*[(code, purpose_name(code)) for code in PURPOSES]))
        self.form.side_by_side("title", "purpose")
        editor = QPlainTextEdit()
        editor.setFixedHeight(132)
        editor.setTabChangesFocus(True)
        places = ", ".join(f"{{{name}}} {_(said)}" for name, said in PLACES.items())
        note = _("Filled in: {places}. A part in [[ ]] goes when what it names is not known.")
        self.form.add("text", _("Text"), editor, needed=True, note=note.format(places=places))
        if text is not None:
            self.form.fill(title=text.title, purpose=text.purposes[0], text=text.text)

    def command(self) -> Command[Any]:
        from rmdesk.services.occasions.template_commands import AddTemplate, EditTemplate

        given = (str(self.form.value("purpose")), self.form.value("title"), self.form.value("text"))
        return AddTemplate(*given) if self._template is None else EditTemplate(self._template, *given)


class TemplateList(QDialog):
    """All templates: own ones can be edited and retired, shipped ones copied."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(theme.window())
        self.desk = desk
        self.setWindowTitle(_("Templates"))
        self.resize(theme.px(640), theme.px(560))
        self._lines = column(gap=10)
        inside = QWidget()
        inside.setLayout(column(self._lines, None))
        add = Button(_("Add template"), partial(self._edit, None), kind="primary")
        note = label(_("A template is a start: each greeting is edited by hand before it is used."), "soft", wrap=True)
        whole = column(
            label(_("Templates"), "title"), note, scroller(inside, "ground"),
            row(None, Button(_("Close"), self.accept), add), gap=12,
        )  # fmt: skip
        whole.setContentsMargins(24, 24, 24, 24)
        self.setLayout(whole)
        self._line = desk.tasks.line(self)
        self.read()

    def read(self) -> None:
        """Read the templates again."""
        self._line.fetch(templates.all_texts).done.connect(self.show_texts)

    def show_texts(self, texts: tuple[Text, ...]) -> None:
        """Show these."""
        clear(self._lines)
        for text in texts:
            own = text.id is not None
            head = row(label(text.title, "strong"), Chip(purpose_name(text.purposes[0])), gap=8)
            head.addWidget(Chip(_("own"), "value") if own else label(_("shipped"), "note"))
            head.addStretch(1)
            head.addWidget(Button(_("Edit") if own else _("Copy and change"), partial(self._edit, text), kind="link"))
            if text.id is not None:
                head.addWidget(Button(_("Retire"), partial(self._retire, text.id), kind="link"))
            self._lines.addLayout(column(head, label(text.text, "small", wrap=True), rule(), gap=6))

    def _edit(self, text: Text | None) -> None:
        dialog = TemplateDialog(self.desk, text)
        dialog.setAttribute(_DELETE)
        dialog.accepted.connect(self.read)
        dialog.open()

    def _retire(self, template: RecordId) -> None:
        from rmdesk.services.occasions.template_commands import RetireTemplate

        self.desk.perform(RetireTemplate(template)).done.connect(lambda _outcome: self.read())
