"""Insights of the team: agreed cadences, coaching over time, and which clients could be handed over today."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import ClientId
from rmdesk.services.team.insights import TeamInsights
from rmdesk.services.team.readiness import ReadyRow
from rmdesk.services.team.tags import TagTrend, Way
from rmdesk.ui.kit import format, names
from rmdesk.ui.kit.columns import CHIP, STRONG, Cell, Column
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, Card, Chip, clear, column, label, row, tier_kind
from rmdesk.ui.team.cadence_list import CadenceList, open_propose
from rmdesk.ui.team.figures_view import fill

WAYS = {Way.MORE: ("↑", "occasion"), Way.LESS: ("↓", "good"), Way.SAME: ("→", "plain")}
COLUMNS: tuple[Column[ReadyRow], ...] = (
    Column("name", N_("Client"), lambda one: one.name, 110, STRONG, sorts=False, fixed=True),
    Column(
        "tier", N_("Tier"), lambda one: Cell(names.tier(one.tier), tier_kind(one.tier)), 84, CHIP, sorts=False,
        fixed=True,
    ),
    Column("score", N_("Ready"), lambda one: format.percent(one.score), 64, right=True, sorts=False, fixed=True),
    Column(
        "missing", N_("Missing before a hand-over"),
        lambda one: " · ".join(line.title.said for line in one.missing), 260, sorts=False,
    ),
    Column("member", N_("Manager"), lambda one: one.member, 90, sorts=False, shown=False),
)  # fmt: skip
HIGH = 300  # of the table, in units of text


class InsightsView(QWidget):
    """Two cards above, readiness below with the receipt of the chosen client."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._found: dict[int, ReadyRow] = {}
        self.cadences = CadenceList(desk)
        self.propose = Button(_("Propose…"), lambda: open_propose(desk), kind="small")
        agreed = Card(_("Agreed cadences"), _("stand instead of the table's"))
        agreed.add(self.cadences, row(self.propose, None))
        agreed.body.addStretch(1)
        self.coaching = Card(_("Coaching tags by month"), " ")
        self._tags = QGridLayout()
        self._tags.setHorizontalSpacing(14)
        self._tags.setVerticalSpacing(8)
        self._untold = label(_("No review bears a tag."), "note")
        self.coaching.add(self._untold, self._tags)
        self.coaching.body.addStretch(1)
        self.ready = Card(_("Ready for a hand-over"), " ")
        self.members = label("", "soft", wrap=True)
        self.table: RowTable[ReadyRow] = RowTable(
            COLUMNS, lambda one: int(one.client), name="readiness", state=desk.state, title=_("Ready for a hand-over")
        )
        self.table.setMinimumHeight(theme.px(HIGH))
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda client: desk.go("client", client=ClientId(client)))
        self.receipt = QGridLayout()
        self.receipt.setHorizontalSpacing(12)
        self.receipt.setVerticalSpacing(8)
        self.title = label("", "heading", wrap=True)
        side = QWidget()
        side.setLayout(column(self.title, self.receipt, None, gap=10))
        both = row(self.table, side, gap=20)
        both.setStretch(0, 3)
        both.setStretch(1, 2)
        self.ready.add(self.members, both)
        above = row(agreed, self.coaching, gap=16)
        above.setStretch(0, 1)
        above.setStretch(1, 1)
        inside = QWidget()
        inside.setLayout(column(above, self.ready, None, gap=16))
        self.setLayout(column(scroller(inside)))

    def show_insights(self, found: TeamInsights) -> None:
        """Show all of it."""
        self.cadences.show_rows(found.cadences)
        self._show_tags(found.tags)
        ready = found.readiness
        self._found = {int(one.client): one for one in ready.rows}
        self.ready.title(_("Ready for a hand-over"), _("as of {day}").format(day=format.day(ready.day)))
        told = _("{name}: {ready} of {clients} clients could be handed over today; {mean} on average")
        self.members.setText(
            "\n".join(
                told.format(
                    name=one.member.name, ready=format.whole(one.ready), clients=format.whole(one.clients),
                    mean=format.UNKNOWN if one.mean is None else format.percent(one.mean),
                )
                for one in ready.members
            )
        )  # fmt: skip
        self.table.set_rows(ready.rows)
        if ready.rows:
            self._choose(int(ready.rows[0].client))

    def _show_tags(self, found: TagTrend) -> None:
        self._untold.setVisible(not found.rows)
        clear(self._tags)
        if not found.rows:
            return
        heads = [_("Manager and tag"), *(month[5:] for month in found.months), ""]
        rows = [
            (
                f"{one.member.name} · {one.name.said}",
                [(format.whole(count) if count else "·", bool(count)) for count in one.counts] + [("", False)],
            )
            for one in found.rows
        ]
        fill(self._tags, heads, rows)
        for at, one in enumerate(found.rows, start=2):
            sign, kind = WAYS[one.way]
            self._tags.addWidget(Chip(sign, kind), at, len(heads) - 1, Qt.AlignmentFlag.AlignRight)

    def _choose(self, client: int) -> None:
        one = self._found.get(client)
        clear(self.receipt)
        if one is None:
            return
        self.title.setText(_("{name}: {score} ready").format(name=one.name, score=format.percent(one.score)))
        total = sum(line.weight for line in one.lines)
        for at, line in enumerate(one.lines):
            earned = f"{format.percent(line.weight * line.part / total)} / {format.percent(line.weight / total)}"
            self.receipt.addWidget(label(line.title.said, "strong"), 2 * at, 0)
            self.receipt.addWidget(Chip(earned, "occasion" if line.missing else "good"), 2 * at, 1)
            self.receipt.addWidget(label(line.said.said, "note", wrap=True), 2 * at + 1, 0, 1, 2)
        self.receipt.setColumnStretch(0, 1)
