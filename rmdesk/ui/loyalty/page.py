"""The Loyalty page: five views of the portfolio, a drawing at the left, the clients of the chosen mark at the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import ClientId, Topic
from rmdesk.services.loyalty import people
from rmdesk.services.loyalty.people import People, Person
from rmdesk.services.loyalty.views import TRAP, Views
from rmdesk.services.store.reads import Reads
from rmdesk.ui.kit import format
from rmdesk.ui.kit.as_table import AsTable
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.panes import Panes
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.views_page import ViewsPage
from rmdesk.ui.kit.widgets import Button, column, label, row
from rmdesk.ui.loyalty import tables
from rmdesk.ui.loyalty.bars import ParetoChart, TierBars
from rmdesk.ui.loyalty.marks import LoyaltyMap, RfmGrid

VIEWS = (
    ("pareto", N_("20/80")),
    ("map", N_("Loyalty and satisfaction")),
    ("silent", N_("Loyal and silent")),
    ("time", N_("Time and value")),
    ("rfm", N_("RFM")),
)


class _Side(QWidget):
    """The clients of a mark."""

    def __init__(self, page: LoyaltyPage, name: str, make: Callable[[str], tables.Columns]) -> None:
        super().__init__()
        self.title = label("", "heading", wrap=True)
        self.table: RowTable[Person] = RowTable(
            make(""), key=lambda one: int(one.client), name=f"loyalty_{name}", state=page.desk.state, title=_("Clients")
        )
        self.table.opened.connect(lambda client: page.desk.go("client", client=ClientId(client)))
        self.nobody = label(_("No client stands here."), "note")
        self.nobody.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.nobody.hide()
        box = column(self.title, self.table, self.nobody, gap=8)
        for part in (self.table, self.nobody):
            box.setStretchFactor(part, 1)
        self.setLayout(box)

    def show_people(self, title: str, found: People) -> None:
        """Show these clients under a title."""
        self.title.setText(_("{title}: {count} clients").format(title=title, count=format.whole(found.count)))
        self.table.set_rows(found.rows)
        self.table.setVisible(bool(found.rows))
        self.nobody.setVisible(not found.rows)


class LoyaltyPage(ViewsPage):
    """`go("loyalty", view="rfm")`."""

    watches: ClassVar[frozenset[Topic]] = frozenset(
        {Topic.CLIENTS, Topic.SEGMENTS, Topic.HOLDINGS, Topic.VISITS, Topic.COMPLAINTS, Topic.SETTINGS}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, VIEWS)
        self.views: Views | None = None
        self.pareto, self.map, self.tiers, self.grid = ParetoChart(), LoyaltyMap(), TierBars(), RfmGrid()
        self.pareto_told = AsTable(self.pareto, self.pareto.facts)
        self.tiers_told = AsTable(self.tiers, self.tiers.facts)
        self.map_told, self.grid_told = AsTable(self.map, self.map.facts), AsTable(self.grid, self.grid.facts)
        makes = (tables.pareto, tables.stances, tables.silent, tables.time, tables.rfm)
        self.sides = {name: _Side(self, name, make) for (name, _title), make in zip(VIEWS, makes, strict=True)}
        self.fifths = QCheckBox(_("By fifths of the portfolio"))
        self.activity = label("", "note", wrap=True)
        self.spent = label("", "note", wrap=True)
        self._at, self._corner, self._place, self._louder = 0, TRAP, (5, 5), True  # the marks that are chosen
        self._build()
        self.pareto.chosen.connect(self._tenth)
        self.map.chosen.connect(self._stance)
        self.grid.chosen.connect(self._cell)
        self.fifths.toggled.connect(lambda _on: self.reload())

    def title(self) -> str:
        return _("Loyalty")

    # Loading.

    def reload(self) -> None:
        self.fetch(_views, quintiles=self.fifths.isChecked()).done.connect(self.show_views)

    def show_views(self, found: Views) -> None:
        """Draw everything, and choose a mark of each."""
        self.views = found
        if not len(found.pareto.client) and not found.stood and not found.cells.any():
            self.show_empty(
                _("There is nothing to look into yet."),
                _("Take in the bank's export: tiers, groups and figures come from it."),
                icon="insights", button=_("Import a file"), press=lambda: self.desk.go("imports"),
            )  # fmt: skip
            return
        self.pareto.show_tenths(found.tenths)
        self.pareto_told.refresh()
        self.map.show_corners(found.corners)
        self.map_told.refresh()
        self.tiers.show_tiers(found.time.tiers)
        self.tiers_told.refresh()
        self.grid.show_cells(found.cells)
        self.grid_told.refresh()
        self.activity.setText(_activity(found))
        text = _("{hours} hours in a year; of {contacts} contacts {noted} have their length noted, the others count as "
                 "their channel usually takes.")  # fmt: skip
        hours = format.decimal(found.time.minutes / 60, 0)
        self.spent.setText(text.format(hours=hours, contacts=format.whole(found.time.contacts), noted=found.time.noted))
        self.pareto.choose(self._at)
        self.map.choose(self._corner)
        self.grid.choose(*self._place)
        self._ask("silent", _("Loyal and silent"), people.of_silent, found.silent, found.time.currency)
        self._show_time(louder=self._louder)

    def _tenth(self, at: int) -> None:
        self._at = at
        if self.views is not None:
            title = _("Clients from {first}% to {last}%").format(first=10 * at, last=10 * (at + 1))
            self._ask("pareto", title, people.of_tenth, self.views.pareto, at)

    def _stance(self, stance: str) -> None:
        self._corner = stance
        if self.views is not None:
            title = self.map.tiles[stance].toolTip()
            self._ask("map", title, people.of_stance, self.views.stood, stance, self.views.time.currency)

    def _cell(self, recency: int, frequency: int) -> None:
        self._place = recency, frequency
        if self.views is not None:
            self._ask("rfm", f"R{recency} F{frequency}", people.of_cell, self.views.rfm, recency, frequency)

    def _show_time(self, *, louder: bool) -> None:
        self._louder = louder
        if self.views is not None:
            found = self.views.time
            title = _("More time than value") if louder else _("More value than time")
            self._ask("time", title, people.of_time, found.loud if louder else found.quiet, found.currency)

    def _ask(self, name: str, title: str, query: Callable[..., People], *args: Any) -> None:
        side = self.sides[name]
        self.fetch(query, *args).done.connect(partial(side.show_people, title))

    # Building.

    def _build(self) -> None:
        loud = Button(_("More time than value"), lambda: self._show_time(louder=True), kind="small")
        quiet = Button(_("More value than time"), lambda: self._show_time(louder=False), kind="small")
        why = _("Recency downwards (R), frequency to the right (F), the best first; money is in the table.")
        said = _("Loyal by what they do, and they have not come to us for long. "
                 "They ask for nothing, so they are easily forgotten: reward the loyal, not the loud.")  # fmt: skip
        silent = label(said, "soft", wrap=True)
        lefts = (
            _left(row(None, self.pareto_told.toggle), self.pareto_told),
            _left(row(None, self.map_told.toggle), self.map_told),
            _left(silent),
            _left(self.tiers_told, self.spent, row(loud, quiet, None, self.tiers_told.toggle)),
            _left(
                row(label(why, "note", wrap=True), self.grid_told.toggle), self.grid_told, self.fifths, self.activity
            ),
        )
        for left, (name, text) in zip(lefts, VIEWS, strict=True):
            shares = {"silent": (1, 3), "map": (4, 7)}.get(name, (5, 6))
            self.stack.addWidget(Panes(left, self.sides[name], (_(text), _("Clients")), shares=shares))


def _left(*parts: Any) -> QWidget:
    """Parts below one another; what cannot grow leaves its room at the end."""
    holder = QWidget()
    grows = any(_grows(part) for part in parts)
    box = column(*parts, gap=10) if grows else column(*parts, None, gap=10)
    for at, part in enumerate(parts):
        if _grows(part):
            box.setStretch(at, 1)
    holder.setLayout(box)
    return holder


def _grows(part: object) -> bool:
    return isinstance(part.drawing if isinstance(part, AsTable) else part, ParetoChart | LoyaltyMap | RfmGrid)


def _activity(found: Views) -> str:
    if found.rfm.model is None:
        return _("How likely clients are still active is not known: the bank tells of no transactions.")
    text = _("From the transactions of {count} clients (BG/NBD): {likely} are probably still active. It stands beside "
             "RFM as one more fact and is in no score.")  # fmt: skip
    return text.format(count=format.whole(found.fitted), likely=format.whole(found.likely))


def _views(reads: Reads, *, quintiles: bool) -> Views:
    from rmdesk.services.loyalty.views import views

    return views(reads, quintiles=quintiles)
