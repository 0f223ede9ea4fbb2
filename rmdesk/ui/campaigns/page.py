"""The Campaigns page: all of them at the left, at the right one with what it brought and whom to call next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from PySide6.QtGui import QResizeEvent

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import Topic
from rmdesk.services.campaigns import queries
from rmdesk.services.campaigns.rows import CampaignRow
from rmdesk.ui.campaigns import tables
from rmdesk.ui.campaigns.campaign_view import CampaignView
from rmdesk.ui.kit.actions import Action
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.page import Page
from rmdesk.ui.kit.panes import Panes
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Card

ROOM = 280  # width in units of text from which the list shows how far a campaign is


class CampaignsPage(Page):
    """`go("campaigns", campaign=id)`."""

    watches: ClassVar[frozenset[Topic]] = frozenset(
        {Topic.CAMPAIGNS, Topic.CLIENTS, Topic.SEGMENTS, Topic.HOLDINGS, Topic.VISITS, Topic.COMPLAINTS, Topic.SETTINGS}
    )
    keys: ClassVar[tuple[tuple[str, str], ...]] = ((N_("How the touch went"), "Alt+1 … 5"),)
    offers: ClassVar[tuple[Action, ...]] = (
        Action("new_campaign", N_("New campaign"), lambda page: page.desk.ask("campaign"), icon="plus", primary=True),
        Action("export_targets", N_("Export"), lambda page: page.export(), icon="export", button=True),
        Action("specialists", N_("Specialists"), lambda page: page.desk.go("specialists"), icon="user", button=True),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wanted = ""
        self._rows: tuple[CampaignRow, ...] = ()
        self.table: RowTable[CampaignRow] = RowTable(
            tables.CAMPAIGNS, key=tables.number_of, name="campaigns", state=desk.state, title=_("Campaigns")
        )
        self.view = CampaignView(self, self)
        card = Card(_("Campaigns"), "")
        card.add(self.table)
        card.body.setStretchFactor(self.table, 1)
        self.panes = Panes(card, self.view, (_("Campaigns"), _("Campaign")), shares=(3, 7))
        self.body.addWidget(self.panes, 1)
        self.table.chosen.connect(self._choose)
        self.panes.arranged.connect(self._fit)

    def title(self) -> str:
        return _("Campaigns")

    def open(self, **what: Any) -> None:
        wanted = what.get("campaign") or what.get("key")  # by the search: its key
        if wanted:
            self._wanted = str(wanted)
            self._select()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @property
    def editing(self) -> bool:
        """Whether a note on a touch is being typed."""
        return self.view.typing

    def half_written(self) -> dict[str, Any] | None:
        return self.view.typed()

    def write_on(self, typed: dict[str, Any]) -> None:
        self.view.write_on(typed)

    def reload(self) -> None:
        self.fetch(queries.campaigns).done.connect(self.show_campaigns)

    def show_campaigns(self, rows: tuple[CampaignRow, ...]) -> None:
        """Show these campaigns."""
        self._rows = rows
        self.desk.badge("campaigns", sum(one.state == "running" for one in rows) or None)
        if not rows:
            self.show_empty(
                _("There is no campaign yet."),
                _("A campaign has a purpose, a list of clients who pass its gates, a script, and what came of it."),
                icon="campaign",
                button=_("New campaign"),
                press=lambda: self.desk.ask("campaign"),
            )
            return
        self.table.set_rows(rows)
        self._select()

    def export(self) -> None:
        """Give out the list of the campaign that is shown."""
        from rmdesk.ui.campaigns.outgoing import export

        one, count = self.view.campaign, self.view.targets.rows.rowCount()
        if one is not None and count:
            export(self.desk, self, one.id, count)
        else:
            self.desk.toast(_("Nobody is on the list."))

    def _select(self) -> None:
        """Select the campaign asked for, else the first when none is."""
        wanted = next((one for one in self._rows if one.id == self._wanted), None)
        if wanted is not None:
            self._wanted = ""
            self.table.select_id(tables.number_of(wanted))
            self._choose([tables.number_of(wanted)])
        elif self._rows and not self.table.selected():
            self.table.select_id(tables.number_of(self._rows[0]))
        else:
            self._choose(self.table.selected())

    def _choose(self, chosen: Sequence[int]) -> None:
        row = self.table.rows.known(chosen[0]) if len(chosen) == 1 else None
        if row is not None:
            self.view.show_campaign(row)

    def _fit(self) -> None:
        wide = self.table.width() * 100 / theme.percent
        self.table.leave_out(("done",) if wide < ROOM else ())
