"""The tab of a client's file with the people around: a list, a household, referrals, and a picture of the network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QWidget

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import ClientId, RecordId, Topic
from rmdesk.services.relations import influence, layout, queries
from rmdesk.services.relations.rows import (
    HouseholdRow,
    Influence,
    KinRow,
    Node,
    ReferralRow,
    RelationRow,
)
from rmdesk.services.store.reads import Reads
from rmdesk.ui.kit import format
from rmdesk.ui.kit.columns import CHIP, STRONG, Cell, Column
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.file_tab import FileTab
from rmdesk.ui.kit.panes import Panes
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.slices import Slices
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.widgets import Button, Card, column, label, row
from rmdesk.ui.relations import words
from rmdesk.ui.relations.cards import HouseholdCard, InfluenceCard, KinCard, ReferralCard
from rmdesk.ui.relations.net_panel import NetPanel


@dataclass(frozen=True, slots=True)
class Told:
    """All that the tab shows but the picture."""

    name: str
    relations: tuple[RelationRow, ...]
    kin: tuple[KinRow, ...]
    household: HouseholdRow | None
    referrals: tuple[ReferralRow, ...]
    influence: Influence | None


ROWS: tuple[Column[RelationRow], ...] = (
    Column(
        "role", N_("Relationship"), lambda one: Cell(one.called.said, words.GROUP_KINDS[one.group]), 150, CHIP,
        sorts=False,
    ),
    Column("name", N_("Name"), lambda one: Cell(one.other.name, after=one.other.about), 250, STRONG, sorts=False),
    Column("note", N_("Note"), lambda one: one.note, 200, sorts=False),
    Column("noted_on", N_("Noted on"), lambda one: format.day(one.noted_on), 116, sorts=False),
)  # fmt: skip


def number_of(one: RelationRow) -> int:
    """A relationship as a number for the table: the chance part of its id, as much as Qt carries."""
    return int(one.id[-15:], 16)


class RelationsTab(FileTab):
    """List and network take turns; `show_network` and `show_list` say which."""

    watches: ClassVar[frozenset[Topic]] = frozenset({Topic.RELATIONS, Topic.CLIENTS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.told: Told | None = None
        self._drawn: ClientId | None = None
        self._pictures = self.tasks.line(self)
        self._coming = Slices(self, 0.0)
        self.stack = self.new_stack()
        self.views = QButtonGroup(self)
        line = row(gap=16)
        for at, text in enumerate((_("List"), _("Network"))):
            button = Button(text, kind="tab")
            button.setCheckable(True)
            button.setChecked(at == 0)
            button.clicked.connect(lambda _on=False, at=at: self.show_view(at))
            self.views.addButton(button, at)
            line.addWidget(button)
        line.addStretch(1)
        line.addWidget(Button(_("Who can introduce me?"), self.introduce, kind="small"))
        self.add_button = Button(_("Add relationship"), self.add, kind="small", icon="plus")
        line.addWidget(self.add_button)
        self.table: RowTable[RelationRow] = RowTable(
            ROWS, key=number_of, name="relations", state=desk.state, title=_("Relationships")
        )
        self.stack.addWidget(self._list())
        self.body.setSpacing(10)
        self.body.addLayout(line)
        self.body.addWidget(self.stack, 1)
        self._connect()

    @cached_property
    def net(self) -> NetPanel:
        """The picture of the network, made when it is first looked at."""
        made = NetPanel()
        made.opened.connect(self.open_node)
        return made

    def _list(self) -> QWidget:
        self.card = Card(_("Relationships"), "")
        self._edit = Button(_("Edit"), self.edit, kind="small")
        self._remove = Button(_("Remove"), self.remove, kind="small")
        for button in (self._edit, self._remove):
            button.setEnabled(False)
            self.card.corner.addWidget(button)
        self._none = label(
            _("Note who belongs to the client, who decides, and who knows whom: this is how introductions are found."),
            "note",
            wrap=True,
        )
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.card.add(self.table, self._none)
        self.card.body.setStretch(0, 1)
        self.influence, self.household = InfluenceCard(), HouseholdCard()
        self.referrals, self.kin = ReferralCard(), KinCard()
        inside = QWidget()
        inside.setLayout(column(self.influence, self.household, self.referrals, self.kin, None, gap=16))
        side = scroller(inside, "ground")
        return Panes(self.card, side, (_("Relationships"), _("Household and referrals")), shares=(5, 3))

    def _connect(self) -> None:
        self.table.opened.connect(lambda number: self._open_row(number))
        self.table.chosen.connect(self._chosen)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.table, self.remove)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        for card in (self.influence, self.household, self.referrals, self.kin):
            card.opened.connect(self.open_node)
        self.household.more.connect(self.ask_household)
        self.household.left.connect(self._leave)
        self.household.edit.connect(self._edit_household)
        self.household.dissolve.connect(self._dissolve)
        self.referrals.asked.connect(self.add_referral)
        self.referrals.edit.connect(self.add_referral)
        self.referrals.confirm.connect(self._confirm)
        self.referrals.remove.connect(self._remove_referral)

    # Loading.

    def reload(self) -> None:
        if self.client is None:
            return
        self.fetch(_told, self.client).done.connect(self.show_told)
        self._drawn = None
        self._draw()

    def show_told(self, told: Told) -> None:
        """Show list and cards."""
        self.told = told
        self.card.note.setText(str(len(told.relations)) if told.relations else "")
        self.table.set_rows(told.relations)
        self.table.setVisible(bool(told.relations))
        self._none.setVisible(not told.relations)
        self._chosen(self.table.selected())
        self.in_slices(self._cards_of(told))

    def _cards_of(self, told: Told) -> Iterator[Callable[[], object]]:
        """The cards beside the list, one after another."""
        deciders = tuple(one for one in told.relations if one.role == "decider")
        yield partial(self.influence.show_influence, told.influence, deciders)
        yield partial(self.household.show_household, told.household, self.client or 0)
        yield partial(self.referrals.show_referrals, told.referrals)
        yield from self.kin.steps(told.kin)

    def show_view(self, at: int) -> None:
        """The list (0) or the network (1)."""
        self.views.button(at).setChecked(True)
        if at:
            self._coming.begin((lambda: self.net, self._show_net))
        else:
            self._coming.stop()
            self.stack.leave()
            self.stack.setCurrentIndex(0)

    def _show_net(self) -> None:
        self.stack.bring(self.net)
        self._draw()

    @property
    def building(self) -> bool:
        return super().building or self._coming.busy

    def _draw(self) -> None:
        """The picture is made when it is looked at."""
        if self.client is not None and self.views.checkedId() == 1 and self._drawn != self.client:
            self._drawn = self.client
            task = self._pictures.study(layout.picture, self.client)
            task.done.connect(self.net.show_picture)
            task.failed.connect(self.desk.tell)

    # Acting.

    def chosen_row(self) -> RelationRow | None:
        """The relationship that is selected, when it is one."""
        picked = self.table.selected()
        rows = self.told.relations if self.told is not None else ()
        return next((one for one in rows if len(picked) == 1 and number_of(one) == picked[0]), None)

    def open_node(self, node: Node) -> None:
        """Show the file of a client, or what is noted of a person."""
        from rmdesk.ui.relations import dialogs

        if isinstance(node, int):
            self.desk.go("client", client=node, tab="relations")
        elif self.client is not None:
            dialogs.open_person(self.desk, self.client, RecordId(node))

    def add(self) -> None:
        """Ask for a new relationship."""
        from rmdesk.ui.relations import dialogs

        if self.client is not None:
            dialogs.open_relationship(self.desk, self.client)

    def edit(self) -> None:
        """Correct the selected one."""
        from rmdesk.ui.relations import dialogs

        chosen = self.chosen_row()
        if chosen is not None and self.client is not None:
            dialogs.open_relationship(self.desk, self.client, chosen)

    def remove(self) -> None:
        """Take the selected one away; it can be undone."""
        from rmdesk.services.relations.commands import RemoveRelationship

        chosen = self.chosen_row()
        if chosen is not None:
            self.desk.perform(RemoveRelationship(chosen.id), _("Relationship removed"))

    def introduce(self) -> None:
        """Show who can introduce the manager to this client."""
        from rmdesk.ui.relations import dialogs

        if self.client is not None:
            dialogs.open_path(self.desk, self.client)

    def add_referral(self, referral: ReferralRow | None = None) -> None:
        """Ask whom the client brought, or correct it."""
        from rmdesk.ui.relations import dialogs

        if self.client is not None:
            dialogs.open_referral(self.desk, self.client, referral)

    def ask_household(self) -> None:
        """Ask who keeps house with the client."""
        from rmdesk.ui.relations import dialogs

        if self.client is None or self.told is None:
            return
        house = self.told.household
        inside = {member.party.node for member in house.members} if house is not None else set()
        near = tuple(one for one in self.told.relations if one.group == "family" and one.other.node not in inside)
        dialogs.open_household(self.desk, self.client, self.told.name, near, house.id if house is not None else None)

    def _chosen(self, picked: list[int]) -> None:
        for button in (self._edit, self._remove):
            button.setEnabled(len(picked) == 1)

    def _open_row(self, number: int) -> None:
        rows = self.told.relations if self.told is not None else ()
        for one in rows:
            if number_of(one) == number:
                self.open_node(one.other.node)

    def _leave(self, member: RecordId) -> None:
        from rmdesk.services.relations.households import RemoveFromHousehold

        self.desk.perform(RemoveFromHousehold(member))

    def _edit_household(self) -> None:
        from rmdesk.ui.relations import dialogs

        if self.told is not None and self.told.household is not None:
            dialogs.open_household_name(self.desk, self.told.household)

    def _dissolve(self) -> None:
        from rmdesk.services.relations.households import DissolveHousehold

        if self.told is not None and self.told.household is not None:
            self.desk.perform(DissolveHousehold(self.told.household.id), _("Household dissolved"))

    def _confirm(self, referral: ReferralRow) -> None:
        from rmdesk.services.relations.referrals import ConfirmReferral

        self.desk.perform(ConfirmReferral(referral.id), _("Referral confirmed"))

    def _remove_referral(self, referral: ReferralRow) -> None:
        from rmdesk.services.relations.referrals import RemoveReferral

        self.desk.perform(RemoveReferral(referral.id), _("Referral removed"))


def _told(reads: Reads, client: ClientId) -> Told:
    return Told(
        queries.name_of(reads, client),
        queries.relations_of(reads, client),
        queries.inferred_kin(reads, client),
        queries.household_of(reads, client),
        queries.referrals_of(reads, client),
        influence.influence_of(reads, client),
    )
