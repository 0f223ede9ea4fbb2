"""The segment of benefits: what was used of each this year, and every use; those told twice stand first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from rmdesk.base import clock
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import RecordId
from rmdesk.services.benefits import queries
from rmdesk.services.benefits.queries import Used, UseRow
from rmdesk.services.benefits.tables import benefit_name
from rmdesk.services.store.reads import Reads
from rmdesk.ui.gatherings import club_dialogs
from rmdesk.ui.kit import format
from rmdesk.ui.kit.columns import CHIP, STRONG, Cell, Column
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.empty import Notice
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.opening import opened
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.widgets import Button, block, clear, column, label, row

COLUMNS: tuple[Column[UseRow], ...] = (
    Column("on", N_("Day"), lambda one: format.short_day(one.on), 84, fixed=True, sorts=False),
    Column("name", N_("Client"), lambda one: one.name, 150, STRONG, fixed=True, sorts=False),
    Column("benefit", N_("Benefit"), lambda one: benefit_name(one.benefit), 120, fixed=True, sorts=False),
    Column("turn", N_("Which"), lambda one: format.whole(one.turn), 64, right=True, sorts=False),
    Column("place", N_("Place"), lambda one: one.place, 160, sorts=False),
    Column("cost", N_("Cost"), lambda one: format.short_amount(one.cost_minor, one.currency), 90, right=True,
           sorts=False),
    Column("open", N_("State"), lambda one: Cell(_("told twice"), "risk") if one.open else Cell(""), 110, CHIP,
           sorts=False),
    Column("note", N_("Note"), lambda one: one.note, 160, sorts=False),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Whole:
    """What the segment shows."""

    used: tuple[Used, ...]
    uses: tuple[UseRow, ...]


class BenefitsView(QWidget):
    """`look` asks for the uses of this year."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._line = desk.tasks.line(self)
        self._sums = Flow(28)
        self.table: RowTable[UseRow] = RowTable(
            COLUMNS, key=lambda one: one.number, name="benefit_uses", state=desk.state, title=_("Uses")
        )
        self.nothing = Notice(
            _("No benefit was used this year."),
            _("Members and higher tiers have yearly counts; a use is noted in one click in the client's file."),
            icon="star", button=_("Note a use"), press=self.use,
        )  # fmt: skip
        self.nothing.hide()
        self._flow = Flow()
        sums, steps = QWidget(), QWidget()
        sums.setLayout(self._sums)
        head = row(sums, Button(_("Note a use"), self.use, kind="small"), gap=28)
        head.setStretch(0, 1)
        steps.setLayout(self._flow)
        box = column(head, self.table, self.nothing, steps, gap=10)
        box.setStretch(1, 1)
        box.setStretch(2, 1)
        self.setLayout(box)
        self.table.chosen.connect(lambda _ids: self._offer())
        self.table.opened.connect(self._open)

    def look(self) -> None:
        """Ask for what was used."""
        self._line.fetch(_whole).done.connect(self.show_whole)

    def show_whole(self, whole: Whole) -> None:
        """Show what was used."""
        clear(self._sums)
        for one in whole.used:
            cost = format.short_amount(one.cost_minor, one.currency, sign=True)
            about = _("{clients} clients · {cost}").format(clients=format.whole(one.clients), cost=cost)
            figure = block(label(benefit_name(one.code), "note"), label(format.whole(one.uses), "figure"),
                           label(about, "note"), gap=2)  # fmt: skip
            self._sums.addWidget(figure)
        self.table.set_rows(whole.uses)
        self.table.setVisible(bool(whole.uses))
        self.nothing.setVisible(not whole.uses)
        self._offer()

    def use(self) -> None:
        """Note a use."""
        opened(club_dialogs.UseDialog(self._desk))

    def _offer(self) -> None:
        clear(self._flow)
        picked = self.table.selected()
        one = self.table.rows.known(picked[0]) if len(picked) == 1 else None
        if one is None:
            text = _("Select a use to correct it.") if self.table.rows.rowCount() else ""
            self._flow.addWidget(label(text, "note"))
            return
        self._flow.addWidget(label(_("{gift}:").format(gift=f"{one.name} · {benefit_name(one.benefit)}"), "soft"))
        for version in one.versions:
            self._flow.addWidget(label(_("Another desk: {what}").format(what=version), "note"))
        if one.open:
            self._flow.addWidget(Button(_("The same use"), partial(self._settle, one.id, False), kind="small"))
            self._flow.addWidget(Button(_("A second use"), partial(self._settle, one.id, True), kind="small"))
        self._flow.addWidget(Button(_("Edit"), partial(club_dialogs.open_use, self._desk, one), kind="small"))
        self._flow.addWidget(Button(_("Take away"), partial(self._remove, one.id), kind="small"))

    def _settle(self, use: RecordId, second: bool) -> None:
        from rmdesk.services.benefits.commands import SettleUse

        self._desk.perform(SettleUse(use, second))

    def _remove(self, use: RecordId) -> None:
        from rmdesk.services.benefits.commands import RemoveUse

        self._desk.perform(RemoveUse(use))

    def _open(self, number: int) -> None:
        one = self.table.rows.known(number)
        if one is not None:
            self._desk.go("client", client=one.client, tab="club")


def used_line(count: int, left: int) -> str:
    """What is left of a yearly count."""
    return _("{left} of {count} left").format(left=left, count=count)


def _whole(reads: Reads) -> Whole:
    year = clock.today().year
    return Whole(queries.used(reads, year), queries.uses(reads, year))
