"""The forms of specialists: ask, note a reply, somebody who can be asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QPlainTextEdit

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import ClientId, RecordId
from rmdesk.services.specialists import tables
from rmdesk.services.specialists.queries import RequestRow, SpecialistRow, may_pass_on, specialists
from rmdesk.services.store.command import Command
from rmdesk.services.store.reads import Reads
from rmdesk.services.visits.rows import VisitRow
from rmdesk.ui.kit import format, names
from rmdesk.ui.kit.client_field import ClientField
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.drafts import keep_draft
from rmdesk.ui.kit.form import FormDialog, choices
from rmdesk.ui.kit.opening import opened
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import label

VISITS, SHOWN = 6, 24  # visits offered, signs of what each was about
LINES = 84  # pixels of a field for several lines


class AskDialog(FormDialog):
    """What is to be known, by whom, until when. Says whether the client agreed that a specialist hears of them."""

    def __init__(
        self, desk: Desk, client: ClientId | None = None, campaign: RecordId | None = None,
        visit: RecordId | None = None,
    ) -> None:  # fmt: skip
        super().__init__(desk, _("Ask a specialist"), said=_("Question put on the list"), answer=_("Ask"))
        self.setMinimumWidth(theme.px(560))
        self._campaign, self._visit = campaign, visit
        self._line = desk.tasks.line(self)
        self.client = ClientField(desk)
        form = self.form
        form.add("client", _("Client"), self.client, needed=True)
        form.add("field", _("Field of expertise"), _fields(), needed=True)
        form.add("specialist", _("Specialist"), choices(("", _("whoever is free"))))
        form.side_by_side("field", "specialist")
        form.add("question", _("What you want to know"), _lines(), needed=True)
        form.add("visit", _("About a visit"), choices(("", _("none"))))
        soon = clock.today() + timedelta(days=tables.days("answer"))
        form.add("due", _("Answer wanted by"), DayField(soon), needed=True)
        form.side_by_side("visit", "due")
        self.consent = label("", "note", wrap=True)
        self.extra.addWidget(self.consent)
        self._people: tuple[SpecialistRow, ...] = ()
        self.box("field").currentIndexChanged.connect(lambda _at: self._offer())
        self.client.chosen.connect(self._look)
        if client is not None:
            self.client.set_client(client)
            self._look(client)
        desk.tasks.line(self).fetch(specialists).done.connect(self._know)
        (self.client if client is None else form.fields["question"].editor).setFocus()
        keep_draft(self, "specialist", "" if client is None else str(client))

    def command(self) -> Command[Any]:
        from rmdesk.services.specialists.commands import AskSpecialist

        client = self.form.value("client")
        if client is None:
            raise Refused(N_("Choose a client."), field="client", code="no_client")
        specialist = self.form.value("specialist") or None
        return AskSpecialist(
            client, self.form.value("field"), self.form.value("question"), specialist, self.form.value("due"),
            self._campaign, self.form.value("visit") or self._visit,
        )  # fmt: skip

    def box(self, name: str) -> QComboBox:
        """A field where one chooses."""
        editor = self.form.fields[name].editor
        assert isinstance(editor, QComboBox)
        return editor

    def _know(self, people: tuple[SpecialistRow, ...]) -> None:
        self._people = people
        self._offer()

    def _offer(self) -> None:
        """Those of the field that was chosen."""
        box, field = self.box("specialist"), self.form.value("field")
        while box.count() > 1:
            box.removeItem(1)
        for one in self._people:
            if one.field == field:
                box.addItem(" · ".join(part for part in (one.name, one.unit) if part), one.id)
        if box.count() > 1:
            box.setCurrentIndex(1)

    def _look(self, client: object) -> None:
        if isinstance(client, int):
            self._line.fetch(_told, ClientId(client)).done.connect(self._say)
        else:
            self.consent.setText("")

    def _say(self, told: tuple[bool | None, tuple[VisitRow, ...]]) -> None:
        agreed, visits = told
        box = self.box("visit")
        while box.count() > 1:
            box.removeItem(1)
        for one in visits:
            about = one.purpose or one.content or names.channel(one.channel)
            box.addItem(f"{format.short_day(one.on)} {about[:SHOWN]}", one.id)
        box.setCurrentIndex(max(0, box.findData(self._visit)) if self._visit else 0)
        said = {
            True: _("The client agreed that specialists hear of them."),
            False: _("The client does not want to be passed on to specialists."),
            None: _("The client was not asked yet whether specialists may hear of them: name no names."),
        }
        self.consent.setText(said[agreed])


class ReplyDialog(FormDialog):
    """What the specialist said, and what is to be done with it for the client."""

    def __init__(self, desk: Desk, request: RequestRow) -> None:
        super().__init__(desk, _("Note the specialist's reply"), said=_("Reply noted"))
        self._request = request
        self.extra.addWidget(label(request.question, "soft", wrap=True))
        form = self.form
        form.add("reply", _("Reply"), _lines(), needed=True)
        form.add("follow", _("What to do for the client"), QLineEdit(_("Tell the client what the specialist says")))
        form.add("follow_on", _("Until"), DayField(clock.today() + timedelta(days=tables.days("follow"))))
        form.side_by_side("follow", "follow_on")
        form.fields["reply"].editor.setFocus()
        keep_draft(self, "specialist_reply", request.id)

    def command(self) -> Command[Any]:
        from rmdesk.services.specialists.commands import NoteReply

        value = self.form.value
        return NoteReply(self._request.id, value("reply"), value("follow"), value("follow_on"))


class SpecialistDialog(FormDialog):
    """Somebody who can be asked."""

    def __init__(self, desk: Desk, specialist: SpecialistRow | None = None) -> None:
        new = specialist is None
        super().__init__(desk, _("Add specialist") if new else _("Edit specialist"), said=_("Specialist saved"))
        self._specialist = specialist
        form = self.form
        form.add("name", _("Name"), QLineEdit(), needed=True)
        form.add("field", _("Field of expertise"), _fields(), needed=True)
        form.add("unit", _("Unit"), QLineEdit())
        form.add("phone", _("Phone"), QLineEdit())
        form.side_by_side("name", "field")
        form.side_by_side("unit", "phone")
        form.add("note", _("Good at"), QLineEdit())
        if specialist is not None:
            form.fill(**{name: getattr(specialist, name) for name in form.fields})
        form.fields["name"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.specialists.commands import AddSpecialist, Details, EditSpecialist

        details = Details(**self.form.values())
        return AddSpecialist(details) if self._specialist is None else EditSpecialist(self._specialist.id, details)


def _told(reads: Reads, client: ClientId) -> tuple[bool | None, tuple[VisitRow, ...]]:
    from rmdesk.services.visits.queries import visits_of

    return may_pass_on(reads, client), tuple(visits_of(reads, client))[:VISITS]


def open_ask(
    desk: Desk, client: ClientId | None = None, campaign: RecordId | None = None, visit: RecordId | None = None
) -> QDialog:
    """Ask a specialist about a client, for a campaign or a visit where one is named."""
    return opened(AskDialog(desk, client, campaign, visit))


def open_reply(desk: Desk, request: RequestRow) -> QDialog:
    """Note what a specialist said."""
    return opened(ReplyDialog(desk, request))


def open_specialist(desk: Desk, specialist: SpecialistRow | None = None) -> QDialog:
    """Note somebody who can be asked, or correct one."""
    return opened(SpecialistDialog(desk, specialist))


def _fields() -> QComboBox:
    return choices(*((code, name.said) for code, name in tables.fields().items()))


def _lines() -> QPlainTextEdit:
    editor = QPlainTextEdit()
    editor.setFixedHeight(theme.px(LINES))
    editor.setTabChangesFocus(True)
    return editor
