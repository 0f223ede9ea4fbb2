"""The forms of a household: who belongs to it, and what it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QLineEdit

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import ClientId, RecordId
from rmdesk.services.relations.rows import HouseholdRow, Node, RelationRow
from rmdesk.ui.kit.client_field import ClientField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog
from rmdesk.ui.kit.widgets import label

if TYPE_CHECKING:
    from rmdesk.services.store.command import Command


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
        if household is None:
            self.form.add("note", _("Note"), QLineEdit())
        self.form.fields["name" if household is None else "members"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.relations.households import AddToHousehold, MakeHousehold

        chosen: list[Node] = [node for node, box in self._boxes.items() if box.isChecked()]
        other = self.form.value("members")
        if other is not None:
            chosen.append(other)
        if self._household is None:
            return MakeHousehold(self.form.value("name"), (self._client, *chosen), self.form.value("note"))
        if len(chosen) != 1:
            raise Refused(N_("Choose one person."), field="members", code="not_one")
        return AddToHousehold(self._household, chosen[0])


class HouseholdNameDialog(FormDialog):
    """Corrects what a household is called, and what is noted of it."""

    def __init__(self, desk: Desk, household: HouseholdRow) -> None:
        super().__init__(desk, _("Edit household"), said=_("Household saved"))
        self._household = household.id
        self.form.add("name", _("Household name"), QLineEdit(household.name), needed=True)
        self.form.add("note", _("Note"), QLineEdit(household.note))
        self.form.fields["name"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.relations.households import EditHousehold

        return EditHousehold(self._household, self.form.value("name"), self.form.value("note"))
