"""The queue of a lead and what comes back to a manager: who sees what, why, and until when."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import ClientId, Word
from rmdesk.models.sync import SyncRecord, SyncScope
from rmdesk.services.care.returned import returned
from rmdesk.services.gifts import decided
from rmdesk.services.gifts.approvals import AskApproval, DecideApproval, RevokeApproval
from rmdesk.services.segments import figures
from rmdesk.services.store.store import Store
from rmdesk.services.sync import queries as sync_queries
from rmdesk.services.team import queries, rules, words
from rmdesk.services.team.amending import TurnIntoAddendum
from rmdesk.services.team.commands import AddAddendum, ReviewRecord
from rmdesk.services.team.members import team_of
from rmdesk.services.team.rows import QueueRow
from rmdesk.services.team.rules import Why
from rmdesk.services.visits.commands import EditVisit
from rmdesk.services.visits.entry import Entry
from tests.conftest import TODAY
from tests.services.gifts import arrange as gifts
from tests.services.team import arrange
from tests.support.build import perform


def why(rows: tuple[QueueRow, ...]) -> dict[str, Why]:
    return {one.id: one.why for one in rows}


def queue(store: Store, **how: Any) -> dict[str, Why]:
    return why(store.read(queries.queue, **how))


@pytest.fixture
def client(store: Store) -> ClientId:
    arrange.be_lead(store)
    return arrange.client(store)


def test_gifts_and_closed_complaints_always_and_visits_by_sample(store: Store, client: ClientId) -> None:
    visits = [arrange.visit(store, client, f"第 {number} 次") for number in range(40)]
    given, closed = arrange.gift(store, client), arrange.complaint(store, client)
    arrange.complaint(store, client, closed=False)
    found = queue(store)
    drawn = {key for key in visits if rules.in_sample("", key, rules.number("sampling", "share"))}
    assert found == {given: Why.GIFT, closed: Why.COMPLAINT} | dict.fromkeys(drawn, Why.SAMPLE)
    whole = queue(store, everything=True)
    assert set(whole) == {*visits, given, closed}
    assert {whole[key] for key in set(visits) - drawn} == {Why.OTHER}


def test_what_is_old_is_left_alone(store: Store, client: ClientId) -> None:
    key = arrange.visit(store, client)
    late = TODAY + timedelta(days=rules.number("sampling", "window_days") + 2)
    assert key in queue(store, everything=True)
    assert key not in queue(store, everything=True, day=late)
    arrange.review(store, "visit", key, Word.RETURNED)
    store.perform(EditVisit(key, Entry(client, "phone", "补充了", on=TODAY)))
    assert queue(store, day=late) == {key: Why.CHANGED}


def test_a_word_takes_a_record_out_until_it_is_changed_or_added_to(store: Store, client: ClientId) -> None:
    arrange.look_at_all(store)
    key = arrange.visit(store, client)
    assert queue(store) == {key: Why.SAMPLE}
    arrange.review(store, "visit", key, Word.RETURNED)
    assert queue(store) == {}
    assert [one.id for one in store.read(returned)] == [key]
    store.perform(EditVisit(key, Entry(client, "phone", "补充了内容", on=TODAY)))
    (row,) = store.read(queries.queue)
    assert (row.why, row.before) == (Why.CHANGED, "returned")
    assert store.read(returned) == ()
    arrange.review(store, "visit", key)
    assert queue(store) == {}
    store.perform(AddAddendum("visit", key, "客户次日来电"))
    assert queue(store) == {key: Why.ADDED}
    arrange.review(store, "visit", key, Word.EXEMPLARY)
    assert queue(store) == {}


def test_an_addendum_answers_a_word_too(store: Store, client: ClientId) -> None:
    key = arrange.complaint(store, client)
    arrange.review(store, "complaint", key, Word.DISCUSS, "面谈一下")
    (row,) = store.read(returned)
    assert (row.word, row.comment, row.client_name) == ("discuss", "面谈一下", "周文敏")
    store.perform(AddAddendum("complaint", key, "已面谈"))
    assert store.read(returned) == ()
    assert queue(store) == {key: Why.ADDED}


def test_requests_come_first(store: Store, client: ClientId) -> None:
    arrange.look_at_all(store)
    arrange.visit(store, client)
    request = store.perform(AskApproval(gifts.plan(store, client, yuan=1_200), "六十大寿")).result
    first, second = store.read(queries.queue)
    assert (first.entity, first.id, first.why, first.amount_minor) == ("gift_approval", request, Why.REQUEST, 120_000)
    assert second.entity == "visit"


def test_a_manager_has_no_queue(store: Store) -> None:
    arrange.visit(store, arrange.client(store))
    assert store.read(queries.queue, everything=True) == ()
    assert store.read(queries.waiting) == 0
    assert store.read(team_of).members == ()


def test_a_lead_sees_the_books_of_the_team_and_no_other(store: Store) -> None:
    arrange.look_at_all(store)
    arrange.join(store, own=arrange.book(7))
    seen = {
        arrange.visit(store, arrange.client(store, name, arrange.book(number))): member
        for number, name, member in ((1, "单建华", "王涛"), (2, "周文敏", "李文静"))
    }
    hidden = [arrange.client(store, "外人", arrange.book(9)), arrange.client(store, "自己的", arrange.book(7))]
    hidden.append(arrange.client(store, "无主"))
    for client in hidden:
        key = arrange.visit(store, client)
        arrange.gift(store, client)
        arrange.complaint(store, client)
        with pytest.raises(Refused) as caught:
            store.perform(ReviewRecord("visit", key, Word.APPROVED))
        assert caught.value.code == "not_team"
    found = store.read(queries.queue, everything=True)
    assert {one.id: one.member for one in found} == seen
    assert [one.name for one in store.read(team_of).members] == ["李文静", "王涛"]  # as they are read aloud
    for key in seen:
        store.perform(ReviewRecord("visit", key, Word.APPROVED))


def test_a_second_book_of_a_manager_is_seen_too(store: Store) -> None:
    arrange.look_at_all(store)
    arrange.join(store)
    second = SyncScope(id=f"book:{arrange.book(5)}", kind="book", owner="2" * 32, phase="live")
    foreign = SyncScope(id=f"book:{arrange.book(6)}", kind="book", owner="9" * 32, phase="live")
    perform(store, lambda work: [work.add(one) for one in (second, foreign)])
    key = arrange.visit(store, arrange.client(store, book=arrange.book(5)))
    arrange.visit(store, arrange.client(store, book=arrange.book(6)))
    assert {one.id: one.member for one in store.read(queries.queue)} == {key: "王涛"}


def test_a_book_that_is_no_longer_followed_is_not_seen(store: Store) -> None:
    arrange.look_at_all(store)
    arrange.join(store)
    key = arrange.visit(store, arrange.client(store, book=arrange.book(1)))
    assert set(queue(store)) == {key}
    perform(
        store, lambda work: work.bulk("DELETE FROM sync_scope WHERE id = ?", (f"book:{arrange.book(1)}",), topics=())
    )
    assert queue(store) == {}


def test_what_came_back_is_for_whoever_writes_the_book(store: Store) -> None:
    client = arrange.client(store, book=arrange.book(1))
    arrange.be_lead(store)
    key = arrange.visit(store, client)
    arrange.review(store, "visit", key, Word.RETURNED)
    arrange.join(store)  # as the lead, who does not write this book
    assert store.read(returned) == ()
    perform(store, lambda work: work.bulk("UPDATE sync_scope SET write = 1 WHERE id LIKE ?", ("book:%1",), topics=()))
    assert [one.id for one in store.read(returned)] == [key]


def test_visits_of_the_highest_tier_are_all_there(store: Store) -> None:
    arrange.be_lead(store)
    client = arrange.client(store, aum_minor=2_000_000_000, currency="CNY", aum_on=TODAY)
    perform(store, figures.refresh)
    keys = [arrange.visit(store, client, f"第 {number} 次") for number in range(12)]
    rows = store.read(queries.queue)
    assert {one.tier for one in rows} == {"T5"}
    assert why(rows) == dict.fromkeys(keys, Why.TIER)


def test_the_lead_decides_and_the_gift_follows_at_the_managers_desk(store: Store) -> None:
    """Both desks in one file: the lead's says, then the manager's takes in what was said."""
    client = arrange.client(store, book=arrange.book(1))
    gift = gifts.plan(store, client, yuan=1_200)
    request = store.perform(AskApproval(gift, "六十大寿")).result
    arrange.join(store)
    assert [one.id for one in store.read(queries.queue)] == [request]
    done = store.perform(DecideApproval(request, approve=True, comment="好"))
    assert gifts.row(store, gift)["state"] == "awaiting"
    assert store.read(queries.queue) == ()
    assert done.inverse is not None
    back = store.perform(done.inverse)
    assert [one.id for one in store.read(queries.queue)] == [request]
    assert back.inverse is not None
    store.perform(back.inverse)
    assert store.read(decided.behind) == ()  # this desk does not write the book
    perform(store, lambda work: work.bulk("UPDATE sync_scope SET write = 1 WHERE id LIKE 'book:%1'", topics=()))
    assert [state.value for _key, state in store.read(decided.behind)] == ["approved"]
    assert store.perform(decided.TakeInDecisions()).result == 1
    assert gifts.row(store, gift)["state"] == "approved"
    assert store.perform(decided.TakeInDecisions()).result == 0


def test_a_decision_that_was_sent_is_revoked_not_taken_back(store: Store) -> None:
    client = arrange.client(store, book=arrange.book(1))
    gift = gifts.plan(store, client, yuan=1_200)
    request = store.perform(AskApproval(gift, "六十大寿")).result
    arrange.join(store)
    done = store.perform(DecideApproval(request, approve=True))
    sent = SyncRecord(entity="gift_approval", entity_id=request, client_id=client, rev=5, dirty={})
    perform(store, lambda work: work.add(sent))
    assert done.inverse is not None
    with pytest.raises(Refused) as caught:
        store.perform(done.inverse)
    assert caught.value.code == "sent"
    store.perform(RevokeApproval(request, "价格有变"))
    perform(store, lambda work: work.bulk("UPDATE gift SET state = 'approved'", topics=()))
    perform(store, lambda work: work.bulk("UPDATE sync_scope SET write = 1", topics=()))
    assert store.perform(decided.TakeInDecisions()).result == 1
    assert gifts.row(store, gift)["state"] == "planned"


@pytest.mark.parametrize(("role", "own"), [("manager", 1), ("lead", 1)])
def test_nobody_decides_on_their_own_gift(store: Store, role: str, own: int) -> None:
    client = arrange.client(store, book=arrange.book(own))
    request = store.perform(AskApproval(gifts.plan(store, client, yuan=1_200), "六十大寿")).result
    arrange.be_lead(store)  # what the settings say counts no more once a hub is joined
    arrange.join(store, role=role, own=arrange.book(own))
    with pytest.raises(Refused) as caught:
        store.perform(DecideApproval(request, approve=True))
    assert caught.value.code == "not_lead"


def test_an_edit_that_came_after_the_approval_becomes_an_addendum(store: Store) -> None:
    """Case 27 of the design, at the manager's desk: the hub refused the edit, since the approval came first."""
    client = arrange.client(store, book=arrange.book(1))
    arrange.be_lead(store)
    key = arrange.visit(store, client, "离线时改过的话")
    arrange.join(store, role="manager", own=arrange.book(1))
    refused = SyncRecord(
        entity="visit", entity_id=key, client_id=client, rev=3, dirty={"content": 3}, state="refused",
        refusal={"code": "sealed", "field": ""},
    )  # fmt: skip
    perform(store, lambda work: work.add(refused))
    (row,) = store.read(sync_queries.refused)
    text = "\n".join(f"{name}: {value}" for name, value in row.fields)
    store.perform(TurnIntoAddendum("visit", key, text))
    (added,) = store.read(words.addenda_of, "visit", key)
    assert "离线时改过的话" in added.text
    assert store.read(sync_queries.refused) == ()
