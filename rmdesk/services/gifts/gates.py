"""The three gates a gift passes: law, limit, taste. Pure; each says its verdict, why, and shows its rule's text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import TiedTo
from rmdesk.services.gifts import tables, tastes
from rmdesk.services.gifts.rules import Draft, Room, Verdict, converted, months_before
from rmdesk.services.gifts.shown import Shown
from rmdesk.services.gifts.tables import Rule


@dataclass(frozen=True, slots=True)
class Past:
    """A gift the recipient got, or is to get, on a day."""

    title: str
    category: str | None
    on: date


@dataclass(frozen=True, slots=True)
class Facts:
    """What the gates look at beside the gift itself; `approved` is the cost the lead allowed, where that holds."""

    day: date
    currency: str
    rooms: tuple[Room, ...]
    rates: Mapping[str, Decimal] = field(default_factory=dict, hash=False)
    key_client: bool = False
    taboos: tuple[str, ...] = ()
    past: tuple[Past, ...] = ()
    approved: int | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """What one gate says; `field` is the field of the form that a refusal belongs to, `do` what to do about it."""

    name: str  # law, limit, taste
    verdict: Verdict
    said: tuple[Phrase, ...]
    rule: Rule
    figures: tuple[tuple[str, object], ...] = ()
    field: str = ""
    do: Phrase | None = None

    @property
    def rule_said(self) -> str:
        """The text of its rule in the language in use."""
        return self.rule.said(**dict(self.figures))


@dataclass(frozen=True, slots=True)
class Over:
    """A limit that a gift passes, and by how much; `over` 0 where costs are unknown, so that nobody can tell."""

    room: Room
    over: int


def gates(draft: Draft, facts: Facts) -> tuple[Gate, Gate, Gate]:
    """Law, limit, taste, in this order."""
    return law(draft), limit(draft, facts), taste(draft, facts)


def worst(said: Sequence[Gate]) -> Verdict:
    """The gravest verdict."""
    return max((gate.verdict for gate in said), default=Verdict.OK)


# Law.

_TIES = {
    TiedTo.DEPOSIT: phrase("It is tied to a deposit."),
    TiedTo.SALE: phrase("It is tied to the sale of a product."),
    TiedTo.NEW_MONEY: phrase("It is tied to new money."),
}


def law(draft: Draft) -> Gate:
    """Blocks what is tied to business, and cash and what is as good as cash, by kind and by words."""
    tied = tables.rule("law", "tied")
    if draft.tied_to:
        said = _TIES[TiedTo(draft.tied_to)]
        return Gate("law", Verdict.BLOCKED, (said,), tied, field="tied_to", do=phrase("Such a gift can't be given."))
    for name, text in (("why", draft.why or ""), ("title", draft.title)):
        word = tastes.tied_word(text)
        if word:
            said = phrase("“{word}” ties it to business.", word=word)
            return Gate("law", Verdict.BLOCKED, (said,), tied, field=name, do=phrase("Such a gift can't be given."))
    cash = tables.rule("law", "cash")
    other = phrase("Choose something that is not money.")
    word = tastes.cash_word(draft.title)
    if word:
        return Gate(
            "law", Verdict.BLOCKED, (phrase("“{word}” is as good as cash.", word=word),), cash, (), "title", other
        )
    if draft.category in tables.listed("law", "cash_categories"):
        kind = tables.categories()[draft.category]
        said = phrase("“{word}” is as good as cash.", word=kind)
        return Gate("law", Verdict.BLOCKED, (said,), cash, field="category", do=other)
    return Gate("law", Verdict.OK, (phrase("Not tied to business, not cash."),), tables.rule("law"))


# Limit.


def cost_of(draft: Draft, facts: Facts) -> int | None:
    """What a gift costs in the portfolio's currency; None when that is not known."""
    if draft.cost_minor is None:
        return None
    return converted(draft.cost_minor, draft.currency or facts.currency, facts.currency, facts.rates)


def overs(draft: Draft, facts: Facts) -> tuple[Over, ...]:
    """The limits that a gift passes, or of which nobody can tell; the lead's approval is left aside."""
    cost = cost_of(draft, facts)
    if cost is None:
        return ()
    found = [Over(room, room.over(cost)) for room in facts.rooms]
    return tuple(one for one in found if one.over or one.room.counted.unknown)


