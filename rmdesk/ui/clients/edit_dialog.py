"""Making and editing a prospect, and correcting how a name is read."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from rmdesk.base.text import _
from rmdesk.models.kinds import ClientId, ClientKind
from rmdesk.services.clients import queries
from rmdesk.services.clients.rules import Details
from rmdesk.services.store.command import Command
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog, choices
from rmdesk.ui.kit.widgets import Button, clear, label, row

LOOK_MS = 300


class ClientDialog(FormDialog):
    """The fields of a prospect. While one types, clients who may be the same person are named."""

    def __init__(self, desk: Desk, client: ClientId | None = None, details: Details | None = None) -> None:
        title = _("New client") if client is None else _("Edit client")
        super().__init__(desk, title, said=_("Client saved"))
        self._client = client
        self.setMinimumWidth(560)
        form = self.form
        form.add("name", _("Name"), QLineEdit(), needed=True, note=_("Family name first, in one field."))
        form.add("kind", _("Kind"), choices((ClientKind.PERSON, _("Person")), (ClientKind.COMPANY, _("Company"))))
        form.add("phone", _("Phone"), QLineEdit())
        form.add("wechat", _("WeChat"), QLineEdit())
        form.add("sex", _("Sex"), choices(("", _("unknown")), ("F", _("female")), ("M", _("male"))))
        form.add("birth_date", _("Birth date"), QLineEdit(), note=_("1975-08-18, or 08-18 without a year."))
        form.add("occupation", _("Occupation"), QLineEdit())
        form.add("employer", _("Employer"), QLineEdit())
        form.add("district", _("District"), QLineEdit())
        form.add("address", _("Address"), QLineEdit())
        form.add("email", _("E-mail"), QLineEdit())
        form.add("id_number", _("ID document"), QLineEdit())
        note = QPlainTextEdit()
        note.setFixedHeight(64)
        note.setTabChangesFocus(True)
        form.add("note", _("Note"), note)
        for pair in (
            ("name", "kind"),
            ("phone", "wechat"),
            ("sex", "birth_date"),
            ("occupation", "employer"),
            ("district", "address"),
            ("email", "id_number"),
            ("note",),
        ):
            form.side_by_side(*pair)
        if details is not None:
            form.fill(**{name: getattr(details, name) for name in form.fields})
        self._look = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._look.timeout.connect(self._look_alikes)
        for name in ("name", "phone", "id_number"):
            editor = form.fields[name].editor
            assert isinstance(editor, QLineEdit)
            editor.textEdited.connect(lambda _text: self._look.start())
        self._line = desk.tasks.line(self)
        form.fields["name"].editor.setFocus()

    def details(self) -> Details:
        """What is entered; blanks are unknown."""
        given: dict[str, Any] = {name: value or None for name, value in self.form.values().items()}
        return Details(**{**given, "name": self.form.value("name"), "kind": str(self.form.value("kind"))})

    def command(self) -> Command[Any]:
        from rmdesk.services.clients.commands import AddProspect, EditProspect

        return AddProspect(self.details()) if self._client is None else EditProspect(self._client, self.details())

    def _look_alikes(self) -> None:
        details = self.details()
        if details.name or details.phone or details.id_number:
            task = self._line.fetch(queries.look_alikes, details, self._client)
            task.done.connect(self.show_look_alikes)

    def show_look_alikes(self, found: tuple[queries.LookAlike, ...]) -> None:
        """Name who may be the same person, each with a way to their file."""
        clear(self.extra)
        if found:
            self.extra.addWidget(label(_("Already in the portfolio?"), "strong"))
        for other in found[:3]:
            said = " · ".join(part for part in (other.name, other.number, other.phone, other.why.said) if part)
            go = Button(_("Open"), partial(self._open, other.id), kind="link")
            go.setAccessibleName(_("Open {name}").format(name=other.name))
            self.extra.addLayout(row(label(said, "small"), None, go))

    def _open(self, client: ClientId) -> None:
        self.reject()
        self.desk.go("client", client=client)


class ReadingDialog(FormDialog):
    """Says how a name is read."""

    def __init__(self, desk: Desk, client: ClientId, name: str, pinyin: str) -> None:
        super().__init__(desk, _("How is {name} read?").format(name=name), said=_("Reading corrected"))
        self._client = client
        self.form.add(
            "pinyin",
            _("Reading"),
            QLineEdit(pinyin),
            note=_("With tone marks and one syllable for each character, as in Zhōu Wénmǐn."),
        )
        self.form.fields["pinyin"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.clients.commands import CorrectReading

        return CorrectReading(self._client, self.form.value("pinyin"))


class NoteDialog(FormDialog):
    """The free note on a client."""

    def __init__(self, desk: Desk, client: ClientId, note: str) -> None:
        super().__init__(desk, _("Note"), said=_("Note saved"))
        self._client = client
        editor = QPlainTextEdit(note)
        editor.setTabChangesFocus(True)
        self.form.add("note", _("Note"), editor, note=_("No passwords, PINs or card security codes."))
        editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.clients.commands import SetNote

        return SetNote(self._client, self.form.value("note"))
