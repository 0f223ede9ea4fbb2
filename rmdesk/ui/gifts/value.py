"""Cost against value: what gifts of 12 months cost for a client, against what the client has with the bank."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rmdesk.base.text import N_, _
from rmdesk.services.gifts.overview_rows import ValueRow
from rmdesk.services.gifts.shown import Shown
from rmdesk.ui.kit import format
from rmdesk.ui.kit.columns import STRONG, Cell, Column
from rmdesk.ui.kit.empty import Notice
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.widgets import column, label

PER = 10_000


def share(row: ValueRow) -> str:
    """What gifts cost for each ten thousand of assets; a dash where either is not known."""
    return "–" if row.share is None else format.decimal(row.share * PER, 2)


COLUMNS: tuple[Column[ValueRow], ...] = (
    Column("name", N_("Client"), lambda row: Cell(row.name), 150, STRONG, sorts=False, fixed=True),
    Column("gifts", N_("Gifts"), lambda row: str(row.gifts), 70, right=True, sorts=False),
    Column(
        "cost",
        N_("Cost of 12 months"),
        lambda row: "–" if row.cost_minor is None else str(Shown(row.cost_minor, row.currency)),
        140,
        right=True,
        sorts=False,
    ),
    Column(
        "aum", N_("AUM"), lambda row: format.short_amount(row.aum_minor, row.currency), 120, right=True, sorts=False
    ),
    Column("share", N_("Cost per 10,000 of AUM"), share, 170, right=True, sorts=False),
    Column("liking", N_("Liked, 1 to 5"), lambda row: format.decimal(row.liking), 110, right=True, sorts=False),
)


class ValueView(QWidget):
    """`opened` tells whose file is wanted."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.table: RowTable[ValueRow] = RowTable(COLUMNS, key=lambda row: row.client, title=_("Cost against value"))
        self.nothing = Notice(_("No gift was given in the last 12 months."), icon="gift")
        note = _("The dearest against their assets first. A client without known assets stands last.")
        whole = column(label(note, "note", wrap=True), self.table, self.nothing, gap=8)
        whole.setStretch(1, 1)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.table.opened.connect(self.opened)

    def show_rows(self, rows: Sequence[ValueRow]) -> None:
        """Show these clients."""
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
