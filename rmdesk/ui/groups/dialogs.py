"""The forms of group clients: a group, a member and its place, an exposure, a guarantee, the bank's capital."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import RecordId
from rmdesk.services.groups.facts import GroupFile, Node
from rmdesk.ui.kit.client_field import ClientField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog, choices
from rmdesk.ui.kit.opening import opened
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
        self.form.add("note", _("Note"), lines())
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
        self.form.add("under", _("Under"), members(found, top=True))
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
        self.form.add("under", _("Under"), members(found, top=True))
        self.form.add("share", _("Share in %"), QLineEdit())
        share = f"{node.share_bp / WHOLE:g}" if node.share_bp else ""
        self.form.fill(under=node.under or "", share=share)

    def command(self) -> Command[Any]:
        from rmdesk.services.groups.commands import EditMember

        return EditMember(RecordId(self._node.member), _chosen(self, "under"), _share(self.form.value("share")))


def open_group(desk: Desk, found: GroupFile | None = None) -> FormDialog:
    """Ask for a new group, or for the name of one."""
    return opened(GroupDialog(desk, found))


def open_member(desk: Desk, found: GroupFile, above: Node | None = None) -> FormDialog:
    """Ask for a member, under another one."""
    return opened(MemberDialog(desk, found, above))


def open_place(desk: Desk, found: GroupFile, node: Node) -> FormDialog:
    """Ask where a member stands."""
    return opened(PlaceDialog(desk, found, node))


def lines() -> QPlainTextEdit:
    """A field for some lines."""
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


def members(found: GroupFile, *, top: bool = False) -> QComboBox:
    """The members of a group to choose from; `top`: or none, which is the top."""
    first = [("", _("At the top"))] if top else []
    return choices(*first, *found.names.items())


def open_to_others(found: GroupFile) -> QComboBox:
    """The same, and any other name may be typed."""
    box = members(found)
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
