"""Specialists are asked about a client, answer, and what they said is followed up."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import ClientId, ConsentKind, Purpose, RecordId, RequestState, Topic
from rmdesk.services.campaigns.commands import MakeCampaign, RemoveCampaign
from rmdesk.services.campaigns.drafts import Draft
from rmdesk.services.profile.commands import NoteConsent
from rmdesk.services.specialists import queries, tables
from rmdesk.services.specialists.commands import (
    AddSpecialist,
    AskSpecialist,
    CloseQuestion,
    Details,
    DropQuestion,
    EditSpecialist,
    NoteReply,
    RetireSpecialist,
)
from rmdesk.services.store.store import Store
from rmdesk.services.timeline.queries import timeline_of
from rmdesk.services.visits import ledger
from rmdesk.services.visits.tasks import DoneTask
from tests.services.care.arrange import TODAY, WAN, book


@pytest.fixture
def client(store: Store) -> ClientId:
    return ClientId(book(store, lambda made: made.client("周文敏", 300 * WAN)))


def ask(store: Store, client: ClientId, **more: RecordId | None) -> RecordId:
    return store.perform(AskSpecialist(client, "law", "婚前财产如何隔离？", **more)).result  # type: ignore[arg-type]


def only(store: Store) -> queries.RequestRow:
    [row] = store.read(queries.requests)
    return row


def test_a_question_is_asked_answered_and_followed_up_by_a_task(store: Store, client: ClientId) -> None:
    who = store.perform(AddSpecialist(Details("沈律", "law", "合作律所"))).result
    campaign = store.perform(MakeCampaign(Draft("回访", Purpose.MAINTAIN, TODAY))).result
    asked = store.perform(AskSpecialist(client, "wealth", "如何隔离？", who, campaign=campaign))
    assert asked.topics == {Topic.SPECIALISTS}
    row = only(store)
    assert (row.who, row.field, row.campaign_name, row.state) == ("沈律", "law", "回访", RequestState.OPEN)
    assert row.due_on == TODAY + timedelta(days=tables.days("answer"))
    assert store.read(queries.specialists)[0].open == 1
    with pytest.raises(Refused, match="stays on record"):
        store.perform(RemoveCampaign(campaign))
    store.perform(NoteReply(asked.result, "做婚前财产公证", "把意见转告客户"))
    [task] = store.read(ledger.tasks, client)
    assert (task.text, task.due_on) == ("把意见转告客户", TODAY + timedelta(days=tables.days("follow")))
    row = only(store)
    assert (row.state, row.reply, row.follow, row.followed) == (
        RequestState.ANSWERED, "做婚前财产公证", "把意见转告客户", False,
    )  # fmt: skip
    store.perform(CloseQuestion(asked.result))
    assert (only(store).state, only(store).followed) == (RequestState.CLOSED, True)
    assert store.read(ledger.tasks, client) == ()
    titles = [event.title.said for event in store.read(timeline_of, client)]
    assert {"Specialist asked: Law", "Specialist answered: Law"} <= set(titles)


def test_doing_the_task_is_the_follow_up(store: Store, client: ClientId) -> None:
    request = ask(store, client)
    task = store.perform(NoteReply(request, "可以", "转告")).result
    assert task is not None
    store.perform(DoneTask(task))
    assert only(store).followed
    store.perform(CloseQuestion(request))


def test_an_answer_that_does_not_come_is_overdue(store: Store, client: ClientId) -> None:
    ask(store, client)
    [row] = store.read(queries.requests, client, TODAY + timedelta(days=tables.days("answer") + 1))
    assert row.overdue
    assert not only(store).overdue


def test_who_does_not_want_it_is_not_passed_on_to_a_specialist(store: Store, client: ClientId) -> None:
    assert store.read(queries.may_pass_on, client) is None
    store.perform(NoteConsent(client, ConsentKind.SPECIALIST, False, TODAY, how="电话"))
    with pytest.raises(Refused) as refused:
        ask(store, client)
    assert (refused.value.field, refused.value.code) == ("client", "no_consent")
    store.perform(NoteConsent(client, ConsentKind.SPECIALIST, True, TODAY, how="书面"))
    ask(store, client)


def test_a_question_goes_one_way(store: Store, client: ClientId) -> None:
    request = ask(store, client)
    with pytest.raises(Refused):
        store.perform(CloseQuestion(request))
    store.perform(DropQuestion(request))
    for command in (DropQuestion(request), NoteReply(request, "x")):
        with pytest.raises(Refused):
            store.perform(command)
    for bad in (AskSpecialist(client, "law", " "), AskSpecialist(client, "magic", "?")):
        with pytest.raises(Refused):
            store.perform(bad)


def test_who_is_retired_is_not_offered_and_what_was_asked_stays(store: Store, client: ClientId) -> None:
    who = store.perform(AddSpecialist(Details("沈律", "law"))).result
    store.perform(EditSpecialist(who, Details("沈律师", "law", note="婚姻家事")))
    ask(store, client, specialist=who)
    store.perform(RetireSpecialist(who))
    assert store.read(queries.specialists) == ()
    assert only(store).who == "沈律师"
