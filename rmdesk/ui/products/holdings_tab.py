"""What a client holds: the history of balances, holdings with what is planned for them, accounts, assets elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rmdesk.base import clock
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import ClientId, Topic
from rmdesk.services.clients import freshness
from rmdesk.services.groups.queries import groups_of
from rmdesk.services.holdings import queries
from rmdesk.services.holdings.queries import AccountRow, Balances, HoldingRow, Rung, ladder
from rmdesk.services.products import elsewhere
from rmdesk.services.products.maturities import Found, maturing
from rmdesk.services.products.maturity_rows import MaturityRow
from rmdesk.services.products.suggesting import Suggested
from rmdesk.services.products.tables import kind_name, table
from rmdesk.services.store.reads import Reads
from rmdesk.ui.kit import faces, format
from rmdesk.ui.kit.as_table import AsTable
from rmdesk.ui.kit.chart import LineChart, Series
from rmdesk.ui.kit.columns import CHIP, STRONG, TINTED, Cell, Column
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.file_tab import FileTab
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.painter import smooth
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.swatch import Swatch
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.told_dialog import Asked
from rmdesk.ui.kit.widgets import Button, Card, clear, column, label, row
from rmdesk.ui.products import dialogs, words
from rmdesk.ui.products.elsewhere_card import ElsewhereCard
from rmdesk.ui.products.maturity_list import offers
from rmdesk.ui.products.next_card import NextCard

# Width in units of text that a column of the holdings wants the tab to have, the first to go first.
ROOM = {"as_of": 1300, "left": 1200, "kind": 1050, "rate": 1050}
SOON = 30  # days; a nearer maturity is coloured


def month_name(month: int) -> str:
    """A month counted from year 0, as 2026-10."""
    return f"{month // 12}-{month % 12 + 1:02}"


def month_end(month: int) -> date:
    """The last day of a month counted from year 0."""
    return date((month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(1)


def _matures(held: HoldingRow) -> Cell:
    if held.matures_on is None:
        return Cell("")
    kind = "occasion" if held.days_left is not None and 0 <= held.days_left <= SOON else ""
    return Cell(format.day(held.matures_on), kind)


def _rate(held: HoldingRow) -> str:
    return "" if held.rate_bp is None else f"{held.rate_bp / 100:.2f}%"


def _left(held: HoldingRow) -> str:
    return "" if held.matures_on is None else format.days_ahead(held.matures_on)


def _as_of(held: HoldingRow | AccountRow) -> Cell:
    return Cell(format.short_day(held.as_of), "risk" if held.stale else "")


def columns(plans: Mapping[int, MaturityRow]) -> tuple[Column[HoldingRow], ...]:
    """The columns of the holdings; `plans` says by holding what is planned, as it is at the time of drawing."""
    return (*HOLDINGS, Column("plan", N_("Plan"), lambda held: _plan(held, plans), 150, CHIP, sorts=False))


def _plan(held: HoldingRow, plans: Mapping[int, MaturityRow]) -> Cell:
    return words.plan(plans[held.id]) if held.id in plans else Cell("")


HOLDINGS: tuple[Column[HoldingRow], ...] = (
    Column("name", N_("Holding"), lambda held: Cell(held.name or held.product), 190, STRONG, sorts=False),
    Column("kind", N_("Kind"), lambda held: Cell(kind_name(held.kind), "plain"), 124, CHIP, sorts=False),
    Column("amount", N_("Amount"), lambda h: format.amount(h.amount_minor, h.currency), 130, right=True, sorts=False),
    Column("rate", N_("Rate"), _rate, 70, right=True, sorts=False),
    Column("matures", N_("Maturity"), _matures, 104, TINTED, sorts=False),
    Column("left", N_("Left"), _left, 104, sorts=False),
    Column("as_of", N_("As of"), _as_of, 100, TINTED, sorts=False),
)

ACCOUNTS: tuple[Column[AccountRow], ...] = (
    Column(
        "number", N_("Account"), lambda held: Cell(_tail(held.number), after=_holder(held)), 150, STRONG, sorts=False
    ),
    Column(
        "balance", N_("Balance"), lambda h: format.amount(h.balance_minor, h.currency), 130, right=True, sorts=False
    ),
    Column("as_of", N_("As of"), _as_of, 100, TINTED, sorts=False),
)


def _tail(number: str) -> str:
    return f"•••• {number[-4:]}" if len(number) > 6 else number


def _holder(held: AccountRow) -> str:
    if held.second:
        return _("second holder")
    return _("closed") if held.closed_on else ""


class Ladder(QWidget):
    """What matures in each of the next months, as bars from the left."""

    told_as = faces.CHART

    def __init__(self) -> None:
        super().__init__()
        self._rungs: tuple[Rung, ...] = ()
        self.setAccessibleName(_("What matures by month"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_rungs(self, rungs: Sequence[Rung]) -> None:
        """Draw these."""
        self._rungs = tuple(rungs)
        self.setAccessibleDescription("\n".join(self.facts()))
        self.setFixedHeight(max(1, len(rungs)) * theme.px(26))
        self.update()

    def facts(self) -> list[str]:
        """A line for each month in which something matures."""
        return [
            f"{month_name(one.month)}: {format.short_amount(one.amount_minor, one.currency, sign=True)}"
            for one in self._rungs
        ]

    def sizeHint(self) -> QSize:
        return QSize(240, max(1, len(self._rungs)) * theme.px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        painter.setFont(theme.font(13, tabular=True))
        metrics = QFontMetricsF(painter.font())
        month = metrics.horizontalAdvance("2026-10") + 10
        texts = [format.short_amount(one.amount_minor, one.currency, sign=True) for one in self._rungs]
        wide = max((metrics.horizontalAdvance(text) for text in texts), default=0) + 10
        most = max((one.amount_minor for one in self._rungs), default=1) or 1
        for at, (one, text) in enumerate(zip(self._rungs, texts, strict=True)):
            line = QRectF(0, at * theme.px(26), self.width(), theme.px(26))
            painter.setPen(theme.colour("ink2"))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, month_name(one.month))
            room = line.width() - month - wide
            bar = QRectF(month, line.center().y() - 5, max(3.0, room * one.amount_minor / most), 10)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("occasion"))
            painter.drawRoundedRect(bar, 3, 3)
            painter.setPen(theme.colour("ink"))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        painter.end()


class HoldingsTab(FileTab):
    """Shows what a client holds."""

    watches: ClassVar[frozenset[Topic]] = frozenset(
        {Topic.CLIENTS, Topic.HOLDINGS, Topic.IMPORTS, Topic.PRODUCTS, Topic.GROUPS, Topic.SETTINGS}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.history = Card(_("History of balances"), "")
        self.chart = LineChart(_("History of balances"))
        self._legend = row(
            *(
                row(Swatch(token), label(text, "small"), gap=5)
                for token, text in (("accent", _("Month end")), ("overdue", _("Daily average")))
            ),
            gap=12,
        )
        self.history.corner.addLayout(self._legend)
        self.told = AsTable(self.chart, self.chart.facts)
        self.history.corner.addWidget(self.told.toggle)
        self._unknown = label(_("No month has been told yet."), "note")
        self.history.add(self.told, self._unknown)
        self._plans: dict[int, MaturityRow] = {}
        self.holdings: RowTable[HoldingRow] = RowTable(
            columns(self._plans), key=lambda held: held.id, title=_("Holdings")
        )
        self.holdings.chosen.connect(lambda _ids: self._offer())
        self.holdings.opened.connect(self._open)
        self.steps = QWidget()
        self._flow = Flow()
        self.steps.setLayout(self._flow)
        self.held = Card(_("Holdings"), "")
        self._nothing = label(_("The bank's data name no holdings."), "note")
        self.held.add(self.holdings, self._nothing, self.steps)
        self.accounts: RowTable[AccountRow] = RowTable(ACCOUNTS, key=lambda held: held.id, title=_("Accounts"))
        self.open_accounts = Card(_("Accounts"), "")
        self._no_account = label(_("The bank's data name no accounts."), "note")
        self._no_account.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.open_accounts.add(self.accounts, self._no_account)
        self.ladder = Ladder()
        Asked(self.ladder, self.ladder.facts, _("What matures by month"))
        self.maturities = Card(_("Maturities of the next 12 months"), "")
        self._none = label(_("Nothing matures."), "note")
        self.maturities.add(self.ladder, self._none)
        self.maturities.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        main = QWidget()
        left = column(self.history, self.held, gap=16)
        main.setLayout(left)
        left.setStretch(0, 4)
        left.setStretch(1, 6)
        inside = QWidget()
        self.elsewhere = ElsewhereCard(desk)
        self.next = NextCard(desk)
        self.groups = Card(_("Group client"), "")
        self.groups.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.groups.hide()
        right = column(self.groups, self.maturities, self.next, self.elsewhere, self.open_accounts, gap=16)
        right.setStretch(4, 1)
        inside.setLayout(right)
        side = scroller(inside)
        self.side_by_side(scroller(main), side, (_("Holdings"), _("Maturities")))

    def reload(self) -> None:
        if self.client is not None:
            self.elsewhere.client = self.client
            self.fetch(_held, self.client).done.connect(self._show)
            self.fetch(elsewhere.known_of, self.client).done.connect(self.elsewhere.show_known)
            self.fetch(groups_of, self.client).done.connect(self.show_groups)
            self.fetch(_suggested, self.client).done.connect(self.next.show_suggested)

    def _show(self, got: Held) -> None:
        balances, held, accounts, maturing = got
        self._plans.clear()
        self._plans.update((row.id, row) for row in maturing.rows)
        self.show_balances(balances)
        self.show_holdings(held)
        self.show_accounts(accounts)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() * 100 / theme.percent
        self.holdings.leave_out([key for key, least in ROOM.items() if wide < least])

    def show_balances(self, balances: Balances) -> None:
        """Show the history of balances."""
        self.told.setVisible(balances.known)
        self.told.toggle.setVisible(balances.known)
        self._unknown.setVisible(not balances.known)
        if balances.as_of is not None:
            text = _("as of {day}, out of date") if balances.stale else _("as of {day}")
            self.history.note.setText(text.format(day=format.day(balances.as_of)))
        self.chart.write_with(lambda value: format.short_amount(round(value), balances.currency))
        days = [month_end(month) for month in balances.months]
        self.chart.show_series(
            Series(_("Month end"), list(zip(days, balances.ends, strict=True)), "accent", area=True),
            Series(_("Daily average"), list(zip(days, balances.averages, strict=True)), "overdue"),
        )
        self.told.refresh()

    def show_holdings(self, rows: Sequence[HoldingRow]) -> None:
        """Show what is held, and what matures."""
        self.held.note.setText(str(len(rows)) if rows else "")
        self.holdings.set_rows(rows)
        self.holdings.setVisible(bool(rows))
        self._offer()
        self._nothing.setVisible(not rows)
        rungs = ladder(tuple(rows), clock.today(), freshness.ladder_months())
        self.ladder.show_rungs(rungs)
        self.ladder.setVisible(bool(rungs))
        self._none.setVisible(not rungs)

    def show_groups(self, found: tuple[tuple[str, str], ...]) -> None:
        """Lead to the groups this client belongs to, if any."""
        clear(self.groups.body)
        for group, name in found:
            press = partial(self.desk.go, "groups", group=group)
            self.groups.add(row(Button(name, press, kind="link", icon="company"), None))
        self.groups.setVisible(bool(found))

    def show_accounts(self, rows: Sequence[AccountRow]) -> None:
        """Show the accounts."""
        self.open_accounts.note.setText(str(len(rows)) if rows else "")
        self.accounts.set_rows(rows)
        self.accounts.setVisible(bool(rows))
        self._no_account.setVisible(not rows)

    def _offer(self) -> None:
        """What can be done with the holding that is selected."""
        picked = self.holdings.selected()
        row = self._plans.get(picked[0]) if len(picked) == 1 else None
        clear(self._flow)
        if row is not None:
            self._flow.addWidget(label(_("{holding}:").format(holding=row.name), "soft"))
            for text, press in offers(self.desk, row):
                self._flow.addWidget(Button(text, press, kind="small", name=f"{text} {row.name}"))
        elif self._plans:
            self._flow.addWidget(label(_("Select a holding that matures to plan what becomes of it."), "note"))
        self.steps.updateGeometry()

    def _open(self, number: int) -> None:
        if number in self._plans:
            dialogs.open_plan(self.desk, self._plans[number])


Held = tuple[Balances, tuple[HoldingRow, ...], tuple[AccountRow, ...], Found]


def _suggested(reads: Reads, client: ClientId) -> Suggested:
    from rmdesk.services.products.suggesting import next_products  # numpy comes with it

    return next_products(reads, client)


def _held(reads: Reads, client: ClientId) -> Held:
    today = clock.today()
    return (
        queries.balances_of(reads, client),
        queries.holdings_of(reads, client),
        queries.accounts_of(reads, client),
        maturing(reads, today - timedelta(table().past_days), date.max, client),
    )
