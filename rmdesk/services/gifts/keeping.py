"""How a gift is kept: the draft behind it, its move from state to state, and putting it back exactly as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.gifts import Gift
from rmdesk.models.kinds import ClientId, GiftState, RecordId
from rmdesk.services.clients import standing
from rmdesk.services.gifts import checks, rules
from rmdesk.services.gifts.rules import Draft
from rmdesk.services.profile.days import check_year
from rmdesk.services.profile.secrets import check_text, limit_of
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import Fields, Kept, PutBack, fields_of
from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class RemoveGift:
    """Take out a gift that was just planned; refused once the lead was asked about it."""

    label: ClassVar[str] = N_("Remove gift")
    gift: str

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        gift = work.get(Gift, self.gift)
        asked = work.value("SELECT 1 FROM gift_approval WHERE gift_id = ? LIMIT 1", (gift.id,))
        if asked is not None or gift.breach:
            raise Refused(
                N_("There are requests or a breach on record for this gift."), do=N_("Drop it instead."),
                code="has_records",
            )  # fmt: skip
        was = Kept()
        was.before(gift)
        work.delete(gift)
        return Done(RecordId(gift.id), inverse=was.inverse)


def checked(work: UnitOfWork, draft: Draft) -> Draft:
    """A draft with clean texts and a recipient who exists; Refused beside the field otherwise."""
    title = check_text(draft.title, "title", limit_of("line"))
    if not title:
        raise Refused(N_("A gift needs a name."), do=N_("Say what it is."), field="title", code="no_title")
    why = check_text(draft.why, "why")
    checks.check_people(work, draft)
    standing.check_may_contact(work, draft.client, doing=N_("Gift"))
    if draft.planned_for is not None:
        check_year(draft.planned_for, "planned_for")
    to_client = None if draft.to_client == draft.client or draft.to_person is not None else draft.to_client
    if to_client is not None:
        standing.check_may_contact(work, to_client, doing=N_("Gift"))
    return replace(
        draft, title=title, why=why or None, to_client=to_client, currency=checks.currency_of(work, draft),
        category=draft.category or None, tied_to=draft.tied_to or None,
        occasion=check_text(draft.occasion, "occasion", limit_of("line")) or None,
    )  # fmt: skip


def moved(work: UnitOfWork, gift: str, after: GiftState) -> tuple[Gift, Fields]:
    """A gift in its new state, and all it was before; Refused when it can't go there."""
    found = work.get(Gift, gift)
    before, state = kept(found), GiftState(found.state)
    if not rules.may(state, after):
        raise Refused(
            N_("This gift has gone on meanwhile."),
            do=N_("Look at where it stands now."),
            code="bad_move",
        )
    found.state = after.value
    return found, before


def kept(gift: Gift) -> Fields:
    """All of a gift but its id."""
    return tuple(field for field in fields_of(gift) if field[0] != "id")


def back(gift: str, before: Fields) -> PutBack:
    """Puts a gift back as it was: the inverse of the commands that change one."""
    return PutBack(Gift, gift, before)


def draft_of(gift: Gift) -> Draft:
    """The draft that a kept gift was made from."""
    return Draft(
        client=ClientId(gift.client_id),
        title=gift.title,
        to_client=None if gift.to_client_id is None else ClientId(gift.to_client_id),
        to_person=None if gift.to_person_id is None else RecordId(gift.to_person_id),
        category=gift.category,
        cost_minor=gift.cost_minor,
        currency=gift.currency,
        why=gift.why,
        occasion_id=gift.occasion_id,
        occasion=gift.occasion,
        tied_to=gift.tied_to,
        planned_for=gift.planned_for,
        feedback_id=gift.feedback_id,
    )


def put(gift: Gift, columns: Sequence[tuple[str, Any]]) -> None:
    """Give columns of a gift these values."""
    for name, value in columns:
        setattr(gift, name, value)
