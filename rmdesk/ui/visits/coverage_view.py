"""Coverage: for each tier who was due and who was contacted, and the clients who are overdue."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from rmdesk.base.text import N_, _
from rmdesk.services.visits.rows import Coverage, OverdueRow, Window
from rmdesk.ui.care import words as care_words
from rmdesk.ui.kit import format
from rmdesk.ui.kit.columns import CHIP, STRONG, TINTED, Cell, Column
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.widgets import Card, Chip, Figure, clear, column, label, rule, tier_kind
from rmdesk.ui.visits import dialogs
from rmdesk.ui.visits.board import Board, RowAction

OVERDUE: tuple[Column[OverdueRow], ...] = (
    Column("name", N_("Client"), lambda one: one.name, 140, STRONG, sorts=False, fixed=True),
    Column("tier", N_("Tier"), lambda one: Cell(care_words.tier(one.tier), tier_kind(one.tier)), 90, CHIP, sorts=False),
    Column("gap", N_("Last contact"), lambda one: _gap(one), 140, sorts=False),
    Column("cadence", N_("Cadence"), lambda one: format.days(one.cadence), 100, sorts=False),
    Column("over", N_("Overdue by"), lambda one: Cell(format.days(one.over), "risk"), 120, TINTED, sorts=False),
)


def _gap(one: OverdueRow) -> str:
    return _("no contact on record") if one.gap is None else _("{days} ago").format(days=format.days(one.gap))


class CoverageView(QWidget):
    """The table of tiers above the list of who is overdue."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(8)
        self.tiers = Card(_("Coverage by tier"), "")
        self.tiers.add(self._grid)
        self.overdue = Card(_("Overdue"), "")
        actions: list[RowAction[OverdueRow]] = [
            RowAction(N_("Log a visit"), "L", lambda one: dialogs.open_log(desk, client=one.client), main=True),
            RowAction(N_("Plan visit"), "P", lambda one: dialogs.open_plan(desk, one.client)),
            RowAction(N_("Client file"), "O", lambda one: desk.go("client", client=one.client)),
        ]
        self.board: Board[OverdueRow] = Board(
            desk, OVERDUE, lambda one: one.number, actions, name="overdue", title=_("Overdue"),
            empty=(_("Nobody is overdue."), _("Every cadence is kept.")),
        )  # fmt: skip
        self.overdue.add(self.board)
        box = column(self.tiers, self.overdue, gap=16)
        box.setStretch(1, 1)
        self.setLayout(box)

    def show_coverage(self, told: Coverage) -> None:
        """Show a day's coverage."""
        clear(self._grid)
        days = [window.days for window in told.tiers[0].windows] if told.tiers else []
        heads = [_("Tier"), _("Clients"), *(_("Due and contacted in {days} days").format(days=one) for one in days)]
        for at, text in enumerate([*heads, _("Overdue")]):
            side = Qt.AlignmentFlag.AlignLeft if at == 0 else Qt.AlignmentFlag.AlignRight
            self._grid.addWidget(label(text, "note"), 0, at, side)
        self._grid.addWidget(rule(), 1, 0, 1, len(heads) + 1)
        for line, tier in enumerate(told.tiers, start=2):
            self._grid.addWidget(Chip(care_words.tier_whole(tier.tier), tier_kind(tier.tier)), line, 0)
            self._grid.addWidget(Figure(format.whole(tier.clients)), line, 1)
            for at, window in enumerate(tier.windows, start=2):
                figure = Figure(_share(window))
                figure.setToolTip(_("{count} contacted in all").format(count=window.contacted))
                self._grid.addWidget(figure, line, at)
            self._grid.addWidget(Figure(format.whole(tier.overdue), bold=bool(tier.overdue)), line, len(heads))
        if not told.tiers:
            self._grid.addWidget(label(_("No client has a tier yet."), "note"), 2, 0)
        self.overdue.title(_("Overdue"), format.whole(told.overdue_count))
        self.board.show_rows(told.overdue)


def _share(window: Window) -> str:
    if not window.due:
        return format.UNKNOWN
    share = format.percent(window.met / window.due)
    return _("{met} of {due} · {share}").format(met=format.whole(window.met), due=format.whole(window.due), share=share)
