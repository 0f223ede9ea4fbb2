"""What a hand-over would do: figures, and a list for each sort of consequence."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property, partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rmdesk.base.text import N_, _
from rmdesk.services.imports.checking import Checked
from rmdesk.services.imports.compare import Sort
from rmdesk.services.imports.counting import Count
from rmdesk.services.imports.plan import Difference, Plan
from rmdesk.services.imports.records import Entity, Severity
from rmdesk.ui.imports import words
from rmdesk.ui.imports.difference_list import DifferenceList
from rmdesk.ui.imports.finding_list import FindingList
from rmdesk.ui.imports.gone_list import GoneList
from rmdesk.ui.imports.suspect_list import SuspectList
from rmdesk.ui.kit import format
from rmdesk.ui.kit.stack import Stack
from rmdesk.ui.kit.widgets import Button, Card, Figure, clear, column, label, row

TILES = (Entity.CLIENT, Entity.ACCOUNT, Entity.HOLDING, Entity.MONTH)
TABS = (
    ("new", N_("New")),
    ("changed", N_("Changed")),
    ("gone", N_("Disappearing")),
    ("wrong", N_("Findings")),
    ("suspects", N_("Possible duplicates")),
)


class Lists:
    """The lists of consequences, each made when it is first asked for: together they take more than a frame."""

    @cached_property
    def new(self) -> DifferenceList:
        """What comes in."""
        return DifferenceList(Sort.NEW, _("Nothing is new."))

    @cached_property
    def changed(self) -> DifferenceList:
        """What is told otherwise than before."""
        return DifferenceList(Sort.CHANGED, _("Nothing changes."))

    @cached_property
    def gone(self) -> GoneList:
        """What is told no more."""
        return GoneList()

    @cached_property
    def wrong(self) -> FindingList:
        """What was found wrong."""
        return FindingList()

    @cached_property
    def suspects(self) -> SuspectList:
        """Who may be somebody known."""
        return SuspectList(_("No duplicates are suspected."), _("Clients are matched by number, else by ID document."))


class CheckedView(QWidget):
    """`choices` tells that the answers on missing things or duplicates are others now; `more(entity, sort, shown)`
    asks for more than the samples, to be answered by `add`.
    """

    choices = Signal()
    more = Signal(object, object, int)

    def __init__(self, lists: Lists) -> None:
        super().__init__()
        self._tiles = row(gap=12)
        self.new, self.changed, self.gone = lists.new, lists.changed, lists.gone
        self.wrong, self.suspects = lists.wrong, lists.suspects
        for view, sort in ((self.new, Sort.NEW), (self.changed, Sort.CHANGED)):
            view.more.connect(partial(self._ask, sort))
        self.gone.changed.connect(self.choices)
        self.suspects.changed.connect(self.choices)
        self._tabs: dict[str, Button] = {}
        self._views = Stack()
        tabs = row(gap=20)
        for name, text in TABS:
            button = Button(_(text), partial(self.show_tab, name), kind="tab")
            button.setCheckable(True)
            button.setAutoExclusive(True)
            self._tabs[name] = button
            tabs.addWidget(button)
        tabs.addStretch(1)
        self._kept = label("", "note", wrap=True)
        sheet = Card()
        sheet.add(tabs, self._kept, self._views)
        sheet.body.setStretch(2, 1)
        box = column(self._tiles, sheet, gap=16)
        box.setStretch(1, 1)
        self.setLayout(box)

    def place(self, name: str) -> None:
        """Put a list into its place, unless it is there: each is dressed in a turn for itself."""
        if self._views.indexOf(getattr(self, name)) < 0:
            self._views.addWidget(getattr(self, name))

    def show_tab(self, name: str) -> None:
        """Show one list."""
        self.place(name)
        self._tabs[name].setChecked(True)
        self._views.setCurrentWidget(getattr(self, name))

    def add(self, entity: Entity, sort: Sort, found: Sequence[Difference]) -> None:
        """More of one sort and kind."""
        (self.new if sort is Sort.NEW else self.changed).add(entity, found)

    def _ask(self, sort: Sort, entity: Entity, shown: int) -> None:
        self.more.emit(entity, sort, shown)

    def show_checked(self, checked: Checked, *, again: bool = False) -> None:
        """What was found; `again`: by other answers, so that the list one is on stays."""
        plan = checked.plan
        self._show_tiles(plan)
        counts = plan.counts.by_entity
        new = {entity: count.new for entity, count in counts.items()}
        changed = {entity: count.changed for entity, count in counts.items()}
        self.new.show_differences(dict(plan.new), new)
        self.changed.show_differences(dict(plan.changed), changed)
        self.gone.show_gone(plan.gone)
        more = sum(file.more_refused for file in checked.handover.files)
        self.wrong.show_findings(plan.findings, more)
        if not again:
            self.suspects.show_suspects(plan.suspects)
        numbers = {
            "new": sum(new.values()),
            "changed": sum(changed.values()),
            "gone": sum(missing.count for missing in plan.gone.values()),
            "wrong": len(plan.findings) + more,
            "suspects": len(plan.suspects),
        }
        for name, text in TABS:
            self._tabs[name].setText(f"{_(text)} {format.whole(numbers[name])}" if numbers[name] else _(text))
        self._show_outdated(plan)
        if not again:
            serious = any(one.severity is not Severity.NOTE for one in plan.findings)
            first = [name for name in ("changed", "new", "wrong") if numbers[name]]
            self.show_tab("wrong" if serious else first[0] if first else "new")

    def _show_outdated(self, plan: Plan) -> None:
        kept = sum(count.outdated for count in plan.counts.by_entity.values())
        text = _("{count} values are known from a later day and stay as they are.").format(count=format.whole(kept))
        self._kept.setText(text)
        self._kept.setVisible(kept > 0)

    def _show_tiles(self, plan: Plan) -> None:
        clear(self._tiles)
        for entity in TILES:
            count = plan.counts.by_entity.get(entity)
            if count is None:
                continue
            self._tiles.addWidget(_tile(words.kind(entity), format.whole(count.total), _facts(count)))
        for currency, total in plan.totals.items():
            self._tiles.addWidget(_tile(_("Account balances"), _grouped(total), currency))


def _facts(count: Count) -> str:
    """How many are new, changed, unchanged, where there are any."""
    return words.joined(
        (
            _("{count} new").format(count=format.whole(count.new)) if count.new else "",
            _("{count} changed").format(count=format.whole(count.changed)) if count.changed else "",
            _("{count} unchanged").format(count=format.whole(count.unchanged)) if count.unchanged else "",
        )
    )


def _grouped(total: str) -> str:
    """A decimal as text, with commas between thousands."""
    return f"{Decimal(total):,f}"


def _tile(name: str, figure: str, facts: str) -> Card:
    card = Card(gap=2)
    card.add(label(name, "note"), Figure(figure, size=20, bold=True, left=True), label(facts, "note", wrap=True), None)
    card.setAccessibleName(f"{name} {figure} {facts}")
    return card
