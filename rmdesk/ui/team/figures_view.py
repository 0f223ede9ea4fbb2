"""How the team keeps in touch: a line for each manager, by name; no sums, no ranks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from rmdesk.base.text import _
from rmdesk.models.kinds import Tier
from rmdesk.services.team.coverage import Figures, TeamFigures
from rmdesk.services.visits.rows import Window
from rmdesk.ui.care import words as care_words
from rmdesk.ui.kit import format
from rmdesk.ui.kit.widgets import Card, Figure, clear, column, label, rule


class FiguresView(QWidget):
    """Coverage above, promises and reviews below."""

    def __init__(self) -> None:
        super().__init__()
        self.coverage, self.owed = Card(_("Team coverage"), " "), Card(_("Promises and reviews"), " ")
        self._grids = []
        for card in (self.coverage, self.owed):
            grid = QGridLayout()
            grid.setHorizontalSpacing(24)
            grid.setVerticalSpacing(10)
            card.add(grid)
            self._grids.append(grid)
        self.setLayout(column(self.coverage, self.owed, None, gap=16))

    def show_figures(self, found: TeamFigures) -> None:
        """Show the figures of a day."""
        days = found.days
        self.coverage.title(_("Team coverage"), _("contacted of those due · by name, without ranks"))
        heads = [_("Manager"), _("Clients"), *(_("{days} days").format(days=one) for one in days)]
        tiers = [tier for tier, _window in found.members[0].tiers] if found.members else []
        heads += [care_words.tier_whole(Tier(tier)) for tier in tiers]
        fill(self._grids[0], [*heads, _("Overdue")], [(one.member.name, _reached(one)) for one in found.members])
        longest = max(days, default=0)
        self.owed.title(_("Promises and reviews"), _("last {days} days").format(days=longest))
        heads = [_("Manager"), _("Pending"), _("Overdue"), _("Kept in time"), _("Kept late"), _("Reviewed")]
        fill(self._grids[1], [*heads, _("Passed")], [(one.member.name, _owed(one)) for one in found.members])


class Short(Card):
    """Coverage alone, for below a record."""

    def __init__(self) -> None:
        super().__init__(_("Team coverage"), " ")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(8)
        self.add(self._grid)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_figures(self, found: TeamFigures) -> None:
        """Show the figures of a day: clients, the first stretch of days, the two highest tiers, who is overdue."""
        self.title(_("Team coverage"), _("last {days} days").format(days=min(found.days, default=0)))
        tiers = [tier for tier, _window in found.members[0].tiers] if found.members else []
        heads = [_("Manager"), _("Clients"), _("All"), *(care_words.tier_whole(Tier(tier)) for tier in tiers)]
        rows = [(one.member.name, [cell for at, cell in enumerate(_reached(one)) if at != 2]) for one in found.members]
        fill(self._grid, [*heads, _("Overdue")], rows)


def _reached(one: Figures) -> list[tuple[str, bool]]:
    windows = [*one.windows, *(window for _tier, window in one.tiers)]
    shares = [(_share(window), False) for window in windows]
    return [(format.whole(one.member.clients), False), *shares, (format.whole(one.overdue), bool(one.overdue))]


def _owed(one: Figures) -> list[tuple[str, bool]]:
    promises, said = one.promises, one.words
    passed = format.percent(said.approved / said.reviewed) if said.reviewed else format.UNKNOWN
    counts = (promises.open, promises.overdue, promises.kept, promises.late, said.reviewed)
    return [(format.whole(count), at == 1 and bool(count)) for at, count in enumerate(counts)] + [(passed, False)]


def _share(window: Window) -> str:
    if not window.due:
        return format.UNKNOWN
    share = format.percent(window.met / window.due)
    return f"{format.whole(window.met)}/{format.whole(window.due)} · {share}"


def fill(grid: QGridLayout, heads: Sequence[str], rows: Sequence[tuple[str, list[tuple[str, bool]]]]) -> None:
    """A head and rows in a grid; the first cell of a row is its name, the others figures, bold or not."""
    clear(grid)
    for at, text in enumerate(heads):
        side = Qt.AlignmentFlag.AlignLeft if at == 0 else Qt.AlignmentFlag.AlignRight
        grid.addWidget(label(text, "note", wrap=at > 0), 0, at, side | Qt.AlignmentFlag.AlignBottom)
        grid.setColumnStretch(at, 2 if at == 0 else 3)
    grid.addWidget(rule(), 1, 0, 1, len(heads))
    for line, (name, cells) in enumerate(rows, start=2):
        grid.addWidget(label(name, "strong"), line, 0)
        for at, (text, bold) in enumerate(cells, start=1):
            grid.addWidget(Figure(text, bold=bold), line, at)
