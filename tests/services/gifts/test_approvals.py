"""Requests and answers: who decides, what an approval covers, and that nothing leaves the record."""

from __future__ import annotations

from typing import Any

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import ApprovalState, ClientId
from rmdesk.services.gifts.approvals import AskApproval, DecideApproval, RevokeApproval, WithdrawRequest
from rmdesk.services.gifts.commands import BuyGift, DropGift, GiveGift
from rmdesk.services.gifts.queries import approvals_of, awaiting, gift_of
from rmdesk.services.store.command import Command
from rmdesk.services.store.store import Store
from tests.services.gifts import arrange
from tests.support import build, team

S = ApprovalState


@pytest.fixture
def client(store: Store) -> ClientId:
    return arrange.client(store)


def states(store: Store, gift: str) -> list[ApprovalState]:
    """Of all requests, the oldest first."""
    return [one.state for one in reversed(store.read(approvals_of, gift))]


def undo(store: Store, outcome: Any) -> Any:
    assert outcome.inverse is not None
    return store.perform(outcome.inverse)


def refused(store: Store, command: Command[Any]) -> Refused:
    with pytest.raises(Refused) as caught:
        store.perform(command)
    assert "{" not in caught.value.said + caught.value.advice
    return caught.value


def asked(store: Store, client: ClientId, yuan: float = 1_200) -> tuple[str, str]:
    """A gift beyond the limit, and the request about it."""
    gift = arrange.plan(store, client, yuan=yuan)
    return gift, store.perform(AskApproval(gift, "老客户六十大寿")).result


def approved(store: Store, client: ClientId, yuan: float = 1_200) -> tuple[str, str]:
    arrange.be_lead(store)
    gift, request = asked(store, client, yuan)
    store.perform(DecideApproval(request, approve=True))
    return gift, request


def test_a_request_says_what_it_passes_and_by_how_much(store: Store, client: ClientId) -> None:
    gift, _request = asked(store, client)
    (row,) = store.read(awaiting)
    assert row.id == gift
    assert row.approval is not None
    assert (row.approval.cost_minor, row.approval.asked_by) == (120_000, "tester")
    gates = store.read(lambda reads: reads.value("SELECT gates FROM gift_approval"))
    assert '"over_minor": 20000' in gates
    assert "rule_zh" in gates


def test_only_what_passes_a_limit_is_asked_about_and_with_a_reason(store: Store, client: ClientId) -> None:
    fits = arrange.plan(store, client, yuan=1_000)
    assert refused(store, AskApproval(fits, "只是问问")).code == "no_need"
    assert refused(store, AskApproval(fits, " ")).field == "reason"
    unknown = arrange.plan(store, client, "湖笔", None)
    assert refused(store, AskApproval(unknown, "没有价格")).code == "no_cost"


def test_a_manager_does_not_decide_on_the_own_request(store: Store, client: ClientId) -> None:
    _gift, request = asked(store, client)
    error = refused(store, DecideApproval(request, approve=True))
    assert error.code == "not_lead"
    assert "team lead" in error.said
    arrange.be_lead(store)
    store.perform(DecideApproval(request, approve=True))


def test_an_approved_gift_is_bought_and_given_without_a_breach(store: Store, client: ClientId) -> None:
    gift, _request = approved(store, client)
    assert store.read(gift_of, gift).state == "approved"
    store.perform(BuyGift(gift, 120_000))
    store.perform(GiveGift(gift))
    assert store.read(gift_of, gift).breach is None


def test_bought_dearer_than_approved_needs_a_new_request(store: Store, client: ClientId) -> None:
    gift, _request = approved(store, client)
    assert refused(store, BuyGift(gift, 120_001)).code == "needs_approval"
    again = store.perform(AskApproval(gift, "涨价了", 120_001)).result
    assert states(store, gift) == [S.APPROVED, S.ASKED]
    assert refused(store, BuyGift(gift, 120_000)).code == "needs_approval"  # the newest request holds
    store.perform(DecideApproval(again, approve=True))
    store.perform(BuyGift(gift, 120_001))


def test_a_refusal_says_why_and_leads_back_to_the_plan(store: Store, client: ClientId) -> None:
    gift, request = asked(store, client)
    arrange.be_lead(store)
    assert refused(store, DecideApproval(request, approve=False)).field == "comment"
    store.perform(DecideApproval(request, approve=False, comment="换个心意"))
    row = store.read(gift_of, gift)
    assert row.state == "planned"
    assert row.approval is not None
    assert row.approval.comment == "换个心意"
    assert refused(store, GiveGift(gift)).code == "needs_approval"
    assert refused(store, DecideApproval(request, approve=True)).code == "answered"


