"""What a manager does with a gift: plan, edit, buy, give, note the reaction, drop, return.

Each command but one is taken back by putting the gift back exactly as it was. A gift given before approval is the
exception: taking that back leaves the breach on record, with the day it was taken back.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.gifts import Gift
from rmdesk.models.kinds import GiftState, RecordId, new_id
from rmdesk.services.gifts import checks, gates, rules
from rmdesk.services.gifts.approvals import AskApproval, withdrawn
from rmdesk.services.gifts.facts import facts_for
from rmdesk.services.gifts.keeping import RemoveGift, back, checked, draft_of, kept, moved, put
from rmdesk.services.gifts.rules import Draft, Verdict
from rmdesk.services.profile.secrets import check_text
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import Fields
from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class PlanGift:
    """Plan a gift, or keep it as an idea. Refused by the gates of law and taste; beyond a limit it may be planned."""

    label: ClassVar[str] = N_("Plan gift")
    draft: Draft
    idea: bool = False
    id: str = ""  # chosen before, where another command of the same unit needs it

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        draft = checked(work, self.draft)
        checks.refuse_blocked(gates.gates(draft, facts_for(work, draft)))
        state = GiftState.IDEA if self.idea else GiftState.PLANNED
        gift = Gift(id=self.id or new_id(), state=state.value, entered_at=clock.now())
        _write(gift, draft)
        work.add(gift)
        return Done(RecordId(gift.id), inverse=RemoveGift(gift.id))


@dataclass(frozen=True, slots=True)
class PlanAndAsk:
    """Plan a gift beyond a limit and ask the lead at once. As the request stays on record, taking it back drops the
    gift instead of removing it."""

    label: ClassVar[str] = N_("Plan gift and ask")
    draft: Draft
    reason: str

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        gift = PlanGift(self.draft).apply(work).result
        work.flush()
        AskApproval(gift, self.reason).apply(work)
        return Done(gift, inverse=DropGift(gift))


@dataclass(frozen=True, slots=True)
class EditGift:
    """Correct a gift that is not given yet. What the lead was asked about, or allowed, stays as it is."""

    label: ClassVar[str] = N_("Edit gift")
    gift: str
    draft: Draft

    FIXED: ClassVar[tuple[str, ...]] = ("client_id", "to_client_id", "to_person_id", "title", "category", "tied_to")

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        gift = work.get(Gift, self.gift)
        state = GiftState(gift.state)
        if state not in rules.OPEN:
            raise Refused(
                N_("What was given is not changed any more."),
                do=N_("Note the reaction, or return the gift."),
                code="sealed",
                guide="gifts",
            )
        draft = checked(work, self.draft)
        checks.refuse_blocked(gates.gates(draft, facts_for(work, draft, gift.id)))
        before = kept(gift)
        _write(gift, draft)
        changed = {name for name, value in before if getattr(gift, name) != value}
        if state in rules.ASKED and changed & {*self.FIXED, "cost_minor", "currency"}:
            raise Refused(
                N_("The lead was asked about this gift as it is."),
                do=N_("Withdraw the request first, or ask anew with the other cost."),
                field=next((field for name, field in _FIELDS if name in changed), "title"),
                code="asked",
            )
        return Done(RecordId(gift.id), inverse=back(gift.id, before))


@dataclass(frozen=True, slots=True)
class ChooseIdea:
    """Make a plan of an idea."""

    label: ClassVar[str] = N_("Plan gift")
    gift: str

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        gift, before = moved(work, self.gift, GiftState.PLANNED)
        draft = checked(work, draft_of(gift))
        checks.refuse_blocked(gates.gates(draft, facts_for(work, draft, gift.id)))
        return Done(RecordId(gift.id), inverse=back(gift.id, before))


@dataclass(frozen=True, slots=True)
class BuyGift:
    """Note what a gift cost, in minor units. Beyond a limit only with the lead's approval for at least this cost."""

    label: ClassVar[str] = N_("Buy gift")
    gift: str
    cost_minor: int
    currency: str | None = None
    on: date | None = None

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        gift, before = moved(work, self.gift, GiftState.BOUGHT)
        on = checks.not_ahead(self.on or clock.today(), "on")
        draft = checked(work, replace(draft_of(gift), cost_minor=self.cost_minor, currency=self.currency))
        said = gates.gates(draft, facts_for(work, draft, gift.id))
        checks.refuse_blocked(said)
        checks.refuse_unapproved(said)
        gift.cost_minor, gift.currency, gift.bought_on = draft.cost_minor, draft.currency, on
        return Done(RecordId(gift.id), inverse=back(gift.id, before))


