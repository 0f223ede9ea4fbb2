"""The Gifts page: the register with its filters, cost against value and the library; beside them what waits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QSizePolicy

from rmdesk.base import clock
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import ClientId, Topic
from rmdesk.services.gifts import library, overview, queries, waiting
from rmdesk.services.gifts.library import IdeaRow
from rmdesk.services.gifts.overview_rows import Budget, ThanksRow, ValueRow
from rmdesk.services.gifts.queries import GiftFilter, GiftRow
from rmdesk.services.store.reads import Reads
from rmdesk.ui.gifts import dialogs
from rmdesk.ui.gifts.cards import Cards
from rmdesk.ui.gifts.filters import GiftFilters
from rmdesk.ui.gifts.library import LibraryView
from rmdesk.ui.gifts.outgoing import Outgoing
from rmdesk.ui.gifts.register import Register, open_or_step
from rmdesk.ui.gifts.value import ValueView
from rmdesk.ui.kit import format
from rmdesk.ui.kit.actions import Action
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.page import Page
from rmdesk.ui.kit.panes import Panes
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.tab_buttons import tab_buttons
from rmdesk.ui.kit.widgets import Card, column

VIEWS = (("register", N_("Register")), ("value", N_("Cost against value")), ("library", N_("Ideas")))


@dataclass(frozen=True, slots=True)
class Whole:
    """What the page shows beside the register."""

    budget: Budget
    awaiting: tuple[GiftRow, ...]
    breaches: tuple[GiftRow, ...]
    thanks: tuple[ThanksRow, ...]
    values: tuple[ValueRow, ...]
    ideas: tuple[IdeaRow, ...]
    years: tuple[int, ...]
    to_do: int


class GiftsPage(Page):
    """All gifts; `go("gifts", view="breaches")`, `go("gifts", gift=id)`, `go("gifts", client=12, do="plan")`."""

    watches: ClassVar[frozenset[Topic]] = frozenset(
        {Topic.GIFTS, Topic.CLIENTS, Topic.OCCASIONS, Topic.PROFILE, Topic.SETTINGS, Topic.COMPLAINTS, Topic.RELATIONS}
    )
    offers: ClassVar[tuple[Action, ...]] = (
        Action("export_gifts", N_("Export"), lambda page: page.export(), icon="export", button=True),
        Action("plan_gift", N_("Plan gift"), lambda page: page.plan(), "Ctrl+Shift+G", "gift", primary=True),
        Action("find_gift", N_("Narrow the table"), lambda page: page.filters.field.setFocus(), "Ctrl+F"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.rows: tuple[GiftRow, ...] = ()
        self._wanted = ""
        self.filters = GiftFilters()
        self.register = Register(desk)
        self.whole: Whole | None = None
        self.cards = Cards()
        self.outgoing = Outgoing(desk, self)
        self._build()
        self._connect()

    # The other views, each made when it is first looked at.

    @cached_property
    def value(self) -> ValueView:
        """Cost against value."""
        made = ValueView()
        made.opened.connect(self._open_client)
        if self.whole is not None:
            made.show_rows(self.whole.values)
        return made

    @cached_property
    def library(self) -> LibraryView:
        """The ideas."""
        made = LibraryView(self.desk)
        made.plan.connect(lambda title: self.plan(title=title))
        if self.whole is not None:
            made.show_rows(self.whole.ideas)
        return made

    def title(self) -> str:
        return _("Gifts")

    def open(self, **what: Any) -> None:
        if "view" in what:
            self.show_view(0)
            self.filters.show_view(str(what["view"]))
        if "gift" in what:
            self._show(str(what["gift"]))
        if what.get("do") == "plan":
            self.plan(client=what.get("client"))

    def place(self) -> dict[str, Any]:
        return {"view": self.filters.view}

    # Loading.

    def reload(self) -> None:
        self._look()
        self.fetch(_whole).done.connect(self.show_whole)
        self.fetch(overview.ahead).done.connect(self.cards.show_ahead)

    def show_rows(self, rows: tuple[GiftRow, ...]) -> None:
        """Show these gifts in the register."""
        self.rows = rows
        self.card.note.setText(format.whole(len(rows)))
        self.register.show_rows(rows)
        if self._wanted and self.register.select(self._wanted):
            self._wanted = ""

    def show_whole(self, whole: Whole) -> None:
        """Show the budget, what waits, and of the other views those that are made."""
        self.whole = whole
        self.desk.badge("gifts", whole.to_do or None)
        self.filters.show_years(whole.years)
        self.in_slices(
            (
                partial(self.cards.budget.show_budget, whole.budget),
                partial(self.cards.show_awaiting, whole.awaiting),
                partial(self.cards.show_breaches, whole.breaches),
                partial(self.cards.show_thanks, whole.thanks),
                *((lambda: self.value.show_rows(whole.values),) if "value" in vars(self) else ()),
                *((lambda: self.library.show_rows(whole.ideas),) if "library" in vars(self) else ()),
            )
        )

    def _look(self) -> None:
        self.fetch(queries.register, self.filters.chosen).done.connect(self.show_rows)

    # Acting.

    def plan(self, **filled: Any) -> None:
        """Plan a gift."""
        dialogs.open_gift(self.desk, **filled)

    def export(self) -> None:
        """Write what the register shows to a file."""
        self.outgoing.export(self.filters.chosen, len(self.rows))

    def show_view(self, at: int) -> None:
        """Show the register, cost against value, or the library."""
        self._tabs.button(at).setChecked(True)
        self.stack.bring_at(at)
        self.filters.setVisible(at == 0)
        self.card.note.setVisible(at == 0)

    def _show(self, gift: str) -> None:
        """Select a gift, whatever the filters were."""
        self.show_view(0)
        if not self.register.select(gift):
            self._wanted = gift
            self.filters.choose_year(None)
            self.filters.show_view("all")

    # Building.

    def _build(self) -> None:
        self.card = Card("", "")
        self._tabs, tabs = tab_buttons(self, (_(text) for _name, text in VIEWS))
        tabs.addStretch(1)
        tabs.addWidget(self.card.note)
        self.stack = self.new_stack()
        self.stack.addWidget(self.register)
        self.stack.add_place(lambda: self.value)
        self.stack.add_place(lambda: self.library)
        self.card.add(tabs, self.filters, self.stack)
        self.card.body.setStretchFactor(self.stack, 1)
        self.card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.add_later(self.cards.places, *self.cards.parts)
        self.panes = Panes(self.card, scroller(self.cards), (_("Register"), _("Budget and what waits")))
        self.body.addLayout(column(self.panes, gap=0), 1)

    def _connect(self) -> None:
        self._tabs.idClicked.connect(self.show_view)
        self.filters.changed.connect(lambda _chosen: self._look())
        self.register.opened.connect(lambda gift: open_or_step(self.desk, gift))
        self.cards.gift.connect(lambda gift: self._show(gift.id))
        self.cards.plan.connect(lambda filled: self.plan(**filled))
        self.cards.client.connect(self._open_client)

    def _open_client(self, client: int) -> None:
        self.desk.go("client", client=ClientId(client), tab="gifts")


def _whole(reads: Reads) -> Whole:
    return Whole(
        budget=overview.budget_of(reads),
        awaiting=queries.awaiting(reads),
        breaches=queries.register(reads, GiftFilter(year=clock.today().year, breaches=True), 200),
        thanks=overview.thanks(reads),
        values=overview.values(reads),
        ideas=library.idea_rows(reads),
        years=queries.years(reads),
        to_do=waiting.to_do(reads),
    )
