"""Opens the forms of visits, promises and tasks; other pages do so by `desk.ask`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, TypeVar

from PySide6.QtWidgets import QCheckBox, QLineEdit

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import Channel, ClientId
from rmdesk.services.store.command import Command
from rmdesk.services.visits import ledger, rules
from rmdesk.services.visits.entry import Entry
from rmdesk.services.visits.queries import entry_of
from rmdesk.services.visits.rows import PromiseRow, TaskRow, VisitRow
from rmdesk.ui.kit.client_field import ClientField
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.drafts import keep_draft
from rmdesk.ui.kit.form import FormDialog
from rmdesk.ui.kit.opening import opened
from rmdesk.ui.visits import words
from rmdesk.ui.visits.choice_bar import ChoiceBar

D = TypeVar("D", bound=FormDialog)


def open_log(
    desk: Desk,
    client: ClientId | None = None,
    channel: str | None = None,
    purpose: str | None = None,
    task: str | None = None,
    visit: str | None = None,
) -> None:
    """Log a visit: a new one with what is known filled in, or `visit`, planned or held. `task` is done by it."""
    given = {"client": client, "channel": channel, "purpose": purpose, "task": task, "visit": visit}
    desk.go("log", **{name: value for name, value in given.items() if value is not None})


def open_plan(
    desk: Desk, client: ClientId | None = None, on: date | None = None, purpose: str = "", visit: VisitRow | None = None
) -> PlanDialog:
    """Plan a visit, or change the plan `visit`."""
    return opened(PlanDialog(desk, client, on, purpose, visit))


def open_promise(desk: Desk, client: ClientId | None = None, promise: PromiseRow | None = None) -> PromiseDialog:
    """Note a promise, or correct one."""
    return opened(PromiseDialog(desk, client, promise))


def open_task(desk: Desk, client: ClientId | None = None, task: TaskRow | None = None, text: str = "") -> TaskDialog:
    """Note a task, or correct one."""
    return opened(TaskDialog(desk, client, task, text))


def open_keep(desk: Desk, client: ClientId) -> None:
    """Say which open promises to a client were kept."""
    from rmdesk.ui.visits.keep_dialog import KeepDialog

    def show(promises: tuple[PromiseRow, ...]) -> None:
        if promises:
            opened(KeepDialog(desk, promises))
        else:
            desk.toast(_("No promise to this client is open."))

    desk.tasks.fetch(ledger.promises, client).done.connect(show)


class PlanDialog(FormDialog):
    """When, how and why a visit is planned."""

    def __init__(
        self, desk: Desk, client: ClientId | None, on: date | None, purpose: str, visit: VisitRow | None
    ) -> None:
        super().__init__(desk, _("Plan visit") if visit is None else _("Edit plan"), said=_("Visit planned"))
        self._visit = visit
        form = self.form
        self.client = ClientField(desk)
        self.channel = ChoiceBar([(str(one), words.channel(one)) for one in Channel], numbered=True)
        form.add("client", _("Client"), self.client, needed=True)
        form.add("channel", _("Channel"), self.channel, needed=True)
        form.add("on", _("Day"), DayField(on or clock.today() + timedelta(1)), needed=True)
        form.add("at", _("Time"), QLineEdit())
        form.add("minutes", _("Minutes"), QLineEdit())
        form.side_by_side("on", "at", "minutes")
        form.add("purpose", _("Purpose"), QLineEdit(purpose))
        form.add("participants", _("Present"), QLineEdit())
        form.add("place", _("Place"), QLineEdit())
        form.add("district", _("District"), QLineEdit())
        form.side_by_side("place", "district")
        form.add("marketing", _("Marketing"), QCheckBox())
        self.channel.take(str(Channel.AT_CLIENT))
        if visit is not None:
            entry = entry_of(visit)
            self.client.set_client(entry.client, visit.name)
            self.client.setReadOnly(True)
            given = {name: getattr(entry, name) for name in form.fields if name not in ("client", "minutes")}
            form.fill(**given, minutes="" if entry.minutes is None else entry.minutes)
        elif client is not None:
            self.client.set_client(client)
        (self.channel if self.client.client is not None else self.client).setFocus()
        keep_draft(self, "plan", "" if visit is None else visit.id)

    def command(self) -> Command[Any]:
        from rmdesk.services.visits.commands import EditVisit, PlanVisit

        value = self.form.value
        entry = Entry(
            client=value("client"), channel=value("channel"), on=day_of(self.form.fields["on"].editor, "on"),
            at=rules.time_of(value("at")), minutes=rules.typed_minutes(value("minutes")), purpose=value("purpose"),
            participants=value("participants"), place=value("place"), district=value("district"),
            marketing=value("marketing"),
        )  # fmt: skip
        return PlanVisit(entry) if self._visit is None else EditVisit(self._visit.id, entry)


class PromiseDialog(FormDialog):
    """What is promised, and by when."""

    def __init__(self, desk: Desk, client: ClientId | None, promise: PromiseRow | None) -> None:
        super().__init__(desk, _("Add promise") if promise is None else _("Edit promise"), said=_("Promise noted"))
        self._promise = promise
        self.client = ClientField(desk, client if promise is None else promise.client, promise.name if promise else "")
        self.client.setReadOnly(promise is not None)
        soon = clock.today() + timedelta(days=rules.limit("ahead", "soon_days"))
        self.form.add("client", _("Client"), self.client, needed=True)
        self.form.add("text", _("What was promised"), QLineEdit(promise.text if promise else ""), needed=True)
        self.form.add("due", _("Due"), DayField(promise.due_on if promise else soon), needed=True)
        (self.client if self.client.client is None else self.form.fields["text"].editor).setFocus()
        keep_draft(self, "promise", "" if promise is None else promise.id)

    def command(self) -> Command[Any]:
        from rmdesk.services.visits.promises import AddPromise, EditPromise

        due = day_of(self.form.fields["due"].editor, "due")
        if due is None:
            raise Refused(N_("A promise needs a day."), field="due", code="no_day")
        if self._promise is not None:
            return EditPromise(self._promise.id, self.form.value("text"), due)
        return AddPromise(_chosen(self.client), self.form.value("text"), due)


class TaskDialog(FormDialog):
    """What is to be done, for whom, and by when."""

    def __init__(self, desk: Desk, client: ClientId | None, task: TaskRow | None, text: str) -> None:
        super().__init__(desk, _("Add task") if task is None else _("Edit task"), said=_("Task noted"))
        self._task = task
        self.client = ClientField(desk, client if task is None else task.client, task.name if task else "")
        self.client.setReadOnly(task is not None)
        self.form.add("text", _("What is to be done"), QLineEdit(task.text if task else text), needed=True)
        self.form.add("client", _("Client"), self.client, note=_("Leave it empty for a task of your own."))
        self.form.add("due", _("Until"), DayField(task.due_on if task else clock.today() + timedelta(1)))
        self.form.fields["text"].editor.setFocus()
        keep_draft(self, "task", "" if task is None else task.id)

    def command(self) -> Command[Any]:
        from rmdesk.services.visits.tasks import AddTask, EditTask

        due = day_of(self.form.fields["due"].editor, "due")
        if self._task is not None:
            return EditTask(self._task.id, self.form.value("text"), due)
        client = _chosen(self.client) if self.client.name else None
        return AddTask(self.form.value("text"), due, client)


def _chosen(field: ClientField) -> ClientId:
    if field.client is None:
        raise Refused(
            N_("Nobody is chosen yet."), do=N_("Pick the client from the list."), field="client", code="no_client"
        )
    return field.client


def day_of(field: Any, name: str) -> date | None:
    """The day that was typed; refused beside the field `name` when it is none."""
    assert isinstance(field, DayField)
    try:
        return field.day()
    except Refused as error:
        error.field = name
        raise