def test_an_approval_revoked_no_longer_holds(store: Store, client: ClientId) -> None:
    gift, request = approved(store, client)
    assert refused(store, RevokeApproval(request, "")).field == "comment"
    outcome = store.perform(RevokeApproval(request, "预算收紧"))
    assert store.read(gift_of, gift).state == "planned"
    assert refused(store, GiveGift(gift)).code == "needs_approval"
    undo(store, outcome)
    assert store.read(gift_of, gift).state == "approved"
    assert states(store, gift) == [S.REVOKED, S.APPROVED]
    store.perform(GiveGift(gift))
    assert refused(store, RevokeApproval(store.read(approvals_of, gift)[0].id, "晚了")).code == "given"


def test_revoked_after_buying_the_gift_stays_bought_and_given_is_a_breach(store: Store, client: ClientId) -> None:
    gift, request = approved(store, client)
    store.perform(BuyGift(gift, 120_000))
    store.perform(RevokeApproval(request, "预算收紧"))
    assert store.read(gift_of, gift).state == "bought"
    store.perform(GiveGift(gift, knowingly=True))
    assert store.read(gift_of, gift).breach is not None


def test_asking_is_taken_back_by_a_counter_entry(store: Store, client: ClientId) -> None:
    gift = arrange.plan(store, client, yuan=1_200)
    before = arrange.row(store, gift)
    outcome = store.perform(AskApproval(gift, "老客户六十大寿"))
    after = arrange.row(store, gift)
    undone = undo(store, outcome)
    assert arrange.row(store, gift) == before
    assert states(store, gift) == [S.REVOKED]
    assert store.read(awaiting) == ()
    undo(store, undone)
    assert arrange.row(store, gift) == after
    assert states(store, gift) == [S.REVOKED, S.ASKED]


@pytest.mark.parametrize("approve", [True, False])
def test_deciding_is_taken_back_by_a_counter_entry(store: Store, client: ClientId, approve: bool) -> None:
    arrange.be_lead(store)
    gift, request = asked(store, client)
    before = arrange.row(store, gift)
    outcome = store.perform(DecideApproval(request, approve, "因为"))
    after, decided = arrange.row(store, gift), states(store, gift)[-1]
    undone = undo(store, outcome)
    assert arrange.row(store, gift) == before
    assert [row.id for row in store.read(awaiting)] == [gift]
    undo(store, undone)
    assert arrange.row(store, gift) == after
    assert states(store, gift)[-1] is decided
    assert len(states(store, gift)) == 2


def test_withdrawn_by_hand_a_bought_gift_stays_bought(store: Store, client: ClientId) -> None:
    gift, request = approved(store, client)
    store.perform(BuyGift(gift, 120_000))
    store.perform(RevokeApproval(request, "预算收紧"))
    again = store.perform(AskApproval(gift, "已经买了")).result
    outcome = store.perform(WithdrawRequest(again))
    assert store.read(gift_of, gift).state == "bought"
    undo(store, outcome)
    assert store.read(gift_of, gift).state == "awaiting"


def test_dropping_withdraws_the_request_and_undo_asks_anew(store: Store, client: ClientId) -> None:
    gift, _request = asked(store, client)
    before = arrange.row(store, gift)
    outcome = store.perform(DropGift(gift, "客户婉拒"))
    assert store.read(awaiting) == ()
    undo(store, outcome)
    assert arrange.row(store, gift) == before
    assert [row.id for row in store.read(awaiting)] == [gift]


def test_a_gift_given_while_it_waits_stays_given_whatever_is_decided(store: Store, client: ClientId) -> None:
    arrange.be_lead(store)
    gift, request = asked(store, client)
    store.perform(GiveGift(gift, knowingly=True))
    assert [row.id for row in store.read(awaiting)] == [gift]
    store.perform(DecideApproval(request, approve=True))
    row = store.read(gift_of, gift)
    assert row.state == "given"
    assert row.breach is not None


def test_a_gift_of_which_two_versions_are_open_is_not_approved(store: Store, client: ClientId) -> None:
    arrange.be_lead(store)
    gift, request = asked(store, client)
    open_ = "UPDATE sync_record SET conflicts = ? WHERE entity = 'gift' AND entity_id = ?"
    build.perform(store, lambda work: team.told(work, "gift", gift, client))
    build.perform(store, lambda work: work.bulk(open_, ('{"c": {"field": "title", "value": "茶"}}', gift), topics=()))
    assert refused(store, DecideApproval(request, approve=True)).code == "open_difference"
    build.perform(store, lambda work: work.bulk(open_, ("{}", gift), topics=()))
    store.perform(DecideApproval(request, approve=True))
