"""The tab of a client's file on clubs, benefits, points and events."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from rmdesk.base.text import _
from rmdesk.models.kinds import ClientId, Topic
from rmdesk.services.benefits import queries as benefits
from rmdesk.services.benefits.queries import BenefitRow, UseRow
from rmdesk.services.clubs import queries as clubs
from rmdesk.services.clubs.queries import ProposalRow
from rmdesk.services.clubs.terms import Membership, of
from rmdesk.services.desk_user import desk_user
from rmdesk.services.gatherings import queries
from rmdesk.services.gatherings.queries import ClientEvent
from rmdesk.services.points import queries as points
from rmdesk.services.points.queries import Account
from rmdesk.services.store.reads import Reads
from rmdesk.ui.gatherings.tab_cards import BenefitsCard, EventsCard, MembershipCard, PointsCard
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.file_tab import FileTab
from rmdesk.ui.kit.panes import Panes
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.widgets import column


@dataclass(frozen=True, slots=True)
class Told:
    """What the tab shows."""

    membership: Membership
    forecast: ProposalRow | None
    lead: bool
    benefits: tuple[BenefitRow, ...]
    uses: tuple[UseRow, ...]
    account: Account
    events: tuple[ClientEvent, ...]


class ClubTab(FileTab):
    """Membership with its forecast and the events at the left; benefits and points at the right."""

    watches: ClassVar[frozenset[Topic]] = frozenset(
        {Topic.GATHERINGS, Topic.CLUBS, Topic.SEGMENTS, Topic.HOLDINGS, Topic.SETTINGS, Topic.SYNC}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.membership, self.benefits = MembershipCard(desk), BenefitsCard(desk)
        self.points, self.events = PointsCard(desk), EventsCard(desk)
        left, right = QWidget(), QWidget()
        left.setLayout(column(self.membership, self.events, None, gap=16))
        right.setLayout(column(self.benefits, self.points, None, gap=16))
        names = (_("Club and events"), _("Benefits and points"))
        self.panes = Panes(scroller(left, "ground"), scroller(right, "ground"), names, shares=(1, 1))
        self.body.addWidget(self.panes, 1)

    def reload(self) -> None:
        if self.client is not None:
            self.fetch(_told, self.client).done.connect(partial(self.show_told, self.client))

    def show_told(self, client: ClientId, told: Told) -> None:
        """Show all of it."""
        self.membership.show_forecast(told.membership, told.forecast, lead=told.lead)
        self.benefits.show_benefits(client, told.benefits, told.uses)
        self.points.show_account(client, told.account)
        self.events.show_events(client, told.events)

    def title(self) -> str:
        return _("Club and benefits")


def _told(reads: Reads, client: ClientId) -> Told:
    forecast = clubs.forecast(reads, client)
    club = forecast.club if forecast is not None else ""
    return Told(
        of(reads, client, club),
        forecast,
        desk_user(reads).lead,
        benefits.benefits_of(reads, client),
        benefits.uses_of(reads, client, 6),
        points.account_of(reads, client),
        queries.events_of(reads, client),
    )
