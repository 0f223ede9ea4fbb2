"""The page of events and clubs: events with their guests, club proposals, benefits, points."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtWidgets import QSizePolicy

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
from rmdesk.ui.kit.page import Page
from rmdesk.ui.kit.stack import Stack
from rmdesk.ui.kit.tab_buttons import tab_buttons
from rmdesk.ui.kit.widgets import Card

VIEWS = (
    ("events", N_("Events")),
    ("clubs", N_("Clubs")),
    ("benefits", N_("Benefits")),
    ("points", N_("Loyalty points")),
)


class GatheringsPage(Page):
    """`go("gatherings", view="clubs")`, `go("gatherings", gathering=id)`; from the search with `entity` and `key`."""

    watches: ClassVar[frozenset[Topic]] = frozenset(
        {
            Topic.GATHERINGS,
            Topic.CLUBS,
            Topic.CLIENTS,
            Topic.SEGMENTS,
            Topic.HOLDINGS,
            Topic.VISITS,
            Topic.SETTINGS,
            Topic.SYNC,
        }
    )
    offers: ClassVar[tuple[Action, ...]] = (
        Action("export_events", N_("Export"), lambda page: page.export(), icon="export", button=True),
        Action("plan_event", N_("Plan event"), lambda page: page.events.plan(), icon="plus", primary=True),
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.events, self.clubs = EventsView(desk), ClubsView(desk)
        self.benefits, self.points = BenefitsView(desk), PointsView(desk)
        self.views = (self.events, self.clubs, self.benefits, self.points)
        self.outgoing = Outgoing(desk, self)
        self._build()

    def title(self) -> str:
        return _("Events and clubs")

    def open(self, **what: Any) -> None:
        names = [name for name, _title in VIEWS]
        if what.get("view") in names:
            self.show_view(names.index(str(what["view"])))
        wanted = what.get("gathering") or (what.get("key") if what.get("entity") == "gathering" else None)
        if wanted:
            self.show_view(0)
            self.events.show_event(str(wanted))

    def place(self) -> dict[str, Any]:
        return {"view": VIEWS[self.stack.currentIndex()][0]}

    def reload(self) -> None:
        self.fetch(queries.ahead).done.connect(self._badge)
        self.views[self.stack.currentIndex()].reload()

    def show_view(self, at: int) -> None:
        """Show events, clubs, benefits or points."""
        self._tabs.button(at).setChecked(True)
        self.stack.setCurrentIndex(at)
        if self.isVisible():
            self.views[at].reload()

    def export(self) -> None:
        """Write the guests of the event that is shown, or what the half-year proposes, to a file."""
        if self.stack.currentIndex() == 1 and self.clubs.found is not None:
            self.outgoing.proposals(self.clubs.found)
        elif self.events.card.shown is not None:
            self.show_view(0)
            self.outgoing.guests(self.events.card.shown)

    def _badge(self, count: int) -> None:
        self.desk.badge("gatherings", count or None)

    def _build(self) -> None:
        card = Card("", "")
        self._tabs, tabs = tab_buttons(self, (_(text) for _name, text in VIEWS))
        tabs.addStretch(1)
        self.stack = Stack()
        for view in self.views:
            self.stack.addWidget(view)
        card.add(tabs, self.stack)
        card.body.setStretchFactor(self.stack, 1)
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._tabs.idClicked.connect(self.show_view)
        self.body.addWidget(card, 1)
