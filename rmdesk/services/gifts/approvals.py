"""Requests to the team lead, and the answers. The record is kept: what is taken back gets a counter-entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.gifts import Gift, GiftApproval
from rmdesk.models.kinds import ApprovalState, GiftState, RecordId, new_id
from rmdesk.services.gifts import checks, gates, rules
from rmdesk.services.gifts.facts import facts_for
from rmdesk.services.gifts.keeping import back, checked, draft_of, kept, moved
from rmdesk.services.gifts.rules import Draft, Verdict
from rmdesk.services.profile.secrets import check_text
from rmdesk.services.store.command import Command, Done
from rmdesk.services.store.inverse import Fields, fields_of
from rmdesk.services.store.work import UnitOfWork

_DECISION = ("state", "decided_on", "decided_by", "comment")


@dataclass(frozen=True, slots=True)
class AskApproval:
    """Ask the lead to allow a gift beyond a limit. `cost_minor` asks anew for another cost than the one known."""

    label: ClassVar[str] = N_("Ask for approval")
    gift: str
    reason: str
    cost_minor: int | None = None
    currency: str | None = None

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        reason = check_text(self.reason, "reason")
        if not reason:
            raise Refused(
                N_("The lead needs a reason."), do=N_("Say why this gift is worth it."), field="reason",
                code="no_reason", guide="gifts")  # fmt: skip
        gift, before = moved(work, self.gift, GiftState.AWAITING)
        if self.cost_minor is not None:
            gift.cost_minor, gift.currency = self.cost_minor, self.currency
        draft = checked(work, draft_of(gift))
        checks.check_cost_known(draft)
        gift.currency = draft.currency
        facts = facts_for(work, draft, gift.id)
        said = gates.gates(draft, facts)
        checks.refuse_blocked(said)
        cost = gates.cost_of(draft, facts)
        if cost is None or said[1].verdict is not Verdict.APPROVAL:
            raise Refused(
                N_("This gift needs no approval."),
                do=N_("Buy it, or give it."),
                field="cost",
                code="no_need",
                guide="gifts",
            )
        asked = GiftApproval(
            id=new_id(), gift_id=gift.id, state=ApprovalState.ASKED.value, asked_on=clock.today(), asked_by=work.who,
            reason=reason, cost_minor=cost, gates=_passed(draft, facts),
        )  # fmt: skip
        work.add(asked)
        return Done(RecordId(asked.id), inverse=WithdrawRequest(asked.id, before))


@dataclass(frozen=True, slots=True)
class WithdrawRequest:
    """Take a request back that is not answered yet; it stays on record as withdrawn."""

    label: ClassVar[str] = N_("Withdraw request")
    request: str
    before: Fields = ()  # of the gift; none: back to planned, or bought

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        asked = _open(work, self.request)
        gift = work.get(Gift, asked.gift_id)
        state = kept(gift)
        _close(work, asked, ApprovalState.REVOKED, None)
        if self.before:
            back(gift.id, self.before).apply(work)
        elif gift.state == GiftState.AWAITING:
            gift.state = rules.state_after_decision(approved=False, bought=gift.bought_on is not None).value
        return Done(RecordId(asked.id), inverse=_AskAgain(asked.id, state))


@dataclass(frozen=True, slots=True)
class DecideApproval:
    """Answer a request; only a team lead does. A gift given meanwhile stays given, and its breach on record."""

    label: ClassVar[str] = N_("Decide on gift")
    request: str
    approve: bool
    comment: str = ""

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        comment = check_text(self.comment, "comment")
        if not self.approve and not comment:
            raise Refused(
                N_("A refusal needs a word of why."),
                do=N_("Write one."),
                field="comment",
                code="no_comment",
                guide="gifts",
            )
        asked = _open(work, self.request)
        gift = work.get(Gift, asked.gift_id)
        if self.approve:
            _check_one_version(work, gift.id, asked.id)
        away, was = checks.check_is_lead(work, gift.id), fields_of(asked, *_DECISION)
        before = kept(gift)
        _close(work, asked, ApprovalState.APPROVED if self.approve else ApprovalState.REFUSED, comment)
        if away:
            return Done(RecordId(asked.id), inverse=_UnsayUnsent(asked.id, was))
        if gift.state == GiftState.AWAITING:
            gift.state = rules.state_after_decision(approved=self.approve, bought=gift.bought_on is not None).value
        return Done(RecordId(asked.id), inverse=TakeBackDecision(asked.id, before))


@dataclass(frozen=True, slots=True)
class _UnsayUnsent:
    """Take a decision back that nobody has heard: with a hub, until it is sent. Then it is revoked instead."""

    label: ClassVar[str] = N_("Take decision back")
    request: str
    before: Fields

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        decided = work.get(GiftApproval, self.request)
        waits = work.value(
            "SELECT dirty LIKE '%\"state\"%' AND sent IS NULL FROM sync_record "
            "WHERE entity = 'gift_approval' AND entity_id = ?",
            (self.request,),
        )
        if waits == 0:
            raise Refused(
                N_("The decision has gone to the hub."), do=N_("Revoke the approval, or let the manager ask again."),
                code="sent",
            )  # fmt: skip
        was = fields_of(decided, *_DECISION)
        for name, value in self.before:
            setattr(decided, name, value)
        return Done(RecordId(decided.id), inverse=_UnsayUnsent(decided.id, was))


@dataclass(frozen=True, slots=True)
class TakeBackDecision:
    """Open a request again: the answer stays on record as revoked, and the same request waits anew."""

    label: ClassVar[str] = N_("Take decision back")
    request: str
    before: Fields

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        decided = work.get(GiftApproval, self.request)
        checks.check_is_lead(work, decided.gift_id)
        approve, comment = decided.state == ApprovalState.APPROVED, decided.comment or ""
        if approve:
            decided.state = ApprovalState.REVOKED.value
        again = _copied(work, decided)
        back(decided.gift_id, self.before).apply(work)
        return Done(RecordId(again.id), inverse=DecideApproval(again.id, approve, comment))


@dataclass(frozen=True, slots=True)
class RevokeApproval:
    """Take an approval back before the gift is given; only a team lead does, and says why."""

    label: ClassVar[str] = N_("Revoke approval")
    request: str
    comment: str

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        comment = check_text(self.comment, "comment")
        if not comment:
            raise Refused(
                N_("Taking an approval back needs a word of why."), do=N_("Write one."), field="comment",
                code="no_comment", guide="gifts")  # fmt: skip
        decided = work.get(GiftApproval, self.request)
        gift = work.get(Gift, decided.gift_id)
        if decided.state != ApprovalState.APPROVED:
            raise Refused(N_("This approval does not hold any more."), do=N_("Reload the page."), code="gone")
        if gift.given_on is not None:
            raise Refused(
                N_("The gift was given while the approval held."), do=N_("Return the gift, if it must come back."),
                code="given",
            )  # fmt: skip
        away, was = checks.check_is_lead(work, gift.id), fields_of(decided, *_DECISION)
        before = kept(gift)
        inverse = _ApproveAgain(decided.id, before, decided.comment)
        decided.state, decided.comment = ApprovalState.REVOKED.value, comment
        decided.decided_on, decided.decided_by = clock.today(), work.who
        if away:
            return Done(RecordId(decided.id), inverse=_UnsayUnsent(decided.id, was))
        if gift.state == GiftState.APPROVED:
            gift.state = GiftState.PLANNED.value
        return Done(RecordId(decided.id), inverse=inverse)


@dataclass(frozen=True, slots=True)
class _AskAgain:
    """A withdrawn request waits again, as a new entry."""

    label: ClassVar[str] = N_("Ask for approval")
    request: str
    gift: Fields

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        old = work.get(GiftApproval, self.request)
        before = kept(work.get(Gift, old.gift_id))
        again = _copied(work, old)
        back(old.gift_id, self.gift).apply(work)
        return Done(RecordId(again.id), inverse=WithdrawRequest(again.id, before))


@dataclass(frozen=True, slots=True)
class _ApproveAgain:
    """A revoked approval holds again, as a new entry."""

    label: ClassVar[str] = N_("Approve again")
    request: str
    gift: Fields
    comment: str | None

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        old = work.get(GiftApproval, self.request)
        checks.check_is_lead(work, old.gift_id)
        again = _copied(work, old)
        _close(work, again, ApprovalState.APPROVED, self.comment)
        back(old.gift_id, self.gift).apply(work)
        return Done(RecordId(again.id), inverse=RevokeApproval(again.id, old.comment or ""))


def withdrawn(work: UnitOfWork, gift: str, before: Fields) -> Command[Any]:
    """Withdraw the open request about a gift that is dropped; gives the inverse of both, `before` being the gift's."""
    request = work.value(
        "SELECT id FROM gift_approval WHERE gift_id = ? AND state = 'asked' ORDER BY id DESC LIMIT 1", (gift,)
    )
    if request is None:
        return back(gift, before)
    asked = work.get(GiftApproval, request)
    _close(work, asked, ApprovalState.REVOKED, None)
    return _AskAgain(asked.id, before)


