"""The page of events and clubs: events with their guests, club proposals, benefits, points."""

from __future__ import annotations

from functools import cached_property, partial
from typing import Any, ClassVar

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import Topic
from rmdesk.services.gatherings import queries
from rmdesk.ui.gatherings.benefits_view import BenefitsView
from rmdesk.ui.gatherings.clubs_view import ClubsView
from rmdesk.ui.gatherings.events_view import EventsView
from rmdesk.ui.gatherings.outgoing import Outgoing
from rmdesk.ui.gatherings.points_view import PointsView
from rmdesk.ui.kit.actions import Action
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.views_page import ViewsPage

VIEWS = (
    ("events", N_("Events")),
    ("clubs", N_("Clubs")),
    ("benefits", N_("Benefits")),
    ("points", N_("Loyalty points")),
)
EVENTS, CLUBS, BENEFITS, POINTS = range(len(VIEWS))


class GatheringsPage(ViewsPage):
    """`go("gatherings", view="clubs")`, `go("gatherings", gathering=id)`; from the search with `entity` and `key`.

    A segment is made when it is first looked at.
    """

    watches: ClassVar[frozenset[Topic]] = frozenset(
        {
            Topic.GATHERINGS, Topic.CLUBS, Topic.CLIENTS, Topic.SEGMENTS, Topic.HOLDINGS, Topic.VISITS, Topic.SETTINGS,
            Topic.SYNC,
        }
    )  # fmt: skip
    offers: ClassVar[tuple[Action, ...]] = (
        Action("export_events", N_("Export"), lambda page: page.export(), icon="export", button=True),
        Action("plan_event", N_("Plan event"), lambda page: page.events.plan(), icon="plus", primary=True),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, VIEWS)
        self.outgoing = Outgoing(desk, self)
        for at in range(len(VIEWS)):
            self.stack.add_place(partial(self._view, at))
        self.stack.fill(EVENTS)

    @cached_property
    def events(self) -> EventsView:
        """The events with their guests."""
        return EventsView(self.desk)

    @cached_property
    def clubs(self) -> ClubsView:
        """What a half-year proposes."""
        return ClubsView(self.desk)

    @cached_property
    def benefits(self) -> BenefitsView:
        """What was used."""
        return BenefitsView(self.desk)

    @cached_property
    def points(self) -> PointsView:
        """Who has how many."""
        return PointsView(self.desk)

    def title(self) -> str:
        return _("Events and clubs")

    def open(self, **what: Any) -> None:
        super().open(**what)
        wanted = what.get("gathering") or (what.get("key") if what.get("entity") == "gathering" else None)
        if wanted:
            self.show_view(EVENTS)
            self.events.show_event(str(wanted))

    def reload(self) -> None:
        self.fetch(queries.ahead).done.connect(self._badge)
        self._view(self.at).look()

    def show_view(self, at: int) -> None:
        super().show_view(at)
        if self.isVisible():
            self.then_in_slices(lambda: self._view(at).look())

    def export(self) -> None:
        """Write the guests of the event that is shown, or what the half-year proposes, to a file."""
        if self.at == CLUBS and self.clubs.found is not None:
            self.outgoing.proposals(self.clubs.found)
        elif self.events.card.shown is not None:
            self.show_view(EVENTS)
            self.outgoing.guests(self.events.card.shown)

    def _view(self, at: int) -> EventsView | ClubsView | BenefitsView | PointsView:
        view: EventsView | ClubsView | BenefitsView | PointsView = getattr(self, VIEWS[at][0])
        return view

    def _badge(self, count: int) -> None:
        self.desk.badge("gatherings", count or None)
