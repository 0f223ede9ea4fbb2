"""The forms of relationships: a tie, a person, a referral, a household, and the way to somebody."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import ClientId, RecordId
from rmdesk.services.relations import queries, tables
from rmdesk.services.relations.rows import HouseholdRow, PersonRow, ReferralRow, RelationRow
from rmdesk.services.store.reads import Reads
from rmdesk.ui.kit.client_field import ClientField
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog, choices
from rmdesk.ui.kit.opening import opened
from rmdesk.ui.kit.widgets import Button, clear, label, row
from rmdesk.ui.relations.person_fields import PersonFields

if TYPE_CHECKING:
    from rmdesk.services.store.command import Command
from rmdesk.ui.relations.household_dialog import HouseholdDialog, HouseholdNameDialog
from rmdesk.ui.relations.person_dialogs import PersonDialog
from rmdesk.ui.relations.referral_dialog import ReferralDialog

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


def open_relationship(desk: Desk, client: ClientId, relationship: RelationRow | None = None) -> RelationshipDialog:
    """Ask what somebody is to a client, or correct it."""
    return opened(RelationshipDialog(desk, client, relationship))


def open_person(desk: Desk, client: ClientId, person: RecordId) -> None:
    """Show and correct what is noted of a person, from the file of a client."""
    desk.tasks.fetch(_person, person).done.connect(lambda found: opened(PersonDialog(desk, *found, client)))


def open_referral(desk: Desk, client: ClientId, referral: ReferralRow | None = None) -> ReferralDialog:
    """Ask whom a client brought, or correct it."""
    return opened(ReferralDialog(desk, client, referral))


def open_household(
    desk: Desk, client: ClientId, name: str, near: tuple[RelationRow, ...], household: RecordId | None = None
) -> HouseholdDialog:
    """Ask who keeps house together; with a household: who belongs to it, too."""
    return opened(HouseholdDialog(desk, client, name, near, household))


def open_household_name(desk: Desk, household: HouseholdRow) -> HouseholdNameDialog:
    """Correct what a household is called, and its note."""
    return opened(HouseholdNameDialog(desk, household))


def open_path(desk: Desk, client: ClientId) -> None:
    """Show who can introduce the manager to a client."""
    from rmdesk.ui.relations.path_dialog import PathDialog

    opened(PathDialog(desk, client))


def _person(reads: Reads, person: RecordId) -> tuple[PersonRow, str]:
    return queries.person_of(reads, person), queries.birth_of(reads, person)
