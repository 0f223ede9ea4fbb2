"""The forms about somebody who is no client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shiboken6 import isValid

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import ClientId
from rmdesk.services.relations.rows import PersonRow
from rmdesk.ui.kit.client_field import ClientField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog
from rmdesk.ui.kit.widgets import Button, row
from rmdesk.ui.relations.person_fields import NumberField, PersonFields

if TYPE_CHECKING:
    from rmdesk.services.store.command import Command
from rmdesk.ui.kit.opening import opened


class PersonDialog(FormDialog):
    """Corrects what is noted of a person who is no client."""

    def __init__(self, desk: Desk, person: PersonRow, birth: str, near: ClientId) -> None:
        super().__init__(desk, person.name, said=_("Person saved"))
        self.setMinimumWidth(560)
        self._kept, self._near = person, near
        self.person = PersonFields(self.form, with_note=True)
        self.person.fill(person, birth)
        self._number = self.form.editor("phone", NumberField)
        self._number.reveal.connect(self._reveal)
        self.extra.addLayout(
            row(
                Button(_("Is now a client…"), self._becomes, kind="link"),
                Button(_("Remove"), self._remove, kind="danger"),
                None,
            )
        )

    def command(self) -> Command[Any]:
        from rmdesk.services.relations.persons import EditPerson

        return EditPerson(self._kept.id, self.person.details(), self._near)

    def _failed(self, error: BaseException) -> None:
        super()._failed(error)
        if isinstance(error, Refused) and error.field == "guardian":
            self.person.ask_guardian()

    def _reveal(self) -> None:
        from rmdesk.services.profile.commands import ShowPersonNumber

        task = self.desk.tasks.perform(ShowPersonNumber(self._kept.id, self._near))
        task.done.connect(lambda outcome: self._number.show_number(outcome.result) if isValid(self) else None)
        task.failed.connect(self.desk.tell)

    def _becomes(self) -> None:
        self.reject()
        opened(BecomesDialog(self.desk, self._kept))

    def _remove(self) -> None:
        from rmdesk.services.relations.persons import RemovePerson

        task = self.desk.perform(RemovePerson(self._kept.id, ties=True), _("Person removed"))
        task.done.connect(lambda _outcome: self.accept())
        task.failed.connect(self._failed)


class BecomesDialog(FormDialog):
    """Says which client a person has become."""

    def __init__(self, desk: Desk, person: PersonRow) -> None:
        title = _("{name} is now a client").format(name=person.name)
        super().__init__(desk, title, answer=_("Move to client"), said=_("Moved to the client's file"))
        self._kept = person
        note = _("Relationships, household, gifts and birthday move to the client. It can be undone.")
        self.form.add("client", _("Client"), ClientField(desk), needed=True, note=note)

    def command(self) -> Command[Any]:
        from rmdesk.services.relations.becoming import LinkPersonToClient

        chosen = self.form.value("client")
        if chosen is None:
            raise Refused(N_("Choose a client."), field="client", code="no_client")
        return LinkPersonToClient(self._kept.id, chosen)
