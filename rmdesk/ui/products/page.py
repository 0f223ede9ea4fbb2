"""The Products page: the cards of the bank's products, and what matures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rmdesk.base import clock
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import Topic
from rmdesk.services.products import cards, maturities
from rmdesk.services.products.cards import CardRow, Reach
from rmdesk.services.products.maturities import Ladder
from rmdesk.ui.kit.actions import Action
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.panes import Panes
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.views_page import ViewsPage
from rmdesk.ui.products import outgoing, tables
from rmdesk.ui.products.card_view import CardView
from rmdesk.ui.products.maturities_view import MaturitiesView

VIEWS = (("cards", N_("Cards")), ("maturities", N_("Maturities")))


class ProductsPage(ViewsPage):
    """`go("products", view="maturities")`, `go("products", code="LC06")`."""

    watches: ClassVar[frozenset[Topic]] = frozenset(
        {Topic.PRODUCTS, Topic.HOLDINGS, Topic.CLIENTS, Topic.IMPORTS, Topic.SETTINGS}
    )

    offers: ClassVar[tuple[Action, ...]] = (
        Action("export_maturities", N_("Export maturities"), lambda page: page.export(), icon="export", button=True),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, VIEWS)
        self._wanted = ""
        self._cards: tuple[CardRow, ...] = ()
        self._bare = False  # the bank has told of no products
        self.cards: RowTable[CardRow] = RowTable(
            tables.CARDS, key=lambda row: row.id, name="products", state=desk.state, title=_("Products")
        )
        self.card = CardView(desk)
        self.maturities = MaturitiesView(desk)
        self._build()
        self.maturities.chart.chosen.connect(lambda _month: self._ask_month())
        self.cards.chosen.connect(self._choose)

    def title(self) -> str:
        return _("Products")

    def open(self, **what: Any) -> None:
        if "code" in what or what.get("entity") == "product_card":
            self._wanted = str(what.get("code") or what["key"])
            self.show_view(0)
            self._select()
        else:
            super().open(**what)

    def export(self) -> None:
        """Give out what matures in the months shown."""
        ladder = self.maturities.chart.ladder
        if ladder is not None and ladder.rungs:
            end = maturities.month_days(ladder.rungs[-1].month)[1]
            outgoing.export(self.desk, self, clock.today(), end, sum(rung.count for rung in ladder.rungs))

    # Loading.

    def reload(self) -> None:
        self.fetch(cards.cards).done.connect(self.show_cards)
        self.fetch(maturities.ladder).done.connect(self.show_ladder)

    def show_ladder(self, ladder: Ladder) -> None:
        """Show what matures, and ask for the month that is chosen."""
        self.maturities.show_ladder(ladder)
        self._ask_month()

    def _ask_month(self) -> None:
        ladder = self.maturities.chart.ladder
        if ladder is not None and ladder.rungs:
            start, end = maturities.month_days(ladder.rungs[self.maturities.chart.at].month)
            start = max(start, clock.today())
            self.fetch(maturities.maturing, start, end).done.connect(self.maturities.show_month)

    def show_cards(self, rows: tuple[CardRow, ...]) -> None:
        """Show the products."""
        self._cards, self._bare = rows, not rows
        if self._bare:
            self.show_empty(
                _("The bank has told of no products yet."),
                _("Import a file with products or holdings: each product it names gets a card."),
                icon="inbox", button=_("Import a file"), press=lambda: self.desk.go("imports"),
            )  # fmt: skip
            return
        self.show_content()
        self.cards.set_rows(rows)
        self._fit()
        self._select()

    def show_content(self) -> None:
        if not self._bare:  # else the answers to the other questions would uncover empty tables
            super().show_content()

    def _select(self) -> None:
        wanted = next((one for one in self._cards if self._wanted in (one.code, one.card)), None)
        if wanted is not None:
            self._wanted = ""
            self.cards.select_id(wanted.id)
        elif self._cards and not self.cards.selected():
            self.cards.select_id(self._cards[0].id)
        else:
            self._choose(self.cards.selected())

    def _choose(self, chosen: Sequence[int]) -> None:
        row = self.cards.rows.known(chosen[0]) if len(chosen) == 1 else None
        if row is not None:
            self.card.show_card(row)
            self.fetch(cards.reach_of, row.code).done.connect(self._reach)

    def _reach(self, found: Reach) -> None:
        self.card.show_reach(found)

    # Building.

    def _fit(self) -> None:
        """Leave out the columns for which there is no room."""
        wide = self.cards.width() * 100 / theme.percent
        self.cards.leave_out([key for key, least in tables.ROOM.items() if wide < least])

    def _build(self) -> None:
        panes = Panes(self.cards, self.card, (_("Products"), _("Card")), shares=(7, 5))
        panes.arranged.connect(self._fit)
        self.stack.addWidget(panes)
        self.stack.addWidget(self.maturities)
