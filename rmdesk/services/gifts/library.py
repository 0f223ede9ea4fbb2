"""The library of ideas: those that ship, the manager's own, and what of them suits a client."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rmdesk.base.money import Money
from rmdesk.base.text import Phrase, phrase
from rmdesk.services import settings
from rmdesk.services.gifts import gates, tables, tastes
from rmdesk.services.gifts.facts import facts_for, tastes_of
from rmdesk.services.gifts.gates import Facts
from rmdesk.services.gifts.rules import Draft, Verdict
from rmdesk.services.gifts.tables import Idea
from rmdesk.services.rulebook import Words
from rmdesk.services.settings.general import CURRENCY
from rmdesk.services.store.reads import Reads


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An idea for a client: `why` names the like it goes with, or the occasion; `cost_minor` is about what it costs."""

    code: str
    title: str
    category: str | None
    cost_minor: int | None
    currency: str
    why: Phrase | None


@dataclass(frozen=True, slots=True)
class OwnIdea:
    """An idea of the manager's own, as it is kept; the cost in minor units of its currency."""

    id: str
    title: str
    category: str | None
    cost_minor: int | None
    currency: str | None
    suits: str
    note: str


def own_ideas(reads: Reads) -> tuple[OwnIdea, ...]:
    """The manager's own ideas that are in use, by title."""
    rows = reads.rows(
        "SELECT id, title, category, cost_minor, currency, coalesce(suits, ''), coalesce(note, '') FROM gift_idea "
        "WHERE retired_on IS NULL ORDER BY title, id LIMIT 500"
    )
    return tuple(OwnIdea(*row) for row in rows)


def all_ideas(reads: Reads, currency: str) -> tuple[Idea, ...]:
    """The manager's own ideas, then those that ship. A price in another currency is not told."""
    own = [
        Idea(
            code=idea.id,
            title=Words(idea.title, idea.title),
            category=idea.category,
            cost=_units(idea) if idea.currency in (None, currency) else None,
            suits=tastes.topics(f"{idea.title}\n{idea.suits}"),
            own=True,
            note=idea.note,
        )
        for idea in own_ideas(reads)
    ]
    return (*own, *tables.ideas())


def ideas_for(reads: Reads, draft: Draft, kind: str | None = None, gift: str | None = None) -> tuple[Suggestion, ...]:
    """Ideas for the recipient of a draft, the best first: they fit a like or the `kind` of occasion, pass the gates
    of law and taste, and cost no more than what is left of every limit."""
    facts = facts_for(reads, draft, gift)
    likes = [text for taste, text in tastes_of(reads, draft) if taste == "like"]
    return suggested(all_ideas(reads, facts.currency), draft, facts, likes, kind)


def suggested(
    ideas: Iterable[Idea], draft: Draft, facts: Facts, likes: Sequence[str], kind: str | None = None
) -> tuple[Suggestion, ...]:
    """As `ideas_for`, of these ideas. The order is the same for the same input: fit, then the order of the library."""
    scored: list[tuple[int, Suggestion]] = []
    for idea in ideas:
        why, points = _fit(idea, likes, kind)
        if not points:
            continue
        cost = None if idea.cost is None else Money.of(idea.cost, facts.currency).minor
        asked = _draft(draft, idea, cost, facts.currency)
        if gates.worst(gates.gates(asked, facts)) > Verdict.WARN or _is_refused(idea, asked, facts):
            continue
        scored.append((points, Suggestion(idea.code, idea.title.said, idea.category, cost, facts.currency, why)))
    scored.sort(key=lambda pair: -pair[0])
    return tuple(suggestion for _points, suggestion in scored[: int(tables.figure("suggest", "most"))])


def _is_refused(idea: Idea, asked: Draft, facts: Facts) -> bool:
    """Whether a taboo forbids the topic of an idea though its title does not say so, or it is too impersonal."""
    forbidden = {topic for taboo in facts.taboos for topic in tastes.topics(tastes.thing(taboo))}
    return bool(forbidden & idea.suits) or (facts.key_client and gates.is_impersonal(asked))


def _fit(idea: Idea, likes: Sequence[str], kind: str | None) -> tuple[Phrase | None, int]:
    """Why an idea suits, and how well: a like counts twice, the occasion once, one's own idea breaks the tie."""
    about = idea.suits | tastes.topics(idea.title.zh) | tastes.topics(idea.title.en)
    fits = [like for like in likes if tastes.topics(like) & about]
    made_for = kind is not None and kind in idea.occasions
    points = 4 * len(fits) + 2 * made_for
    if fits:
        return phrase("likes {like}", like=fits[0]), points + idea.own
    if made_for:
        return phrase("for this occasion"), points + idea.own
    return None, int(idea.own and not idea.suits)


def _draft(draft: Draft, idea: Idea, cost: int | None, currency: str) -> Draft:
    """The draft of an idea: nothing but the recipient and the day of what is asked about."""
    return Draft(
        client=draft.client,
        title=idea.title.said,
        to_client=draft.to_client,
        to_person=draft.to_person,
        category=idea.category,
        cost_minor=cost,
        currency=currency,
        planned_for=draft.planned_for,
    )


def _units(idea: OwnIdea) -> Decimal | None:
    return None if idea.cost_minor is None else Money(idea.cost_minor, idea.currency or "CNY").amount


@dataclass(frozen=True, slots=True)
class IdeaRow:
    """An idea as the library shows it; `own` ones can be changed, their `code` is their id."""

    number: int
    code: str
    title: str
    category: str | None
    cost_minor: int | None
    currency: str
    suits: str
    note: str
    own: bool


def idea_rows(reads: Reads) -> tuple[IdeaRow, ...]:
    """The whole library, the manager's own ideas first."""
    home = settings.value(reads, CURRENCY)
    own = [
        (idea.id, idea.title, idea.category, idea.cost_minor, idea.currency or home, idea.suits, idea.note, True)
        for idea in own_ideas(reads)
    ]
    shipped = [
        (
            idea.code, idea.title.said, idea.category, None if idea.cost is None else Money.of(idea.cost, home).minor,
            home, " · ".join(sorted(tables.topic_name(topic) for topic in idea.suits)), "", False,
        )
        for idea in tables.ideas()
    ]  # fmt: skip
    return tuple(IdeaRow(number, *row) for number, row in enumerate([*own, *shipped]))