@dataclass(frozen=True, slots=True)
class GiveGift:
    """Note that a gift was handed over. Without a needed approval it is refused, or, `knowingly`, kept as a breach."""

    label: ClassVar[str] = N_("Give gift")
    gift: str
    on: date | None = None
    knowingly: bool = False

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        gift, before = moved(work, self.gift, GiftState.GIVEN)
        on = checks.not_ahead(self.on or clock.today(), "on")
        draft = checked(work, draft_of(gift))
        checks.check_cost_known(draft)
        facts = facts_for(work, draft, gift.id, on)
        said = gates.gates(draft, facts)
        checks.refuse_blocked(said[:2])  # a lapse of taste that has happened is still told
        gift.given_on = on
        if gates.worst(said) is not Verdict.APPROVAL:
            return Done(RecordId(gift.id), inverse=back(gift.id, before))
        if not self.knowingly:
            checks.refuse_unapproved(said)
        over = [one.over for one in gates.overs(draft, facts)]
        gift.breach = json.dumps({"over": over, "currency": facts.currency, "on": on.isoformat()}, sort_keys=True)
        return Done(RecordId(gift.id), inverse=TakeBackGiving(gift.id, before))


@dataclass(frozen=True, slots=True)
class TakeBackGiving:
    """A gift noted as given before approval was not given: all goes back, but the breach stays, and says so."""

    label: ClassVar[str] = N_("Take giving back")
    gift: str
    before: Fields

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        gift = work.get(Gift, self.gift)
        now = kept(gift)
        told = json.loads(gift.breach or "{}")
        put(gift, self.before)
        gift.breach = json.dumps({**told, "back": clock.today().isoformat()}, sort_keys=True)
        return Done(RecordId(gift.id), inverse=back(gift.id, now))


@dataclass(frozen=True, slots=True)
class NoteReaction:
    """Write down how a gift was received; `liking` 1 to 5, None when one can't tell."""

    label: ClassVar[str] = N_("Note reaction")
    gift: str
    reaction: str
    liking: int | None = None

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        reaction = check_text(self.reaction, "reaction")
        if not reaction and self.liking is None:
            raise Refused(
                N_("Nothing is noted yet."), do=N_("Write a word, or say how it was liked."), field="reaction",
                code="no_reaction",
            )  # fmt: skip
        if self.liking is not None and not 1 <= self.liking <= 5:
            raise Refused(
                N_("Liking goes from 1 to 5."), do=N_("Choose one of them."), field="liking", code="bad_liking"
            )
        gift, before = moved(work, self.gift, GiftState.NOTED)
        gift.reaction, gift.liking = reaction or None, self.liking
        return Done(RecordId(gift.id), inverse=back(gift.id, before))


@dataclass(frozen=True, slots=True)
class DropGift:
    """Give up a gift that is not bought yet; an open request to the lead is withdrawn with it."""

    label: ClassVar[str] = N_("Drop gift")
    gift: str
    why: str = ""

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        why = check_text(self.why, "why")
        gift, before = moved(work, self.gift, GiftState.DROPPED)
        if gift.bought_on is not None:
            raise Refused(
                N_("The gift is bought."), do=N_("Note that it was returned instead."), code="bad_move", guide="gifts"
            )
        gift.dropped_why = why or None
        return Done(RecordId(gift.id), inverse=withdrawn(work, gift.id, before))


@dataclass(frozen=True, slots=True)
class ReturnGift:
    """Note that a gift came back, from the recipient or to the shop: what it cost no longer counts."""

    label: ClassVar[str] = N_("Return gift")
    gift: str
    on: date | None = None
    why: str = ""

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        why = check_text(self.why, "why")
        gift, before = moved(work, self.gift, GiftState.RETURNED)
        on = checks.not_ahead(self.on or clock.today(), "on")
        if gift.given_on is not None and on < gift.given_on:
            raise Refused(
                N_("It came back before it was given."),
                do=N_("Enter a later day."),
                field="on",
                code="too_early",
                guide="gifts",
            )
        gift.returned_on, gift.dropped_why = on, why or None
        return Done(RecordId(gift.id), inverse=back(gift.id, before))


_FIELDS = (
    ("client_id", "client"), ("to_client_id", "recipient"), ("to_person_id", "recipient"), ("title", "title"),
    ("category", "category"), ("cost_minor", "cost"), ("currency", "cost"), ("tied_to", "tied_to"),
)  # fmt: skip


def _write(gift: Gift, draft: Draft) -> None:
    gift.client_id, gift.to_client_id, gift.to_person_id = draft.client, draft.to_client, draft.to_person
    for name in (
        "title", "category", "cost_minor", "currency", "why", "occasion_id", "occasion", "tied_to", "planned_for",
        "feedback_id",
    ):  # fmt: skip
        setattr(gift, name, getattr(draft, name))
