"""The five views of the Loyalty page: a drawing at the left, the clients of the chosen mark at the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import ClientId
from rmdesk.services.loyalty import people
from rmdesk.services.loyalty.people import People, Person
from rmdesk.services.loyalty.views import TRAP, Views
from rmdesk.ui.kit import format
from rmdesk.ui.kit.as_table import AsTable
from rmdesk.ui.kit.page import Page
from rmdesk.ui.kit.panes import Panes
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.widgets import Button, column, label, row
from rmdesk.ui.loyalty import tables
from rmdesk.ui.loyalty.bars import ParetoChart, TierBars
from rmdesk.ui.loyalty.marks import LoyaltyMap, RfmGrid


class Part(QWidget):
    """A view of the page; each draws itself in `show_views`, and asks for the clients of the mark that is chosen."""

    name: ClassVar[str]
    title: ClassVar[str]
    shares: ClassVar[tuple[int, int]] = (5, 6)

    def __init__(self, page: Page, columns: tables.Columns) -> None:
        super().__init__()
        self.page = page
        self.found: Views | None = None
        self.heading = label("", "heading", wrap=True)
        self.table: RowTable[Person] = RowTable(
            columns,
            key=lambda one: int(one.client),
            name=f"loyalty_{self.name}",
            state=page.desk.state,
            title=_("Clients"),
        )
        self.table.opened.connect(lambda client: page.desk.go("client", client=ClientId(client)))
        self.nobody = label(_("No client stands here."), "note")
        self.nobody.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.nobody.hide()
        self.side = QWidget()
        box = column(self.heading, self.table, self.nobody, gap=8)
        for part in (self.table, self.nobody):
            box.setStretchFactor(part, 1)
        self.side.setLayout(box)

    def show_views(self, found: Views) -> None:
        """Draw this, and choose a mark."""
        self.found = found

    def ask(self, title: str, query: Callable[..., People], *args: Any) -> None:
        """Show the clients of a mark under a title."""
        self.page.fetch(query, *args).done.connect(partial(self.show_people, title))

    def show_people(self, title: str, found: People) -> None:
        """Show these clients under a title."""
        self.heading.setText(_("{title}: {count} clients").format(title=title, count=format.whole(found.count)))
        self.table.set_rows(found.rows)
        self.table.setVisible(bool(found.rows))
        self.nobody.setVisible(not found.rows)

    def put(self, *parts: Any) -> None:
        """These at the left, below one another; what cannot grow leaves its room at the end."""
        left = QWidget()
        grows = any(_grows(part) for part in parts)
        box = column(*parts, gap=10) if grows else column(*parts, None, gap=10)
        for at, part in enumerate(parts):
            if _grows(part):
                box.setStretch(at, 1)
        left.setLayout(box)
        self.setLayout(column(Panes(left, self.side, (_(self.title), _("Clients")), shares=self.shares)))


class ParetoPart(Part):
    """How much each tenth of the clients holds."""

    name, title = "pareto", N_("20/80")

    def __init__(self, page: Page) -> None:
        super().__init__(page, tables.pareto(""))
        self.chart, self._at = ParetoChart(), 0
        self.told = AsTable(self.chart, self.chart.facts)
        self.put(row(None, self.told.toggle), self.told)
        self.chart.chosen.connect(self._choose)

    def show_views(self, found: Views) -> None:
        super().show_views(found)
        self.chart.show_tenths(found.tenths)
        self.told.refresh()
        self.chart.choose(self._at)

    def _choose(self, at: int) -> None:
        self._at = at
        if self.found is not None:
            title = _("Clients from {first}% to {last}%").format(first=10 * at, last=10 * (at + 1))
            self.ask(title, people.of_tenth, self.found.pareto, at)


class MapPart(Part):
    """Loyalty beside satisfaction, with the trap."""

    name, title, shares = "map", N_("Loyalty and satisfaction"), (4, 7)

    def __init__(self, page: Page) -> None:
        super().__init__(page, tables.stances(""))
        self.chart, self._corner = LoyaltyMap(), TRAP
        self.told = AsTable(self.chart, self.chart.facts)
        self.put(row(None, self.told.toggle), self.told)
        self.chart.chosen.connect(self._choose)

    def show_views(self, found: Views) -> None:
        super().show_views(found)
        self.chart.show_corners(found.corners)
        self.told.refresh()
        self.chart.choose(self._corner)

    def _choose(self, stance: str) -> None:
        self._corner = stance
        if self.found is not None:
            title = self.chart.tiles[stance].toolTip()
            self.ask(title, people.of_stance, self.found.stood, stance, self.found.time.currency)


class SilentPart(Part):
    """Who is loyal and asks for nothing."""

    name, title, shares = "silent", N_("Silent and loyal"), (1, 3)

    def __init__(self, page: Page) -> None:
        super().__init__(page, tables.silent(""))
        said = _("Loyal by what they do, and they have not come to us for long. "
                 "They ask for nothing, so they are easily forgotten: reward the loyal, not the loud.")  # fmt: skip
        self.put(label(said, "soft", wrap=True))

    def show_views(self, found: Views) -> None:
        super().show_views(found)
        self.ask(_("Silent and loyal"), people.of_silent, found.silent, found.time.currency)


class TimePart(Part):
    """Time against value."""

    name, title = "time", N_("Time and value")

    def __init__(self, page: Page) -> None:
        super().__init__(page, tables.time(""))
        self.chart, self._louder = TierBars(), True
        self.told = AsTable(self.chart, self.chart.facts)
        self.spent = label("", "note", wrap=True)
        loud = Button(_("More time than value"), lambda: self._choose(louder=True), kind="small")
        quiet = Button(_("More value than time"), lambda: self._choose(louder=False), kind="small")
        self.put(self.told, self.spent, row(loud, quiet, None, self.told.toggle))

    def show_views(self, found: Views) -> None:
        super().show_views(found)
        self.chart.show_tiers(found.time.tiers)
        self.told.refresh()
        text = _("{hours} hours in a year; of {contacts} contacts {noted} have their length noted, the others count as "
                 "their channel usually takes.")  # fmt: skip
        hours = format.decimal(found.time.minutes / 60, 0)
        self.spent.setText(
            text.format(hours=hours, contacts=format.whole(found.time.contacts), noted=format.whole(found.time.noted))
        )
        self._choose(louder=self._louder)

    def _choose(self, *, louder: bool) -> None:
        self._louder = louder
        if self.found is not None:
            time = self.found.time
            title = _("More time than value") if louder else _("More value than time")
            self.ask(title, people.of_time, time.loud if louder else time.quiet, time.currency)


class RfmPart(Part):
    """Recency, frequency and money; `fifths` is ticked by who wants fifths of the portfolio, which the page reads."""

    name, title, shares = "rfm", N_("RFM"), (2, 3)

    def __init__(self, page: Page) -> None:
        super().__init__(page, tables.rfm(""))
        self.chart, self._place = RfmGrid(), (5, 5)
        self.told = AsTable(self.chart, self.chart.facts)
        self.fifths = QCheckBox(_("By fifths of the portfolio"))
        self.activity = label("", "note", wrap=True)
        why = _("Recency downwards (R), frequency to the right (F), the best first; money is in the table.")
        self.put(row(label(why, "note", wrap=True), self.told.toggle), self.told, self.fifths, self.activity)
        self.chart.chosen.connect(self._choose)

    def show_views(self, found: Views) -> None:
        super().show_views(found)
        self.chart.show_cells(found.cells)
        self.told.refresh()
        self.activity.setText(_activity(found))
        self.chart.choose(*self._place)

    def _choose(self, recency: int, frequency: int) -> None:
        self._place = recency, frequency
        if self.found is not None:
            self.ask(f"R{recency} F{frequency}", people.of_cell, self.found.rfm, recency, frequency)


def _grows(part: object) -> bool:
    return isinstance(part.drawing if isinstance(part, AsTable) else part, ParetoChart | LoyaltyMap | RfmGrid)


def _activity(found: Views) -> str:
    if found.rfm.model is None:
        return _("How likely clients are still active is not known: the bank tells of no transactions.")
    text = _("From the transactions of {count} clients (BG/NBD): {likely} are probably still active. It stands beside "
             "RFM as one more fact and is in no score.")  # fmt: skip
    return text.format(count=format.whole(found.fitted), likely=format.whole(found.likely))


PARTS: tuple[type[ParetoPart | MapPart | SilentPart | TimePart | RfmPart], ...] = (
    ParetoPart,
    MapPart,
    SilentPart,
    TimePart,
    RfmPart,
)