def limit(draft: Draft, facts: Facts) -> Gate:
    """Allows up to each limit; beyond asks for the lead's approval, which holds up to the cost it was given for."""
    found = overs(draft, facts)
    shown = found[0].room if found else min(facts.rooms, key=lambda room: room.left)
    rule = tables.rule("limits", shown.rule)
    figures = (("limit", Shown(shown.limit, facts.currency)),)
    cost = cost_of(draft, facts)
    if cost is None:
        if draft.cost_minor is not None:
            said = phrase("There is no exchange rate for {currency}.", currency=draft.currency)
            rate = phrase("Enter the cost in {currency}, or the rate in the settings.", currency=facts.currency)
            return Gate("limit", Verdict.BLOCKED, (said,), tables.rule("count"), field="cost", do=rate)
        said = phrase("The cost is not known yet; it is needed before buying.")
        return Gate("limit", Verdict.WARN, (said, *_left(facts)), rule, figures)
    if not found:
        return Gate("limit", Verdict.OK, _left(facts), rule, figures)
    if facts.approved is not None and cost <= facts.approved:
        said = phrase("The lead allowed up to {cost}.", cost=Shown(facts.approved, facts.currency))
        return Gate("limit", Verdict.OK, (said,), rule, figures)
    lines = tuple(over_said(one, facts.currency) for one in found)
    if facts.approved is not None:
        allowed = Shown(facts.approved, facts.currency)
        lines = (phrase("The lead allowed {cost} only; a dearer gift needs a new request.", cost=allowed), *lines)
    return Gate("limit", Verdict.APPROVAL, lines, rule, figures, "cost", phrase("Ask the team lead first."))


_OVER = {
    "recipient": phrase("{over} over the recipient's limit"),
    "strict": phrase("{over} over the limit for officials"),
    "client": phrase("{over} over the client's limit"),
    "budget": phrase("{over} over the yearly budget"),
}
_LEFT = {
    "recipient": phrase("{left} left for the recipient"),
    "strict": phrase("{left} left for the recipient (stricter limit)"),
    "client": phrase("{left} left for the client"),
    "budget": phrase("{left} left of the budget"),
}


def over_said(one: Over, currency: str) -> Phrase:
    """By how much a limit is passed, in words."""
    if one.over:
        return Phrase(_OVER[one.room.rule].message, {"over": Shown(one.over, currency)})
    return phrase("What is left is not known: {count} gifts have no cost.", count=one.room.counted.unknown)


def _left(facts: Facts) -> tuple[Phrase, ...]:
    return tuple(left_said(room, facts.currency) for room in facts.rooms)


def left_said(room: Room, currency: str) -> Phrase:
    """What is left of a limit, and what of it is reserved by plans."""
    left = Phrase(_LEFT[room.rule].message, {"left": Shown(room.left, currency)})
    if not room.counted.reserved:
        return left
    return phrase("{left}, {reserved} reserved", left=left, reserved=Shown(room.counted.reserved, currency))


# Taste.


def taste(draft: Draft, facts: Facts) -> Gate:
    """Blocks repeats and what is at odds with a taboo; warns of the impersonal for key clients."""
    months = int(tables.figure("taste", "repeat_months"))
    rule, figures = tables.rule("taste"), (("months", months),)
    other = phrase("Choose something else, or correct the taboo in the client's profile.")
    crossed = tastes.crossed(facts.taboos, draft.title)
    if crossed:
        said = phrase("At odds with the taboo “{taboo}”.", taboo=crossed)
        return Gate("taste", Verdict.BLOCKED, (said,), rule, figures, "title", other)
    again = repeated(draft, facts, months)
    if again is not None:
        said = phrase("“{title}” on {day} was the same.", title=again.title, day=again.on.isoformat())
        return Gate("taste", Verdict.BLOCKED, (said,), rule, figures, "title", phrase("Choose something else."))
    if facts.key_client and is_impersonal(draft):
        return Gate(
            "taste", Verdict.WARN, (phrase("Impersonal for a key client."),), tables.rule("taste", "impersonal")
        )
    if not draft.title.strip():
        return Gate("taste", Verdict.OK, (phrase("Say what it is to be."),), rule, figures)
    return Gate("taste", Verdict.OK, (phrase("No repeat, no taboo."),), rule, figures)


def repeated(draft: Draft, facts: Facts, months: int) -> Past | None:
    """The gift that this one repeats; within so many months before its day, or planned after it."""
    since = months_before(facts.day, months)
    for past in facts.past:
        alike = past.category is not None and past.category == draft.category
        if past.on > since and tastes.same_gift(past.title, draft.title, alike=alike):
            return past
    return None


def is_impersonal(draft: Draft) -> bool:
    """Whether it is one of the gifts that everybody gets."""
    taste = tables.listed("taste", "impersonal_words")
    return draft.category in tables.listed("taste", "impersonal_categories") or bool(tastes.found(draft.title, taste))
