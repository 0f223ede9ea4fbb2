"""The forms of relationships: a tie, a person, a referral, a household, and the way to somebody."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QLineEdit

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import ClientId, RecordId
from rmdesk.services.relations import queries, tables
from rmdesk.services.relations.rows import Node, PersonRow, ReferralRow, RelationRow
from rmdesk.services.store.reads import Reads
from rmdesk.ui.kit.client_field import ClientField
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog, choices
from rmdesk.ui.kit.widgets import Button, clear, label, row
from rmdesk.ui.relations.person_fields import PersonFields

if TYPE_CHECKING:
    from rmdesk.services.store.command import Command

LOOK_MS = 300
D = TypeVar("D", bound=QDialog)


def roles() -> QComboBox:
    """What somebody can be to a client, family first."""
    groups = tables.groups()
    names = sorted(tables.role_names(), key=lambda name: list(groups).index(tables.role(name).group))
    return choices(*((name, tables.role(name).called.anyone.said) for name in names))


class RelationshipDialog(FormDialog):
    """Says what somebody is to a client; the other side is a client, somebody noted before, or a new person."""

    def __init__(self, desk: Desk, client: ClientId, relationship: RelationRow | None = None, name: str = "") -> None:
        title = (
            _("Add relationship")
            if relationship is None
            else _("Relationship with {name}").format(name=relationship.other.name)
        )
        super().__init__(desk, title, said=_("Relationship saved"))
        self.setMinimumWidth(560)
        self._client, self._kept = client, relationship
        self._sure = False
        self._person: RecordId | None = None
        form = self.form
        form.add("role", _("Is the client's"), roles(), needed=True, note=_("The other side shows the way back."))
        if relationship is None:
            who = choices(("client", _("A client")), ("person", _("Somebody who is no client")))
            form.add("who", _("The other side"), who)
            form.side_by_side("role", "who")
            form.add("other", _("Client"), ClientField(desk), needed=True)
            self.person = PersonFields(form)
            who.currentIndexChanged.connect(lambda _at: self._arrange())
            self._look = QTimer(self, singleShot=True, interval=LOOK_MS)
            self._look.timeout.connect(self._look_alikes)
            self.person.name.textEdited.connect(lambda _text: self._renamed())
            self._line = desk.tasks.line(self)
        form.add("note", _("Note"), QLineEdit())
        form.add("noted_on", _("Noted on"), DayField(clock.today(), latest=clock.today()))
        form.side_by_side("note", "noted_on")
        self._role = form.fields["role"].editor
        assert isinstance(self._role, QComboBox)
        self._role.currentIndexChanged.connect(lambda _at: self._asked())
        if relationship is None:
            self._arrange()
            form.fields["other"].editor.setFocus()
        else:
            form.fill(role=relationship.role, note=relationship.note, noted_on=relationship.noted_on)
        self._asked()

    def command(self) -> Command[Any]:
        from rmdesk.services.relations.commands import AddRelationship, EditRelationship

        given = {name: self.form.value(name) for name in ("role", "note", "noted_on")}
        if self._kept is not None:
            return EditRelationship(self._kept.id, self._client, **given, sure=self._sure)
        return AddRelationship(self._client, given["role"], self._other(), given["note"], given["noted_on"], self._sure)

    def _other(self) -> Any:
        if self.form.value("who") == "person":
            return self._person or self.person.details()
        chosen = self.form.value("other")
        if chosen is None:
            raise Refused(N_("Choose a client."), field="other", code="no_client")
        return chosen

    def _failed(self, error: BaseException) -> None:
        super()._failed(error)
        if isinstance(error, Refused) and error.code == "second_spouse":
            self._sure = True  # the next answer means it
            self.answer.setText(_("Save all the same"))
        if isinstance(error, Refused) and error.field == "guardian" and self._kept is None:
            self.person.ask_guardian()

    def _asked(self) -> None:
        """Another kind is another question; for a decision it matters which product it is about."""
        self._sure = False
        self.answer.setText(_("Save"))
        role = tables.role(str(self.form.value("role")))
        note = self.form.fields["note"].editor
        assert isinstance(note, QLineEdit)
        note.setPlaceholderText(_("Which product or matter?") if role.kind == "decider" else "")

    def _arrange(self) -> None:
        is_person = self.form.value("who") == "person"
        self.form.fields["other"].setVisible(not is_person)
        self.person.show_all(is_person)
        clear(self.extra)
        QTimer.singleShot(0, self, self._center)  # when what is hidden gave up its room
        (self.person.name if is_person else self.form.fields["other"].editor).setFocus()

    def _center(self) -> None:
        """The size that is needed now, in the middle of the window."""
        self.fit()
        window = self.parentWidget()
        if window is not None and self.isVisible():
            self.move(window.mapToGlobal(window.rect().center()) - self.rect().center())

    def _renamed(self) -> None:
        if self._person is not None:
            self._person = None
            self.person.enable(True)
        self._look.start()

    def _look_alikes(self) -> None:
        self._line.fetch(queries.persons_named, self.person.name.text()).done.connect(self._show_look_alikes)

    def _show_look_alikes(self, found: tuple[PersonRow, ...]) -> None:
        clear(self.extra)
        if found and self.form.value("who") == "person":
            self.extra.addWidget(label(_("Noted already?"), "strong"))
        for one in found[:3]:
            about = " · ".join(part for part in (one.name, one.occupation, one.employer) if part)
            take = Button(_("This one"), partial(self._take, one), kind="link")
            take.setAccessibleName(_("Take {name}").format(name=one.name))
            self.extra.addLayout(row(label(about, "small"), None, take))

    def _take(self, person: PersonRow) -> None:
        self.person.fill(person, person.birth)
        self.person.enable(False)
        self._person = person.id
        clear(self.extra)


class PersonDialog(FormDialog):
    """Corrects what is noted of a person who is no client."""

    def __init__(self, desk: Desk, person: PersonRow, birth: str, near: ClientId) -> None:
        super().__init__(desk, person.name, said=_("Person saved"))
        self.setMinimumWidth(560)
        self._kept, self._near = person, near
        self.person = PersonFields(self.form, with_note=True)
        self.person.fill(person, birth)
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

    def _becomes(self) -> None:
        self.reject()
        _open(BecomesDialog(self.desk, self._kept))

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


class ReferralDialog(FormDialog):
    """Notes whom a client brought."""

    def __init__(self, desk: Desk, client: ClientId, referral: ReferralRow | None = None) -> None:
        title = _("Add referral") if referral is None else _("Edit referral")
        super().__init__(desk, title, said=_("Referral saved"))
        self._client, self._kept = client, referral
        form = self.form
        form.add("name", _("Who was brought"), QLineEdit(), note=_("May stay empty when the client is chosen below."))
        form.add("on", _("Day"), DayField(clock.today(), latest=clock.today()), needed=True)
        new = ClientField(desk)
        form.add("new", _("Is now the client"), new)
        form.add("note", _("Note"), QLineEdit())
        form.add(
            "confirmed", _("Is confirmed"), QCheckBox(), note=_("Only confirmed ones count for loyalty and priority.")
        )
        form.side_by_side("name", "on")
        if referral is not None:
            form.fill(name=referral.name, on=referral.on, note=referral.note, confirmed=referral.confirmed)
            if referral.new is not None and referral.new.client is not None:
                new.set_client(referral.new.client, referral.new.name)

    def command(self) -> Command[Any]:
        from rmdesk.services.relations.referrals import AddReferral, Brought, EditReferral

        given = self.form.values()
        if given["on"] is None:
            raise Refused(N_("Enter a day."), field="on", code="no_day")
        if self._kept is None:
            return AddReferral(self._client, Brought(**given))
        return EditReferral(self._kept.id, Brought(**given))


class HouseholdDialog(FormDialog):
    """Makes a household of a client and relatives, or takes more people into one."""

    def __init__(
        self, desk: Desk, client: ClientId, name: str, near: tuple[RelationRow, ...], household: RecordId | None = None
    ) -> None:
        title = _("Make household") if household is None else _("Add to household")
        super().__init__(desk, title, said=_("Household saved"))
        self._client, self._household = client, household
        if household is None:
            self.form.add(
                "name", _("Household name"), QLineEdit(_("{name}'s household").format(name=name)), needed=True
            )
        self._boxes: dict[Node, QCheckBox] = {}
        for one in near:
            box = QCheckBox(f"{one.other.name} · {one.called.said}")
            box.setChecked(household is None)
            self._boxes[one.other.node] = box
        if near:
            self.extra.addWidget(label(_("Relatives in it"), "field"))
        for box in self._boxes.values():
            self.extra.addWidget(box)
        self.form.add("members", _("Another client"), ClientField(desk))
        self.form.fields["name" if household is None else "members"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.relations.households import AddToHousehold, MakeHousehold

        chosen: list[Node] = [node for node, box in self._boxes.items() if box.isChecked()]
        other = self.form.value("members")
        if other is not None:
            chosen.append(other)
        if self._household is None:
            return MakeHousehold(self.form.value("name"), (self._client, *chosen))
        if len(chosen) != 1:
            raise Refused(N_("Choose one person."), field="members", code="not_one")
        return AddToHousehold(self._household, chosen[0])


def open_relationship(desk: Desk, client: ClientId, relationship: RelationRow | None = None) -> RelationshipDialog:
    """Ask what somebody is to a client, or correct it."""
    return _open(RelationshipDialog(desk, client, relationship))


def open_person(desk: Desk, client: ClientId, person: RecordId) -> None:
    """Show and correct what is noted of a person, from the file of a client."""
    desk.tasks.fetch(_person, person).done.connect(lambda found: _open(PersonDialog(desk, *found, client)))


def open_referral(desk: Desk, client: ClientId, referral: ReferralRow | None = None) -> ReferralDialog:
    """Ask whom a client brought, or correct it."""
    return _open(ReferralDialog(desk, client, referral))


def open_household(
    desk: Desk, client: ClientId, name: str, near: tuple[RelationRow, ...], household: RecordId | None = None
) -> HouseholdDialog:
    """Ask who keeps house together; with a household: who belongs to it, too."""
    return _open(HouseholdDialog(desk, client, name, near, household))


def open_path(desk: Desk, client: ClientId) -> None:
    """Show who can introduce the manager to a client."""
    from rmdesk.ui.relations.path_dialog import PathDialog

    _open(PathDialog(desk, client))


def _person(reads: Reads, person: RecordId) -> tuple[PersonRow, str]:
    return queries.person_of(reads, person), queries.birth_of(reads, person)


def _open(dialog: D) -> D:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
