"""The forms of what a group owes, who stands for it, and the capital of the bank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import ExposureKind, RecordId
from rmdesk.services import amounts
from rmdesk.services.groups.facts import ExposureRow, GroupFile
from rmdesk.services.groups.tables import kind_name
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog, choices

if TYPE_CHECKING:
    from rmdesk.services.groups.commands import Party
    from rmdesk.services.store.command import Command
from rmdesk.ui.groups.dialogs import lines, members, open_to_others
from rmdesk.ui.kit.opening import opened


class ExposureDialog(FormDialog):
    """What the bank is exposed to with a member; empty where nobody knows how much."""

    def __init__(self, desk: Desk, found: GroupFile, party: str | None, one: ExposureRow | None = None) -> None:
        super().__init__(desk, _("Exposure"), said=_("Exposure saved"))
        self._found, self._one = found, one
        self.form.add("party", _("Member"), members(found))
        self.form.add("kind", _("Kind"), choices(*((kind.value, kind_name(kind)) for kind in ExposureKind)))
        note = _("As in 120万, 1,280.50 or USD 50; empty where nobody knows.")
        self.form.add("worth", _("Amount"), QLineEdit(), note=note)
        self.form.add("as_of", _("As of"), DayField(clock.today(), latest=clock.today()), needed=True)
        self.form.side_by_side("kind", "as_of")
        self.form.add("draft", _("A draft: talked about, not agreed"), QCheckBox())
        self.form.add("note", _("Note"), lines())
        if party is not None:
            self.form.fill(party=party)
        if one is not None:
            self.form.fields["party"].editor.setEnabled(False)
            worth = amounts.written(one.amount_minor, one.currency, found.currency)
            self.form.fill(kind=one.kind.value, worth=worth, draft=one.draft, note=one.note)

    def command(self) -> Command[Any]:
        from rmdesk.services.groups.credit import EditExposure, NoteExposure, Owed

        told = self.form.values()
        worth = amounts.typed(told["worth"], self._found.currency, "worth")
        owed = Owed(ExposureKind(told["kind"]), worth, told["as_of"], told["draft"], told["note"])
        if self._one is not None:
            return EditExposure(RecordId(self._one.id), owed)
        return NoteExposure(RecordId(told["party"]), owed)


class GuaranteeDialog(FormDialog):
    """Who answers for whose debts; one of both may stand outside the group."""

    def __init__(self, desk: Desk, found: GroupFile) -> None:
        super().__init__(desk, _("Note a guarantee"), said=_("Guarantee noted"))
        self._found = found
        self.form.add("guarantor", _("Who answers"), open_to_others(found), note=_("A member, or another name."))
        self.form.add("debtor", _("Whose debts"), open_to_others(found))
        self.form.add("worth", _("Amount"), QLineEdit())

    def command(self) -> Command[Any]:
        from rmdesk.services.groups.credit import NoteGuarantee

        worth = amounts.typed(self.form.value("worth"), self._found.currency, "worth")
        return NoteGuarantee(self._who("guarantor"), self._who("debtor"), worth)

    def _who(self, field: str) -> Party:
        from rmdesk.services.groups.commands import Party

        box = self.form.fields[field].editor
        assert isinstance(box, QComboBox)
        text = box.currentText().strip()
        at = box.findText(text)
        return Party(known=RecordId(box.itemData(at))) if at >= 0 and text else Party(name=text)


class CapitalDialog(FormDialog):
    """The bank's capital, as it publishes it each quarter."""

    def __init__(self, desk: Desk, currency: str) -> None:
        super().__init__(desk, _("Enter capital figure"), said=_("Capital saved"))
        self._currency = currency
        self.form.add("on", _("As of"), DayField(latest=clock.today()), needed=True)
        self.form.add("net", _("Net capital"), QLineEdit(), note=_("As in 42亿"))
        self.form.add("tier1", _("Net tier 1 capital"), QLineEdit())
        self.form.side_by_side("net", "tier1")
        self.form.add("source", _("Where it is from"), QLineEdit())

    def command(self) -> Command[Any]:
        from rmdesk.services.groups.credit import SetCapital

        told = self.form.values()
        if told["on"] is None:
            raise Refused(N_("Say of which day."), field="on", code="empty")
        net, tier1 = (amounts.typed(told[name], self._currency, name) for name in ("net", "tier1"))
        return SetCapital(told["on"], net, tier1, told["source"])


def open_exposure(desk: Desk, found: GroupFile, party: str | None, one: ExposureRow | None = None) -> FormDialog:
    """Ask for an exposure, or correct one."""
    return opened(ExposureDialog(desk, found, party, one))


def open_guarantee(desk: Desk, found: GroupFile) -> FormDialog:
    """Ask who answers for whom."""
    return opened(GuaranteeDialog(desk, found))


def open_capital(desk: Desk, currency: str) -> FormDialog:
    """Ask for the bank's capital."""
    return opened(CapitalDialog(desk, currency))