def _open(work: UnitOfWork, request: str) -> GiftApproval:
    asked = work.get(GiftApproval, request)
    if asked.state != ApprovalState.ASKED:
        raise Refused(N_("This request is answered already."), do=N_("Reload the page."), code="answered")
    return asked


def _check_one_version(work: UnitOfWork, gift: str, request: str) -> None:
    """Nobody approves a gift of which two versions are open: it would not be clear which one was."""
    sql = (
        "SELECT 1 FROM sync_record WHERE conflicts <> '{}' AND "
        "(entity = 'gift' AND entity_id = ?1 OR entity = 'gift_approval' AND entity_id = ?2)"
    )
    if work.value(sql, (gift, request)):
        raise Refused(
            N_("Two versions of this gift are open; what was approved would not be clear."),
            do=N_("Settle the difference first, or let its manager do it."),
            code="open_difference",
        )


def _close(work: UnitOfWork, asked: GiftApproval, state: ApprovalState, comment: str | None) -> None:
    asked.state, asked.comment = state.value, comment or None
    asked.decided_on, asked.decided_by = clock.today(), work.who


def _copied(work: UnitOfWork, old: GiftApproval) -> GiftApproval:
    """The same request as a new entry, which waits."""
    made = GiftApproval(
        id=new_id(), gift_id=old.gift_id, state=ApprovalState.ASKED.value, asked_on=clock.today(),
        asked_by=old.asked_by, reason=old.reason, cost_minor=old.cost_minor, gates=old.gates,
    )  # fmt: skip
    work.add(made)
    return made


def _passed(draft: Draft, facts: gates.Facts) -> list[dict[str, Any]]:
    """Which limits the gift passes and by how much, with the rule's text, as they are now."""
    from rmdesk.services.gifts import tables

    rows = []
    for one in gates.overs(draft, facts):
        rule = tables.rule("limits", one.room.rule)
        rows.append(
            {
                "limit": one.room.rule, "limit_minor": one.room.limit, "over_minor": one.over,
                "unknown": one.room.counted.unknown, "rule_en": rule.en, "rule_zh": rule.zh,
            }
        )  # fmt: skip
    return rows
