"""The segment of points: who has how many, and what is due to be posted."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from rmdesk.base.text import N_, _, plural, sentences
from rmdesk.models.kinds import ClientId
from rmdesk.services.points import queries
from rmdesk.services.points.queries import HolderRow, Overview
from rmdesk.services.store.command import Outcome
from rmdesk.ui.gatherings import club_dialogs
from rmdesk.ui.kit import format
from rmdesk.ui.kit.columns import STRONG, Column
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.empty import Notice
from rmdesk.ui.kit.opening import opened
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.widgets import Button, column, label, row

COLUMNS: tuple[Column[HolderRow], ...] = (
    Column("name", N_("Client"), lambda one: one.name, 180, STRONG, fixed=True, sorts=False),
    Column("balance", N_("Balance"), lambda one: format.whole(one.balance), 110, right=True, fixed=True, sorts=False),
    Column("earned", N_("Earned"), lambda one: format.whole(one.earned), 110, right=True, sorts=False),
    Column("redeemed", N_("Redeemed"), lambda one: format.whole(one.redeemed), 110, right=True, sorts=False),
    Column("expired", N_("Expired"), lambda one: format.whole(one.expired), 110, right=True, sorts=False),
    Column("last", N_("Last entry"), lambda one: format.short_day(one.last_on), 110, sorts=False),
)


class PointsView(QWidget):
    """`look` asks for the balances."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._line = desk.tasks.line(self)
        self.head = label("", "soft", wrap=True)
        self.post = Button(_("Post what is due"), self._post, kind="small")
        self.redeem = Button(_("Redeem points"), self._redeem, kind="small")
        self.table: RowTable[HolderRow] = RowTable(
            COLUMNS, key=lambda one: int(one.client), name="points", state=desk.state, title=_("Loyalty points")
        )
        self.nothing = Notice(
            _("Nobody has points yet."),
            _("Deposits, wealth products, insurance and referrals earn points; posting writes them into the ledger."),
            icon="star",
        )
        self.nothing.hide()
        top = row(self.head, self.post, self.redeem, gap=8)
        top.setStretch(0, 1)
        box = column(top, self.table, self.nothing, gap=10)
        box.setStretch(1, 1)
        box.setStretch(2, 1)
        self.setLayout(box)
        self.table.opened.connect(lambda client: desk.go("client", client=ClientId(client), tab="club"))

    def look(self) -> None:
        """Ask for the balances."""
        self._line.fetch(queries.overview).done.connect(self.show_overview)

    def show_overview(self, found: Overview) -> None:
        """Show who has how many."""
        said = _("{points} points of {count} clients.").format(
            points=format.whole(found.balance), count=format.whole(found.count)
        )
        if found.due:
            due = plural("{count} entry is due to be posted.", "{count} entries are due to be posted.", found.due)
            said = sentences(said, due)
        self.head.setText(said)
        self.post.setEnabled(bool(found.due))
        self.table.set_rows(found.rows)
        self.table.setVisible(bool(found.rows))
        self.nothing.setVisible(not found.rows)

    def _post(self) -> None:
        from rmdesk.services.points.commands import PostDue

        self._desk.perform(PostDue(), posted)

    def _redeem(self) -> None:
        opened(club_dialogs.RedeemDialog(self._desk))


def posted(outcome: Outcome[int]) -> str:
    """How many lines were written."""
    return plural("{count} entry posted", "{count} entries posted", outcome.result)
