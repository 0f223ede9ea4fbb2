"""One group: its light with the reasons, its limits, the deal at the table, its tree, exposures and guarantees."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QSizePolicy, QWidget

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import RecordId
from rmdesk.services.groups.facts import ExposureRow, GroupFile, GuaranteeRow, Node
from rmdesk.services.groups.tables import kind_name
from rmdesk.services.groups.words import LIGHTS
from rmdesk.ui.groups import credit_dialogs, dialogs
from rmdesk.ui.groups.draft_card import DraftCard
from rmdesk.ui.groups.limit_bars import KINDS, LimitBars
from rmdesk.ui.kit import format
from rmdesk.ui.kit.columns import CHIP, STRONG, TINTED, Cell, Column
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.widgets import Button, Card, Chip, clear, column, label, row

ROW = 40  # pixels of a row and of a header, at least
MOST_ROWS = 9  # rows of a table before it scrolls by itself
STEP = "\N{IDEOGRAPHIC SPACE}"


def _number(key: str) -> int:
    return int(key[-12:], 16) if len(key) == 32 else hash(key)


TREE: tuple[Column[Node], ...] = (
    Column("name", N_("Member"), lambda one: Cell(f"{STEP * one.depth}{one.name}", after=_also(one)), 230, STRONG,
           fixed=True, sorts=False),
    Column("share", N_("Share"), lambda one: f"{one.share_bp / 100:g}%" if one.share_bp else "", 70, right=True,
           sorts=False),
    Column("total", N_("Exposure"), lambda one: _total(one), 120, TINTED, right=True, fixed=True, sorts=False),
)  # fmt: skip
EXPOSURES: tuple[Column[ExposureRow], ...] = (
    Column("name", N_("Member"), lambda one: one.name, 170, STRONG, fixed=True, sorts=False),
    Column("kind", N_("Kind"), lambda one: Cell(kind_name(one.kind), "plain"), 110, CHIP, fixed=True, sorts=False),
    Column("amount", N_("Amount"), lambda one: _amount(one), 100, TINTED, right=True, fixed=True, sorts=False),
    Column("state", N_("State"), lambda one: _state(one), 84, CHIP, sorts=False),
    Column("as_of", N_("As of"), lambda one: format.short_day(one.as_of), 84, sorts=False),
)


class GroupView(QWidget):
    """Shows a group, below one another in a column that scrolls."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.found: GroupFile | None = None
        self.head = Card("", "")
        self._top, self._acts = column(gap=6), Flow()
        self.bars = LimitBars()
        acts = QWidget()
        acts.setLayout(self._acts)
        self.head.add(self._top, self.bars, acts)
        self.draft = DraftCard(desk)
        self.tree: RowTable[Node] = RowTable(TREE, key=lambda one: _number(one.member), title=_("Members"))
        self.exposures: RowTable[ExposureRow] = RowTable(
            EXPOSURES, key=lambda one: _number(one.id), title=_("Exposures")
        )
        self._tree_steps, self._exposure_steps = Flow(), Flow()
        self._guarantees = column(gap=6)
        cards = (
            self.head,
            self.draft,
            self._table_card(_("Members"), self.tree, self._tree_steps, self._add_member),
            self._table_card(_("Exposures"), self.exposures, self._exposure_steps, self._note_exposure),
            self._guarantee_card(),
        )
        inside = QWidget()
        inside.setLayout(column(*cards, None, gap=12))
        self.setLayout(column(scroller(inside, "card")))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.tree.chosen.connect(lambda _ids: self._offer_tree())
        self.tree.opened.connect(lambda number: self._open_member(number))
        self.exposures.chosen.connect(lambda _ids: self._offer_exposure())
        self.exposures.opened.connect(lambda number: self._edit_exposure(number))

    def show_group(self, found: GroupFile) -> None:
        """Show this group."""
        self.found = found
        self._show_head(found)
        self.draft.show_group(found)
        self.tree.set_rows(found.nodes)
        self.exposures.set_rows(found.exposures)
        for table, count in ((self.tree, len(found.nodes)), (self.exposures, len(found.exposures))):
            table.setFixedHeight(ROW * (min(MOST_ROWS, max(1, count)) + 1) + 6)
        self._offer_tree()
        self._offer_exposure()
        self._show_guarantees(found)

    def _show_head(self, found: GroupFile) -> None:
        clear(self._top)
        standing = found.standing()
        total = format.short_amount(standing.total.minor, found.currency, sign=True)
        least = _("at least {share}") if standing.total.at_least else "{share}"
        top = row(label(found.name, "title", wrap=True), Chip(_(LIGHTS[standing.light]), KINDS[standing.light]), None)
        top.addWidget(label(least.format(share=total), "figure"))
        self._top.addLayout(top)
        for reason in standing.cautions:
            self._top.addWidget(label(reason.said, "soft", wrap=True))
        if found.note:
            self._top.addWidget(label(found.note, "note", wrap=True))
        self._top.addWidget(label(_capital(found), "note", wrap=True))
        self.bars.show_standing(standing, found.currency)
        clear(self._acts)
        for text, press in (
            (_("Enter capital figure"), partial(credit_dialogs.open_capital, self._desk, found.currency)),
            (_("Rename"), partial(dialogs.open_group, self._desk, found)),
            (_("Remove group"), self._remove),
        ):
            self._acts.addWidget(Button(text, press, kind="small"))

    def _show_guarantees(self, found: GroupFile) -> None:
        clear(self._guarantees)
        names = found.names | {one.guarantor: one.guarantor_name for one in found.guarantees}
        for circle in found.circles:
            told = " → ".join(names.get(party, party) for party in (*circle, circle[0]))
            line = row(Chip(_("Circle"), "risk"), label(told, wrap=True), gap=8)
            line.setStretch(1, 1)
            self._guarantees.addLayout(line)
        for one in found.guarantees:
            self._guarantees.addLayout(self._guarantee(one))
        if not found.guarantees:
            self._guarantees.addWidget(label(_("No guarantee is known."), "note"))

    def _guarantee(self, one: GuaranteeRow) -> Any:
        amount = format.short_amount(one.amount_minor, one.currency, sign=True) if one.amount_minor else _("unknown")
        drop = Button("", partial(self._drop_guarantee, one), kind="icon", icon="close", hint=_("Remove"))
        told = _("{guarantor} answers for {debtor}").format(guarantor=one.guarantor_name, debtor=one.debtor_name)
        line = row(label(told, wrap=True), label(amount, "strong"), drop, gap=8)
        line.setStretch(0, 1)
        return line

    # What can be done.

    def _offer_tree(self) -> None:
        clear(self._tree_steps)
        node = self._node()
        if node is None or self.found is None:
            self._tree_steps.addWidget(label(_("Select a member."), "note"))
            return
        offers: list[tuple[str, Callable[[], object]]] = [
            (_("Add a member under it"), partial(dialogs.open_member, self._desk, self.found, node)),
            (_("Note exposure"), partial(credit_dialogs.open_exposure, self._desk, self.found, node.party)),
            (_("Move or correct"), partial(dialogs.open_place, self._desk, self.found, node)),
            (_("Remove"), partial(self._drop_member, node)),
        ]
        if node.client is not None:
            offers.append((_("Client file"), partial(self._desk.go, "client", client=node.client)))
        for text, press in offers:
            self._tree_steps.addWidget(Button(text, press, kind="small", name=f"{text} {node.name}"))

    def _offer_exposure(self) -> None:
        clear(self._exposure_steps)
        one = self._exposure()
        if one is None or self.found is None:
            self._exposure_steps.addWidget(label(_("Select an exposure."), "note"))
        elif one.told:
            text = _("Told by the bank; where more was noted here, the larger counts.")
            self._exposure_steps.addWidget(label(text, "note", wrap=True))
        else:
            edit = partial(credit_dialogs.open_exposure, self._desk, self.found, one.party, one)
            self._exposure_steps.addWidget(Button(_("Edit"), edit, kind="small"))
            self._exposure_steps.addWidget(Button(_("Remove"), partial(self._drop_exposure, one), kind="small"))

    def _node(self) -> Node | None:
        picked = self.tree.selected()
        return self.tree.rows.known(picked[0]) if len(picked) == 1 else None

    def _exposure(self) -> ExposureRow | None:
        picked = self.exposures.selected()
        return self.exposures.rows.known(picked[0]) if len(picked) == 1 else None

    def _open_member(self, number: int) -> None:
        node = self.tree.rows.known(number)
        if node is not None and node.client is not None:
            self._desk.go("client", client=node.client)

    def _edit_exposure(self, number: int) -> None:
        one = self.exposures.rows.known(number)
        if one is not None and not one.told and self.found is not None:
            credit_dialogs.open_exposure(self._desk, self.found, one.party, one)

    def _add_member(self) -> None:
        if self.found is not None:
            dialogs.open_member(self._desk, self.found, self._node())

    def _note_exposure(self) -> None:
        if self.found is not None:
            node = self._node()
            credit_dialogs.open_exposure(self._desk, self.found, node.party if node else None)

    def _note_guarantee(self) -> None:
        if self.found is not None:
            credit_dialogs.open_guarantee(self._desk, self.found)

    def _remove(self) -> None:
        from rmdesk.services.groups.commands import RemoveGroup

        if self.found is not None:
            self._desk.perform(RemoveGroup(RecordId(self.found.id)), _("Group removed"))

    def _drop_member(self, node: Node) -> None:
        from rmdesk.services.groups.commands import RemoveMember

        self._desk.perform(RemoveMember(RecordId(node.member)), _("Removed"))

    def _drop_exposure(self, one: ExposureRow) -> None:
        from rmdesk.services.groups.credit import RemoveExposure

        self._desk.perform(RemoveExposure(RecordId(one.id)), _("Removed"))

    def _drop_guarantee(self, one: GuaranteeRow) -> None:
        from rmdesk.services.groups.credit import RemoveGuarantee

        self._desk.perform(RemoveGuarantee(RecordId(one.id)), _("Removed"))

    def _table_card(self, title: str, table: QWidget, steps: Flow, add: Callable[[], object]) -> Card:
        card, holder = Card(title, ""), QWidget()
        holder.setLayout(steps)
        card.corner.addWidget(Button(_("Add"), add, kind="small", icon="plus", name=f"{_('Add')} {title}"))
        card.add(table, holder)
        return card

    def _guarantee_card(self) -> Card:
        card = Card(_("Guarantees"), "")
        name = _("Note a guarantee")
        card.corner.addWidget(Button(_("Add"), self._note_guarantee, kind="small", icon="plus", name=name))
        card.add(self._guarantees)
        return card


