"""Each command: what it does, what it refuses, and that its inverse brings back what was."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.clients import Client
from rmdesk.models.gifts import Gift
from rmdesk.models.kinds import ClientId, ClientStatus, Topic
from rmdesk.services.clients.commands import SetStatus
from rmdesk.services.gifts.approvals import AskApproval
from rmdesk.services.gifts.commands import (
    BuyGift,
    ChooseIdea,
    DropGift,
    EditGift,
    GiveGift,
    NoteReaction,
    PlanGift,
    ReturnGift,
)
from rmdesk.services.gifts.keeping import RemoveGift
from rmdesk.services.gifts.queries import gift_of
from rmdesk.services.gifts.rules import Draft
from rmdesk.services.store.command import Command
from rmdesk.services.store.store import Store
from tests.services.gifts import arrange
from tests.support.build import perform

TODAY = arrange.TODAY


@pytest.fixture
def client(store: Store) -> ClientId:
    return arrange.client(store)


def refused(store: Store, command: Command[Any]) -> Refused:
    with pytest.raises(Refused) as caught:
        store.perform(command)
    assert caught.value.said
    assert "{" not in caught.value.said + caught.value.advice
    return caught.value


def back_and_forth(store: Store, gift: str, command: Command[Any]) -> dict[str, Any]:
    """Perform, undo, redo: the gift is as before, and as after. Gives what it was after."""
    before = arrange.row(store, gift)
    outcome = store.perform(command)
    assert Topic.GIFTS in outcome.topics
    after = arrange.row(store, gift)
    assert after != before
    assert outcome.inverse is not None
    undone = store.perform(outcome.inverse)
    assert arrange.row(store, gift) == before
    assert undone.inverse is not None
    store.perform(undone.inverse)
    assert arrange.row(store, gift) == after
    return after


def test_a_plan_keeps_what_was_said_and_can_be_taken_back(store: Store, client: ClientId) -> None:
    draft = Draft(
        client, "  青瓷茶则 ", cost_minor=22_000, why="喜欢青瓷", planned_for=date(2026, 11, 30), category="tea"
    )
    outcome = store.perform(PlanGift(draft))
    kept = arrange.row(store, outcome.result)
    assert (kept["title"], kept["state"], kept["cost_minor"], kept["currency"]) == (
        "青瓷茶则",
        "planned",
        22_000,
        "CNY",
    )
    assert kept["planned_for"] == "2026-11-30"
    assert outcome.inverse is not None
    again = store.perform(outcome.inverse)
    assert arrange.row(store, outcome.result) == {}
    assert again.inverse is not None
    store.perform(again.inverse)
    assert arrange.row(store, outcome.result) == kept


def test_the_way_of_a_gift_step_by_step_and_back(store: Store, client: ClientId) -> None:
    gift = store.perform(PlanGift(Draft(client, "湖笔一套"), idea=True)).result
    assert back_and_forth(store, gift, ChooseIdea(gift))["state"] == "planned"
    assert back_and_forth(store, gift, EditGift(gift, Draft(client, "狼毫湖笔", cost_minor=1)))["title"] == "狼毫湖笔"
    assert back_and_forth(store, gift, BuyGift(gift, 23_000))["bought_on"] == TODAY.isoformat()
    assert back_and_forth(store, gift, GiveGift(gift))["state"] == "given"
    noted = back_and_forth(store, gift, NoteReaction(gift, "当场试写", 5))
    assert (noted["state"], noted["reaction"], noted["liking"]) == ("noted", "当场试写", 5)
    assert back_and_forth(store, gift, NoteReaction(gift, "挂在书房", None))["reaction"] == "挂在书房"
    assert back_and_forth(store, gift, ReturnGift(gift, why="尺寸不合"))["returned_on"] == TODAY.isoformat()


def test_a_gift_is_dropped_with_its_reason(store: Store, client: ClientId) -> None:
    gift = arrange.plan(store, client)
    assert back_and_forth(store, gift, DropGift(gift, "客户婉拒"))["dropped_why"] == "客户婉拒"
    assert refused(store, BuyGift(gift, 100)).code == "bad_move"


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"title": "   "}, "title", "no_title"),
        ({"title": "x" * 5_000}, "title", "too_long"),
        ({"title": "购物卡"}, "title", "blocked_law"),
        ({"category": "cash"}, "category", "blocked_law"),
        ({"tied_to": "deposit"}, "tied_to", "blocked_law"),
        ({"cost_minor": -1}, "cost", "bad_cost"),
        ({"cost_minor": 100, "currency": "USD"}, "cost", "blocked_limit"),
        ({"why": "密码 123456"}, "why", "secret"),
        ({"to_person": "nobody"}, "recipient", "gone"),
        ({"to_client": 999}, "", "gone"),
        ({"feedback_id": "none"}, "client", "bad_feedback"),
    ],
)
def test_bad_plans_are_refused_beside_their_field(
    store: Store, client: ClientId, fields: dict[str, Any], field: str, code: str
) -> None:
    error = refused(store, PlanGift(Draft(**{"client": client, "title": "青瓷茶则", **fields})))
    assert (error.field, error.code) == (field, code)
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM gift")) == 0


def test_a_refusal_by_a_gate_shows_the_text_of_its_rule(store: Store, client: ClientId) -> None:
    assert "as good as cash" in refused(store, PlanGift(Draft(client, "红包"))).said
    arrange.taste(store, client, "不喝酒")
    error = refused(store, PlanGift(Draft(client, "红酒")))
    assert error.code == "blocked_taste"
    assert "24" in error.said
    assert "不喝酒" in error.said


def test_the_same_gift_again_is_refused_until_24_months_are_over(store: Store, client: ClientId) -> None:
    gift = arrange.give(store, client, "青瓷茶则", 100)

    def given_on(day: date) -> None:
        def set_day(work: Any) -> None:
            work.get(Gift, gift).given_on = day

        perform(store, set_day)

    given_on(date(2024, 11, 22))
    assert refused(store, PlanGift(Draft(client, "青瓷 茶则"))).code == "blocked_taste"
    given_on(date(2024, 11, 21))
    store.perform(PlanGift(Draft(client, "青瓷 茶则")))


@pytest.mark.parametrize("status", [ClientStatus.DECEASED, ClientStatus.DO_NOT_CONTACT, ClientStatus.CLOSED])
def test_nothing_is_planned_bought_or_given_past_the_status_but_dropping_is(
    store: Store, client: ClientId, status: ClientStatus
) -> None:
    gift = arrange.plan(store, client)
    store.perform(SetStatus((client,), status))
    for command in (PlanGift(Draft(client, "湖笔")), BuyGift(gift, 100), GiveGift(gift)):
        assert refused(store, command).code == status.value
    other = arrange.client(store, "李文静")
    assert refused(store, PlanGift(Draft(other, "湖笔", to_client=client))).code == status.value
    store.perform(DropGift(gift))


@pytest.mark.parametrize(("cost", "passes"), [(99_999, True), (100_000, True), (100_001, False)])
def test_buying_at_the_limit_less_one_at_it_and_over(store: Store, client: ClientId, cost: int, passes: bool) -> None:
    gift = arrange.plan(store, client, yuan=None)
    if passes:
        store.perform(BuyGift(gift, cost))
        store.perform(GiveGift(gift))
        assert arrange.row(store, gift)["breach"] is None
    else:
        error = refused(store, BuyGift(gift, cost))
        assert (error.code, error.field) == ("needs_approval", "cost")
        assert arrange.row(store, gift)["state"] == "planned"


def test_two_gifts_on_one_day_share_the_limit(store: Store, client: ClientId) -> None:
    arrange.give(store, client, "青瓷茶则", 600)
    second = arrange.plan(store, client, "湖笔一套", 400.01)
    assert refused(store, BuyGift(second, 40_001)).code == "needs_approval"
    store.perform(BuyGift(second, 40_000))
    store.perform(GiveGift(second))


def test_a_gift_of_last_year_given_this_year_counts_this_year(store: Store, client: ClientId) -> None:
    from rmdesk.base import clock

    clock.fix(date(2026, 12, 31))
    first = arrange.plan(store, client, "青瓷茶则", 900)
    store.perform(BuyGift(first, 90_000))
    second = arrange.plan(store, client, "湖笔一套", 200)
    assert refused(store, BuyGift(second, 20_000)).code == "needs_approval"
    clock.fix(date(2027, 1, 1))
    store.perform(GiveGift(first, date(2026, 12, 31)))
    store.perform(BuyGift(second, 20_000))
    store.perform(GiveGift(second, date(2027, 1, 1)))
    assert arrange.row(store, second)["breach"] is None


def test_what_is_unknown_is_not_given(store: Store, client: ClientId) -> None:
    gift = arrange.plan(store, client, yuan=None)
    error = refused(store, GiveGift(gift))
    assert (error.code, error.field) == ("no_cost", "cost")


def test_no_day_ahead_and_none_before_the_giving(store: Store, client: ClientId) -> None:
    gift = arrange.plan(store, client)
    assert refused(store, BuyGift(gift, 100, on=TODAY + timedelta(1))).field == "on"
    assert refused(store, GiveGift(gift, TODAY + timedelta(1))).field == "on"
    store.perform(GiveGift(gift))
    assert refused(store, ReturnGift(gift, TODAY - timedelta(1))).code == "too_early"


def test_given_before_approval_is_refused_first_and_then_kept_as_a_breach(store: Store, client: ClientId) -> None:
    gift = arrange.plan(store, client, yuan=1_200)
    assert refused(store, GiveGift(gift)).code == "needs_approval"
    before = arrange.row(store, gift)
    outcome = store.perform(GiveGift(gift, knowingly=True))
    told = json.loads(arrange.row(store, gift)["breach"])
    assert told["over"] == [20_000]
    breach = store.read(gift_of, gift).breach
    assert breach is not None
    assert "200" in breach.said
    assert outcome.inverse is not None
    undone = store.perform(outcome.inverse)
    after = arrange.row(store, gift)
    assert {**after, "breach": None} == before
    taken_back = store.read(gift_of, gift).breach
    assert taken_back is not None
    assert TODAY.isoformat() in taken_back.said
    assert undone.inverse is not None
    store.perform(undone.inverse)
    assert arrange.row(store, gift)["state"] == "given"
    assert refused(store, RemoveGift(gift)).code == "has_records"


def test_a_lapse_of_taste_that_has_happened_is_still_told(store: Store, client: ClientId) -> None:
    gift = arrange.plan(store, client, "红酒")
    arrange.taste(store, client, "不喝酒")
    assert refused(store, BuyGift(gift, 100)).code == "blocked_taste"
    store.perform(GiveGift(gift))


def test_what_was_given_is_not_edited_and_what_was_asked_stays(store: Store, client: ClientId) -> None:
    given = arrange.give(store, client, "湖笔", 10)
    assert refused(store, EditGift(given, Draft(client, "别的"))).code == "sealed"
    asked = arrange.plan(store, client, yuan=1_200)
    store.perform(AskApproval(asked, "老客户六十大寿"))
    draft = store.read(gift_of, asked).draft
    other = arrange.client(store, "李文静")
    for changed, field in (
        ({"title": "别的"}, "title"),
        ({"cost_minor": 130_000}, "cost"),
        ({"to_client": other}, "recipient"),
        ({"client": other}, "client"),
    ):
        error = refused(store, EditGift(asked, _with(draft, **changed)))
        assert (error.code, error.field) == ("asked", field)
    store.perform(EditGift(asked, _with(draft, why="改个说明")))


def test_a_reaction_says_something(store: Store, client: ClientId) -> None:
    gift = arrange.give(store, client, "湖笔", 10)
    assert refused(store, NoteReaction(gift, "  ")).field == "reaction"
    assert refused(store, NoteReaction(gift, "好", 6)).field == "liking"
    store.perform(NoteReaction(gift, "", 3))


def test_a_gift_bought_goes_back_to_the_shop(store: Store, client: ClientId) -> None:
    gift = arrange.plan(store, client)
    store.perform(BuyGift(gift, 100))
    assert refused(store, DropGift(gift)).code == "bad_move"
    assert back_and_forth(store, gift, ReturnGift(gift))["state"] == "returned"


def test_a_change_is_on_record_with_the_client(store: Store, client: ClientId) -> None:
    gift = arrange.plan(store, client)
    kept = store.read(lambda reads: reads.one("SELECT client_id, label FROM change WHERE entity_id = ?", (gift,)))
    assert kept == (client, "Plan gift")


def test_a_client_of_the_recipient_himself_is_kept_once(store: Store, client: ClientId) -> None:
    gift = store.perform(PlanGift(Draft(client, "湖笔", to_client=client))).result
    assert arrange.row(store, gift)["to_client_id"] is None
    assert store.read(lambda reads: reads.value(f"SELECT count(*) FROM {Client.__tablename__}")) == 1


def _with(draft: Draft, **fields: Any) -> Draft:
    from dataclasses import replace

    return replace(draft, **fields)
