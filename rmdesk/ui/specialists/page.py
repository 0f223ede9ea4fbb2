"""The Specialists page: questions that wait, those to follow up, and at the side who can be asked."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from rmdesk.base.text import N_, _, plural
from rmdesk.models.kinds import RequestState, Topic
from rmdesk.services.specialists import queries, tables
from rmdesk.services.specialists.queries import RequestRow, SpecialistRow
from rmdesk.ui.kit import format
from rmdesk.ui.kit.actions import Action
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.empty import Notice
from rmdesk.ui.kit.page import Page
from rmdesk.ui.kit.panes import Panes
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.widgets import Button, Card, Chip, block, clear, column, label, row
from rmdesk.ui.specialists.request_list import RequestList

WAITING = (RequestState.OPEN, RequestState.ANSWERED)


class SpecialistsPage(Page):
    """`go("specialists")`."""

    watches: ClassVar[frozenset[Topic]] = frozenset({Topic.SPECIALISTS, Topic.CLIENTS, Topic.VISITS, Topic.CAMPAIGNS})
    offers: ClassVar[tuple[Action, ...]] = (
        Action("ask_specialist", N_("Ask a specialist"), lambda page: page.desk.ask("specialist"), icon="plus",
               primary=True),
        Action("back_to_campaigns", N_("Campaigns"), lambda page: page.desk.go("campaigns"), icon="campaign",
               button=True),
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.waiting = RequestList(desk, with_client=True)
        self.past = RequestList(desk, with_client=True)
        self.none = Notice(
            _("No question waits."),
            _("A specialist is asked from a client's file, from a campaign, or here."), icon="star",
        )  # fmt: skip
        self.none.hide()
        self._people = column(gap=10)
        self._now, self._then = Card(_("Questions"), ""), Card(_("Earlier questions"), "")
        self._now.add(self.none, self.waiting)
        self._then.add(self.past)
        self._then.hide()
        people = Card(_("Who can be asked"), "")
        people.corner.addWidget(
            Button(_("Add"), lambda: desk.ask("specialist_edit"), kind="link", name=_("Add specialist"))
        )
        people.add(self._people, None)
        left, right = QWidget(), QWidget()
        left.setLayout(column(self._now, self._then, None, gap=16))
        right.setLayout(column(people, None, gap=16))
        self.panes = Panes(
            scroller(left, "ground"), scroller(right, "ground"), (_("Questions"), _("Who can be asked")), shares=(7, 4)
        )
        self.body.addWidget(self.panes, 1)

    def title(self) -> str:
        return _("Specialists")

    def reload(self) -> None:
        self.fetch(queries.requests).done.connect(self.show_requests)
        self.fetch(queries.specialists).done.connect(self.show_people)

    def show_requests(self, rows: tuple[RequestRow, ...]) -> None:
        """Show what waits, and what was."""
        now = [one for one in rows if one.state in WAITING]
        then = [one for one in rows if one.state not in WAITING]
        self._now.title(_("Questions"), format.whole(len(now)) if now else "")
        self.waiting.show_requests(now)
        self.waiting.setVisible(bool(now))
        self.none.setVisible(not now)
        self.past.show_requests(then)
        self._then.setVisible(bool(then))

    def show_people(self, people: tuple[SpecialistRow, ...]) -> None:
        """Show who can be asked."""
        clear(self._people)
        if not people:
            self._people.addWidget(label(_("Nobody is noted yet."), "note", wrap=True))
        for one in people:
            head = row(label(one.name, "strong"), Chip(tables.field_name(one.field), "value"), None, gap=8)
            if one.open:
                head.addWidget(label(plural("{count} question waits", "{count} questions wait", one.open), "note"))
            about = " · ".join(part for part in (one.unit, one.phone, one.note) if part)
            edit = Button(_("Edit"), partial(self.desk.ask, "specialist_edit", specialist=one), kind="link")
            foot = row(
                label(about, "note", wrap=True), edit, Button(_("Remove"), partial(self._retire, one), kind="link")
            )
            foot.setStretch(0, 1)
            self._people.addWidget(block(head, foot, gap=0))

    def _retire(self, one: SpecialistRow) -> None:
        from rmdesk.services.specialists.commands import RetireSpecialist

        self.desk.perform(RetireSpecialist(one.id), _("Specialist removed"))