def _capital(found: GroupFile) -> str:
    known = found.capital
    if known is None:
        return _("No capital figure is known: enter the bank's newest one.")
    text = _("Capital as of {day}: net {net}, tier 1 {tier1}")
    return text.format(
        day=format.day(known.on),
        net=format.short_amount(known.net_minor, found.currency, sign=True),
        tier1=format.short_amount(known.tier1_minor, found.currency, sign=True),
    )


def _also(node: Node) -> str:
    if node.shared:
        return _("counted above")
    return _("also in {groups}").format(groups=_(", ").join(node.also_in)) if node.also_in else ""


def _total(node: Node) -> Cell:
    if node.shared:
        return Cell("–")
    amount = format.short_amount(node.total.minor, node.currency) if node.total.minor or not node.total.at_least else ""
    return Cell(f"≥ {amount}" if node.total.at_least else amount, "overdue" if node.total.at_least else "")


def _amount(one: ExposureRow) -> Cell:
    if one.amount_minor is None:
        return Cell(_("unknown"), "risk")
    return Cell(format.short_amount(one.amount_minor, one.currency))


def _state(one: ExposureRow) -> Cell:
    if one.draft:
        return Cell(_("Draft"), "opportunity")
    return Cell(_("The bank"), "plain") if one.told else Cell("")
