"""The manager's own ideas: add, edit, retire. What ships is changed in rules/gift_ideas.toml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.gifts import GiftIdea
from rmdesk.models.kinds import RecordId, new_id
from rmdesk.services import settings
from rmdesk.services.gifts import checks, tastes
from rmdesk.services.profile.secrets import check_text, limit_of
from rmdesk.services.settings.general import CURRENCY
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import PutBack, TakeAway, fields_of
from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Idea:
    """What is entered of an idea: the cost in minor units; `suits` names likes it goes with, one a line."""

    title: str
    category: str | None = None
    cost_minor: int | None = None
    currency: str | None = None
    suits: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AddIdea:
    """Keep an idea for gifts. Cash is refused here, too."""

    label: ClassVar[str] = N_("Add idea")
    idea: Idea

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        idea = GiftIdea(id=new_id(), **_checked(work, self.idea))
        work.add(idea)
        return Done(RecordId(idea.id), inverse=TakeAway(((GiftIdea, idea.id),)))


@dataclass(frozen=True, slots=True)
class EditIdea:
    """Correct an idea of one's own."""

    label: ClassVar[str] = N_("Edit idea")
    id: str
    idea: Idea

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        return _set(work, self.id, _checked(work, self.idea))


@dataclass(frozen=True, slots=True)
class RetireIdea:
    """Offer an idea no longer; gifts made of it stay."""

    label: ClassVar[str] = N_("Retire idea")
    id: str

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        return _set(work, self.id, {"retired_on": clock.today()})


def _set(work: UnitOfWork, number: str, values: dict[str, Any]) -> Done[RecordId]:
    idea = work.get(GiftIdea, number)
    before = fields_of(idea, *values)
    for name, value in values.items():
        setattr(idea, name, value)
    return Done(RecordId(number), inverse=PutBack(GiftIdea, number, before))


def _checked(work: UnitOfWork, asked: Idea) -> dict[str, Any]:
    title = check_text(asked.title, "title", limit_of("line"))
    if not title:
        raise Refused(N_("An idea needs a name."), do=N_("Say what it is."), field="title", code="no_title")
    word = tastes.cash_word(title)
    if word:
        raise Refused(
            N_("“{word}” is as good as cash."), do=N_("Choose something that is not money."), field="title",
            code="blocked_law", word=word, guide="gifts")  # fmt: skip
    currency = asked.currency or settings.value(work, CURRENCY)
    if asked.cost_minor is not None:
        checks.check_cost(asked.cost_minor, currency)
    return {
        "title": title,
        "category": asked.category or None,
        "cost_minor": asked.cost_minor,
        "currency": None if asked.cost_minor is None else currency,
        "suits": check_text(asked.suits, "suits") or None,
        "note": check_text(asked.note, "note") or None,
    }
