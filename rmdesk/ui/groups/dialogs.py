"""The forms of group clients: a group, a member and its place, an exposure, a guarantee, the bank's capital."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import ExposureKind, RecordId
from rmdesk.services import amounts
from rmdesk.services.groups.facts import ExposureRow, GroupFile, Node
from rmdesk.services.groups.tables import kind_name
from rmdesk.ui.kit.client_field import ClientField
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog, choices
from rmdesk.ui.kit.theme import theme

if TYPE_CHECKING:
    from rmdesk.services.groups.commands import Party
    from rmdesk.services.store.command import Command

WHOLE = 100  # percent


class GroupDialog(FormDialog):
    """A new group with the one at its top, or the name of one that is there."""

    def __init__(self, desk: Desk, found: GroupFile | None = None) -> None:
        super().__init__(desk, _("Group client"), said=_("Group saved"))
        self._found = found
        self.form.add("name", _("Name of the group"), QLineEdit(), needed=True)
        if found is None:
            _add_party(self, desk, "head", _("At the top"))
        self.form.add("note", _("Note"), _lines())
        if found is not None:
            self.form.fill(name=found.name, note=found.note)

    def command(self) -> Command[Any]:
        from rmdesk.services.groups.commands import EditGroup, MakeGroup

        name, note = self.form.value("name"), self.form.value("note")
        if self._found is not None:
            return EditGroup(RecordId(self._found.id), name, note)
        return MakeGroup(name, _party(self, "head"), note)


class MemberDialog(FormDialog):
    """Somebody who belongs to the group: a client, or anybody else by name."""

    def __init__(self, desk: Desk, found: GroupFile, above: Node | None) -> None:
        super().__init__(desk, _("Add group member"), said=_("Member added"))
        self._found = found
        _add_party(self, desk, "who", _("Client"))
        self.form.add("under", _("Under"), _members(found, top=True))
        self.form.add("share", _("Share in %"), QLineEdit())
        self.form.side_by_side("under", "share")
        self.form.fill(under=above.party if above else "")

    def command(self) -> Command[Any]:
        from rmdesk.services.groups.commands import AddMember

        return AddMember(
            RecordId(self._found.id), _party(self, "who"), _chosen(self, "under"), _share(self.form.value("share"))
        )


class PlaceDialog(FormDialog):
    """Where a member stands, and with which share."""

    def __init__(self, desk: Desk, found: GroupFile, node: Node) -> None:
        super().__init__(desk, node.name, said=_("Saved"))
        self._node = node
        self.form.add("under", _("Under"), _members(found, top=True))
        self.form.add("share", _("Share in %"), QLineEdit())
        share = f"{node.share_bp / WHOLE:g}" if node.share_bp else ""
        self.form.fill(under=node.under or "", share=share)

    def command(self) -> Command[Any]:
        from rmdesk.services.groups.commands import EditMember

        return EditMember(RecordId(self._node.member), _chosen(self, "under"), _share(self.form.value("share")))


class ExposureDialog(FormDialog):
    """What the bank is exposed to with a member; empty where nobody knows how much."""

    def __init__(self, desk: Desk, found: GroupFile, party: str | None, one: ExposureRow | None = None) -> None:
        super().__init__(desk, _("Exposure"), said=_("Exposure saved"))
        self._found, self._one = found, one
        self.form.add("party", _("Member"), _members(found))
        self.form.add("kind", _("Kind"), choices(*((kind.value, kind_name(kind)) for kind in ExposureKind)))
        note = _("As in 120万, 1,280.50 or USD 50; empty where nobody knows.")
        self.form.add("worth", _("Amount"), QLineEdit(), note=note)
        self.form.add("as_of", _("As of"), DayField(clock.today(), latest=clock.today()), needed=True)
        self.form.side_by_side("kind", "as_of")
        self.form.add("draft", _("A draft: talked about, not agreed"), QCheckBox())
        self.form.add("note", _("Note"), _lines())
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
        self.form.add("guarantor", _("Who answers"), _open_to_others(found), note=_("A member, or another name."))
        self.form.add("debtor", _("Whose debts"), _open_to_others(found))
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


def open_group(desk: Desk, found: GroupFile | None = None) -> FormDialog:
    """Ask for a new group, or for the name of one."""
    return _opened(GroupDialog(desk, found))


def open_member(desk: Desk, found: GroupFile, above: Node | None = None) -> FormDialog:
    """Ask for a member, under another one."""
    return _opened(MemberDialog(desk, found, above))


def open_place(desk: Desk, found: GroupFile, node: Node) -> FormDialog:
    """Ask where a member stands."""
    return _opened(PlaceDialog(desk, found, node))


def open_exposure(desk: Desk, found: GroupFile, party: str | None, one: ExposureRow | None = None) -> FormDialog:
    """Ask for an exposure, or correct one."""
    return _opened(ExposureDialog(desk, found, party, one))


def open_guarantee(desk: Desk, found: GroupFile) -> FormDialog:
    """Ask who answers for whom."""
    return _opened(GuaranteeDialog(desk, found))


def open_capital(desk: Desk, currency: str) -> FormDialog:
    """Ask for the bank's capital."""
    return _opened(CapitalDialog(desk, currency))


def _opened(dialog: FormDialog) -> FormDialog:
    dialog.open()
    return dialog


def _lines() -> QPlainTextEdit:
    editor = QPlainTextEdit()
    editor.setFixedHeight(theme.px(64))
    editor.setTabChangesFocus(True)
    return editor


def _add_party(dialog: FormDialog, desk: Desk, name: str, text: str) -> None:
    dialog.form.add(name, text, ClientField(desk))
    dialog.form.add(f"{name}_name", _("Or a name"), QLineEdit(), note=_("For a firm that is no client."))


def _party(dialog: FormDialog, name: str) -> Party:
    from rmdesk.services.groups.commands import Party

    return Party(dialog.form.value(name), dialog.form.value(f"{name}_name"))


def _members(found: GroupFile, *, top: bool = False) -> QComboBox:
    first = [("", _("At the top"))] if top else []
    return choices(*first, *found.names.items())


def _open_to_others(found: GroupFile) -> QComboBox:
    box = _members(found)
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    return box


def _chosen(dialog: FormDialog, field: str) -> RecordId | None:
    box = dialog.form.fields[field].editor
    assert isinstance(box, QComboBox)
    return RecordId(box.currentData()) if box.currentData() else None


def _share(text: str) -> int | None:
    if not text:
        return None
    try:
        return round(float(text.rstrip("% ")) * WHOLE)
    except ValueError:
        raise Refused(N_("A share lies between 0 and 100 %."), field="share", code="share") from None
