"""The tab of a client's file with gifts: what was given, what is left, what else would please."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from rmdesk.base.text import _, plural
from rmdesk.models.kinds import ClientId, Topic
from rmdesk.services.gifts import library, overview, queries, tables
from rmdesk.services.gifts.facts import facts_for
from rmdesk.services.gifts.gates import Facts, left_said
from rmdesk.services.gifts.library import Suggestion
from rmdesk.services.gifts.overview_rows import ValueRow
from rmdesk.services.gifts.queries import GiftRow
from rmdesk.services.gifts.rules import Draft
from rmdesk.services.gifts.shown import Shown
from rmdesk.services.store.reads import Reads
from rmdesk.ui.gifts import dialogs
from rmdesk.ui.gifts.register import Register, open_or_step
from rmdesk.ui.gifts.value import share
from rmdesk.ui.kit import format
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.file_tab import FileTab
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, Card, clear, column, label


@dataclass(frozen=True, slots=True)
class Told:
    """What the tab shows."""

    gifts: tuple[GiftRow, ...]
    facts: Facts
    ideas: tuple[Suggestion, ...]
    value: ValueRow | None


WIDEST = 170  # of an idea, in units of text: the card beside the register is not scrolled sideways for one


class GiftsTab(FileTab):
    """The client's gifts at the left; limits, ideas and cost against value at the right."""

    watches: ClassVar[frozenset[Topic]] = frozenset({Topic.GIFTS, Topic.PROFILE, Topic.SETTINGS, Topic.RELATIONS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.card = Card(_("Gifts"), " ")
        self.plan = Button(_("Plan gift"), partial(self._plan, ""), kind="small")
        self.card.corner.addWidget(self.plan)
        self.register = Register(desk, name="client-gifts")
        self.register.opened.connect(partial(open_or_step, desk))
        self.register.nothing.say(
            _("No gift is on record for this client."),
            _("What is planned here passes three gates: law, limits and taste."),
            icon="gift",
        )
        self.card.add(self.register)
        self.card.body.setStretchFactor(self.register, 1)
        self.left = Card(_("What is left this year"), "")
        self.ideas = Card(_("Ideas"), _("press to plan"), gap=6)
        self.value = Card(_("Cost against value"), "")
        inside = QWidget()
        inside.setLayout(column(self.left, self.ideas, self.value, None, gap=16))
        self.side_by_side(self.card, scroller(inside, "ground"), (_("Gifts"), _("What is left this year")), (5, 2))

    def reload(self) -> None:
        if self.client is not None:
            self.fetch(_told, self.client).done.connect(self.show_told)

    def show_told(self, told: Told) -> None:
        """Show all of it."""
        self.card.note.setText(str(len(told.gifts)) if told.gifts else "")
        self.register.show_rows(told.gifts)
        self._show_left(told.facts)
        self._show_ideas(told.ideas)
        self._show_value(told.value)

    def _show_left(self, facts: Facts) -> None:
        clear(self.left.body)
        for room in facts.rooms:
            line = label(left_said(room, facts.currency).said, "", wrap=True)
            rule = tables.rule("limits", room.rule)
            line.setToolTip(rule.said(limit=Shown(room.limit, facts.currency)))
            self.left.add(line)
            self.left.add(label(rule.said(limit=Shown(room.limit, facts.currency)), "note", wrap=True))

    def _show_ideas(self, ideas: tuple[Suggestion, ...]) -> None:
        clear(self.ideas.body)
        flow, metrics = Flow(), QFontMetrics(theme.font(13))
        for idea in ideas:
            cost = "" if idea.cost_minor is None else f" {Shown(idea.cost_minor, idea.currency)}"
            text = f"{idea.title}{cost}"
            short = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, theme.px(WIDEST))
            why = "" if idea.why is None else idea.why.said
            chip = Button(short, partial(self._plan, idea.title), kind="filter", name=text if short != text else "")
            chip.setToolTip("\n".join(part for part in (chip.accessibleName(), why) if part))
            flow.addWidget(chip)
        inside = QWidget()
        inside.setLayout(flow)
        self.ideas.add(inside)
        if not ideas:
            self.ideas.add(label(_("Note what the client likes; then ideas that fit appear here."), "note", wrap=True))

    def _show_value(self, value: ValueRow | None) -> None:
        clear(self.value.body)
        if value is None:
            self.value.add(label(_("No gift was given in the last 12 months."), "note", wrap=True))
            return
        cost = "–" if value.cost_minor is None else str(Shown(value.cost_minor, value.currency))
        gifts = plural("{count} gift", "{count} gifts", value.gifts)
        self.value.add(label(_("{cost} in 12 months, {gifts}").format(cost=cost, gifts=gifts), "", wrap=True))
        per = _("{share} for each 10,000 of AUM").format(share=share(value))
        self.value.add(label(per, "note", wrap=True))
        if value.liking is not None:
            liked = _("Liked {mean} of 5 on average").format(mean=format.decimal(value.liking))
            self.value.add(label(liked, "note", wrap=True))

    def _plan(self, title: str) -> None:
        if self.client is not None:
            dialogs.open_gift(self.desk, self.client, title=title)


def _told(reads: Reads, client: ClientId) -> Told:
    draft = Draft(client=client, title="")
    return Told(
        gifts=queries.gifts_of(reads, client),
        facts=facts_for(reads, draft),
        ideas=library.ideas_for(reads, draft),
        value=overview.value_of(reads, client),
    )
