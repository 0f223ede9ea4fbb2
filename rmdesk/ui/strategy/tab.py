"""The strategy tab of a client's file: MAN, how well the client is known, campaigns, specialists."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QLayout, QWidget

from rmdesk.base.text import _
from rmdesk.models.kinds import Answer, ClientId, Topic
from rmdesk.services.campaigns import queries as campaigns
from rmdesk.services.campaigns.rows import TouchRow
from rmdesk.services.segments import tables as segments
from rmdesk.services.specialists import queries as specialists
from rmdesk.services.specialists.queries import RequestRow
from rmdesk.services.store.reads import Reads
from rmdesk.services.strategy.familiarity import Known, known_of
from rmdesk.services.strategy.man import ManFile, man_of
from rmdesk.ui.campaigns import words
from rmdesk.ui.kit import format, names
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.file_tab import FileTab
from rmdesk.ui.kit.opening import opened
from rmdesk.ui.kit.panes import Panes
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.widgets import Button, Card, Chip, block, clear, column, label, row
from rmdesk.ui.specialists.request_list import RequestList
from rmdesk.ui.strategy.familiarity_card import FamiliarityCard, FamiliarityDialog
from rmdesk.ui.strategy.man_card import MansCard

NAME = 24  # signs of a campaign's name
Found = tuple[ManFile, Known | None, tuple[TouchRow, ...], tuple[RequestRow, ...]]


class StrategyTab(FileTab):
    """What is meant to become of a client, and what was tried."""

    watches: ClassVar[frozenset[Topic]] = frozenset(
        {Topic.SEGMENTS, Topic.CAMPAIGNS, Topic.SPECIALISTS, Topic.VISITS, Topic.HOLDINGS, Topic.RELATIONS}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.man = MansCard()
        self.familiarity = FamiliarityCard()
        self._known: Known | None = None
        self.group = Card(_("Group strategy"), "")
        self._strategy = column(gap=8)
        self.group.add(self._strategy)
        self.touches = Card(_("Campaigns"), "")
        self._touches = column(gap=8)
        self.touches.add(self._touches)
        self.asked = Card(_("Specialists"), "")
        self.asked.corner.addWidget(Button(_("Ask a specialist"), self._ask, kind="link"))
        self.requests = RequestList(desk, with_client=False)
        self._nobody = label(_("No specialist was asked about this client."), "note", wrap=True)
        self.asked.add(self.requests, self._nobody)
        left, right = QWidget(), QWidget()
        left.setLayout(column(self.man, self.familiarity, self.group, None, gap=16))
        right.setLayout(column(self.asked, self.touches, None, gap=16))
        self.panes = Panes(
            scroller(left, "ground"), scroller(right, "ground"), (_("MAN"), _("Specialists")), shares=(1, 1)
        )
        self.body.addWidget(self.panes)
        self.man.answered.connect(self.answer)
        self.man.asked.connect(self.ask_next)
        self.familiarity.asked.connect(self.set_familiarity)
        self.familiarity.taken_back.connect(self._take_back)

    def reload(self) -> None:
        if self.client is not None:
            self.fetch(_all_of, self.client).done.connect(self.show_all)

    def show_all(self, found: Found) -> None:
        """Show where the client stands and what was tried."""
        man, self._known, touches, requests = found
        self.man.show_man(man)
        self.familiarity.show_known(self._known)
        self._show_group(man.group)
        self.requests.show_requests(requests)
        self._nobody.setVisible(not requests)
        self._show_touches(touches)

    def _show_group(self, code: str | None) -> None:
        clear(self._strategy)
        self.group.setVisible(code is not None)
        if code is not None:
            group = segments.table().groups[segments.GROUPS.index(code)]
            self.group.title(_("Group strategy: {group}").format(group=group.name.said))
            tools = _("Tools: {tools}").format(tools=group.tools.said)
            self._strategy.addWidget(
                block(label(group.strategy.said, "soft", wrap=True), label(tools, "soft", wrap=True))
            )

    def _show_touches(self, touches: Sequence[TouchRow]) -> None:
        clear(self._touches)
        lines: list[QLayout | QWidget] = []
        for one in touches:
            short = one.campaign_name if len(one.campaign_name) <= NAME else f"{one.campaign_name[: NAME - 1]}…"
            go = Button(short, partial(self.desk.go, "campaigns", campaign=one.campaign), kind="link")
            go.setProperty("flush", True)
            go.setToolTip(one.campaign_name)
            sold = format.short_amount(one.amount_minor, one.currency) if one.amount_minor is not None else ""
            chip = Chip(words.outcome(one.outcome), words.OUTCOME_KINDS[one.outcome])
            day, how = label(format.short_day(one.on), "note"), label(names.channel(one.channel), "note")
            away = Button(_("Remove"), partial(self._remove, one), kind="link", name=_("Remove touch"))
            lines.append(row(day, chip, label(sold, "strong"), how, None, away, gap=8))
            head = row(go, None)
            lines.append(head)
            if one.note:
                lines.append(label(one.note, "soft", wrap=True, select=True))
        if not lines:
            lines.append(label(_("No campaign has approached this client."), "note", wrap=True))
        self._touches.addWidget(block(*lines, gap=8))

    # Acting.

    def _remove(self, one: TouchRow) -> None:
        from rmdesk.services.campaigns.touching import RemoveTouch

        self.desk.perform(RemoveTouch(one.id), _("Touch removed"))

    def answer(self, letter: str, answer: Answer | None) -> None:
        """Answer one of Money, Authority, Need."""
        from rmdesk.services.segments.commands import AnswerMan

        if self.client is not None:
            self.desk.perform(AnswerMan(self.client, letter, answer), _("MAN answer noted"))

    def set_familiarity(self) -> None:
        """Say how well the client is known, with the reason."""
        if self.client is not None and self._known is not None:
            opened(FamiliarityDialog(self.desk, self.client, self._known))

    def _take_back(self) -> None:
        from rmdesk.services.segments.commands import OverrideFamiliarity

        if self.client is not None:
            self.desk.perform(OverrideFamiliarity(self.client, None), _("Familiarity follows the figures again"))

    def ask_next(self, letter: str) -> None:
        """Put a question to the next visit."""
        from rmdesk.services.strategy.commands import AskAtNextVisit

        if self.client is not None:
            self.desk.perform(AskAtNextVisit(self.client, letter), _("The question is on the list for the next visit"))

    def _ask(self) -> None:
        self.desk.ask("specialist", client=self.client)


def _all_of(reads: Reads, client: ClientId) -> Found:
    tried = campaigns.touches_of(reads, client), specialists.requests(reads, client)
    return man_of(reads, client), known_of(reads, client), *tried
