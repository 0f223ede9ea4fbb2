"""Coverage: for each tier who was due and who was contacted, and the clients who are overdue."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from rmdesk.base.text import N_, _
from rmdesk.services.visits.rows import Coverage, OverdueRow, TierCoverage, Window
from rmdesk.ui.care import words as care_words
from rmdesk.ui.kit import format
from rmdesk.ui.kit.columns import CHIP, STRONG, TINTED, Cell, Column
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.widgets import Card, Chip, Figure, column, label, rule, tier_kind
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
        self.tiers = Card(_("Coverage by tier"), "")
        self._made: list[QWidget] = []
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

    def steps(self, told: Coverage) -> Iterator[Callable[[], object]]:
        """What shows a day's coverage, each step little enough for a frame.

        The lines of tiers are put together unseen and take the place of those before in one step; the list follows.
        """
        lines, grid = QWidget(), QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        lines.setLayout(grid)
        lines.hide()
        self._made.append(lines)
        self.tiers.add(lines)  # within the window, what is in it can be dressed before it is seen
        days = [window.days for window in told.tiers[0].windows] if told.tiers else []
        heads = [_("Tier"), _("Clients"), *(_("Due and contacted in {days} days").format(days=one) for one in days)]
        yield partial(_put, grid, 0, [label(text, "note", wrap=True) for text in (*heads, _("Overdue"))])
        grid.addWidget(rule(), 1, 0, 1, len(heads) + 1)
        for at, tier in enumerate(told.tiers, start=2):
            yield lambda at=at, tier=tier: _put(grid, at, _line(tier))  # type: ignore[misc]
        if not told.tiers:
            grid.addWidget(label(_("No client has a tier yet."), "note"), 2, 0)
        yield partial(self._swap, lines)
        yield lambda: self.overdue.title(_("Overdue"), format.whole(told.overdue_count))
        yield partial(self.board.show_rows, told.overdue)

    def _swap(self, lines: QWidget) -> None:
        """Show these lines in place of those before, and of any that were left half made."""
        for before in self._made:
            if before is not lines:
                before.hide()
                before.deleteLater()
        self._made = [lines]
        lines.show()


def _put(grid: QGridLayout, line: int, parts: Sequence[QWidget]) -> None:
    """Put these side by side, the first at the left, and dress them."""
    for at, part in enumerate(parts):
        if at and isinstance(part, QLabel) and line == 0:
            part.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        if at:
            grid.addWidget(part, line, at)
        else:
            grid.addWidget(part, line, at, Qt.AlignmentFlag.AlignLeft)
        part.ensurePolished()


def _line(tier: TierCoverage) -> list[QWidget]:
    figures = [Figure(format.whole(tier.clients)), *(Figure(_share(window)) for window in tier.windows)]
    for figure, window in zip(figures[1:], tier.windows, strict=True):
        figure.setToolTip(_("{count} contacted in all").format(count=window.contacted))
    overdue = Figure(format.whole(tier.overdue), bold=bool(tier.overdue))
    return [Chip(care_words.tier_whole(tier.tier), tier_kind(tier.tier)), *figures, overdue]


def _share(window: Window) -> str:
    if not window.due:
        return format.UNKNOWN
    share = format.percent(window.met / window.due)
    return _("{met} of {due} · {share}").format(met=format.whole(window.met), due=format.whole(window.due), share=share)
