"""Complaints and feedback: each command and its way back, the owner who stays, what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.models.kinds import Channel, ClientId, FeedbackKind, RecordId, Topic, Verdict
from rmdesk.services.clients.commands import AddProspect
from rmdesk.services.clients.rules import Details as Person
from rmdesk.services.complaints import queries
from rmdesk.services.complaints.commands import (
    AddStep,
    CloseComplaint,
    Details,
    EditComplaint,
    ExtendComplaint,
    RegisterComplaint,
    ReopenComplaint,
)
from rmdesk.services.complaints.feedback import NoteFeedback, RemoveFeedback, ReplyToFeedback, ValueFeedback
from rmdesk.services.complaints.queries import ComplaintRow
from rmdesk.services.store.command import Command
from rmdesk.services.store.store import Store

TODAY = date(2026, 11, 20)
DETAILS = Details("等了四十分钟", 300, date(2026, 11, 16), Channel.BRANCH)


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def client(store: Store) -> ClientId:
    return store.perform(AddProspect(Person("测试甲"))).result


@pytest.fixture
def complaint(store: Store, client: ClientId) -> RecordId:
    return store.perform(RegisterComplaint(client, DETAILS)).result


def tables(store: Store) -> list[list[tuple[object, ...]]]:
    names = ("complaint", "complaint_step", "feedback")
    return store.read(lambda reads: [reads.rows(f"SELECT * FROM {name} ORDER BY id") for name in names])


def one(store: Store, client: ClientId) -> ComplaintRow:
    return store.read(queries.complaints_of, client)[0]


def there_and_back(store: Store, command: Command[object]) -> None:
    """Do, take back, do again, take back: the tables are as before and as after each time."""
    before = tables(store)
    done = store.perform(command)
    after = tables(store)
    assert after != before
    assert done.topics == {Topic.COMPLAINTS}
    for expected in (before, after, before):
        assert done.inverse is not None
        done = store.perform(done.inverse)
        assert tables(store) == expected


def test_whoever_takes_it_down_is_its_owner_and_the_clock_starts(store: Store, client: ClientId) -> None:
    there_and_back(store, RegisterComplaint(client, DETAILS))
    store.perform(RegisterComplaint(client, DETAILS))
    row = one(store, client)
    assert (row.owner, row.allowed, row.used, row.due_on, row.late) == ("tester", 15, 4, date(2026, 12, 7), False)


def test_a_complex_one_has_thirty_days_also_when_that_is_found_later(
    store: Store, client: ClientId, complaint: RecordId
) -> None:
    hard = Details("等了四十分钟", 600, date(2026, 11, 16), Channel.PHONE, hard=True)
    there_and_back(store, EditComplaint(complaint, hard))
    store.perform(EditComplaint(complaint, hard))
    assert one(store, client).allowed == 30


def test_time_is_extended_once_with_a_name(store: Store, client: ClientId, complaint: RecordId) -> None:
    with pytest.raises(Refused) as refused:
        store.perform(ExtendComplaint(complaint, " "))
    assert refused.value.field == "by"
    there_and_back(store, ExtendComplaint(complaint, "王主管"))
    store.perform(ExtendComplaint(complaint, "王主管"))
    assert one(store, client).allowed == 45
    with pytest.raises(Refused, match="extended"):
        store.perform(ExtendComplaint(complaint, "王主管"))


def test_steps_lie_between_receipt_and_today(store: Store, complaint: RecordId) -> None:
    there_and_back(store, AddStep(complaint, "回电致歉"))
    for bad in (date(2026, 11, 15), date(2026, 11, 21)):
        with pytest.raises(Refused) as refused:
            store.perform(AddStep(complaint, "回电", bad))
        assert refused.value.field == "on"


def test_closing_needs_a_solution_and_reopening_lets_the_clock_go_on(
    store: Store, client: ClientId, complaint: RecordId
) -> None:
    with pytest.raises(Refused) as refused:
        store.perform(CloseComplaint(complaint, "", Verdict.ACCEPTED))
    assert refused.value.field == "solution"
    there_and_back(store, CloseComplaint(complaint, "致歉并赠停车券", Verdict.UNFAVOURABLE))
    store.perform(CloseComplaint(complaint, "致歉", Verdict.SATISFIED))
    assert not one(store, client).open
    with pytest.raises(Refused, match="closed"):
        store.perform(AddStep(complaint, "再次回电"))
    there_and_back(store, ReopenComplaint(complaint))
    store.perform(ReopenComplaint(complaint))
    assert one(store, client).received_on == DETAILS.received_on


def test_a_day_ahead_and_a_secret_are_refused_beside_their_fields(store: Store, client: ClientId) -> None:
    with pytest.raises(Refused) as ahead:
        store.perform(RegisterComplaint(client, Details("慢", 300, date(2026, 11, 21))))
    with pytest.raises(Refused) as secret:
        store.perform(RegisterComplaint(client, Details("取款密码是 493817", 300, TODAY)))
    assert (ahead.value.field, secret.value.field) == ("received_on", "text")
    assert tables(store)[0] == []


def test_open_complaints_come_by_their_last_day(store: Store, client: ClientId, complaint: RecordId) -> None:
    nearer = store.perform(RegisterComplaint(client, Details("费用", 600, date(2026, 11, 2)))).result
    closed = store.perform(RegisterComplaint(client, DETAILS)).result
    store.perform(CloseComplaint(closed, "已致歉", Verdict.ACCEPTED))
    assert [row.id for row in store.read(queries.open_complaints)] == [nearer, complaint]


def test_feedback_is_noted_answered_valued_and_removed(store: Store, client: ClientId) -> None:
    note = NoteFeedback(client, FeedbackKind.SUGGESTION, "建议设老花镜", TODAY, Channel.BRANCH)
    there_and_back(store, note)
    feedback = store.perform(note).result
    there_and_back(store, ReplyToFeedback(feedback, "已在大堂添置"))
    there_and_back(store, ValueFeedback(feedback))
    there_and_back(store, RemoveFeedback(feedback))
    row = store.read(queries.feedback_of, client)[0]
    assert (row.kind, row.valued, row.thanked) == (FeedbackKind.SUGGESTION, False, False)
    with pytest.raises(Refused) as refused:
        store.perform(NoteFeedback(client, FeedbackKind.PRAISE, "\u202e ", TODAY))
    assert refused.value.field == "text"
