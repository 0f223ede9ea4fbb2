"""Wednesday: a complaint from the first word to the client's verdict, and thanks for a good suggestion."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from rmdesk.base import clock
from rmdesk.models.kinds import Channel, FeedbackKind, Verdict
from rmdesk.services.care import queries as care
from rmdesk.services.complaints import queries
from rmdesk.services.complaints.commands import AddStep, CloseComplaint, Details, RegisterComplaint
from rmdesk.services.complaints.feedback import NoteFeedback, ReplyToFeedback, ValueFeedback
from rmdesk.services.complaints.queries import ComplaintRow
from rmdesk.services.gifts.commands import BuyGift, GiveGift, PlanGift
from rmdesk.services.gifts.rules import Draft
from rmdesk.services.occasions.workdays import is_workday
from tests.walk.telling import step
from tests.walk.week import Week, quiet

STEPS = ("回电致歉并说明处理时限", "会同网点核实排队记录")


def complaint(week: Week) -> ComplaintRow:
    """The complaint of the week as its page shows it."""
    return week.hands.read(queries.complaints_of, quiet(week, 1))[0]


def working_days(first: date, last: date) -> int:
    """Working days after the first day up to the last, counted one by one."""
    return sum(is_workday(first + timedelta(days=at)) for at in range(1, (last - first).days + 1))


@step("A client complains; I am the first to be asked and stay responsible, and the clock runs in working days")
def complain(week: Week) -> Iterator[object]:
    details = Details("网点排队两个小时，柜面态度生硬", 600, clock.today(), Channel.PHONE)
    week.kept["complaint"] = week.hands.do(RegisterComplaint(quiet(week, 1), details))
    row = complaint(week)
    assert row.open
    assert row.owner == week.hands.store.who
    assert working_days(row.received_on, row.due_on) == row.allowed
    yield f"owner {row.owner}; {row.allowed} working days, until {row.due_on}: {row.text}"


@step("Each step is on record, and it can't be closed without a solution")
def steps(week: Week) -> Iterator[object]:
    for text in STEPS:
        week.hands.do(AddStep(week.kept["complaint"], text))
    assert {one.text for one in complaint(week).steps} == set(STEPS)
    error = week.hands.refused(CloseComplaint(week.kept["complaint"], " ", Verdict.SATISFIED))
    assert error.field == "solution"
    yield from (f"{one.on} {one.who}: {one.text}" for one in complaint(week).steps)
    yield error.said


@step("I close it with the client's verdict, and it no longer presses on the care list")
def close(week: Week) -> Iterator[object]:
    assert week.kept["complaint"] in {one.id for one in week.hands.read(queries.open_complaints)}
    last = complaint(week).due_on  # on which it would press most
    pressed = week.hands.read(care.receipt, quiet(week, 1), day=last)
    assert any(line.rule == "S" and line.points > 0 for line in pressed.lines)
    week.hands.do(CloseComplaint(week.kept["complaint"], "预约专属时段，柜员当面致歉", Verdict.SATISFIED))
    row, eased = complaint(week), week.hands.read(care.receipt, quiet(week, 1), day=last)
    assert not row.open
    assert not any(line.rule == "S" and line.points > 0 for line in eased.lines)
    assert eased.score < pressed.score
    assert week.kept["complaint"] not in {one.id for one in week.hands.read(queries.open_complaints)}
    yield f"closed on {row.closed_on} after {row.used} of {row.allowed} days, {row.verdict}: {row.solution}"
    yield f"on {last} it would have made the score {pressed.score:.1f}; now {eased.score:.1f}"


@step("A client's suggestion helped us; a gift of thanks is tied to it")
def thank(week: Week) -> Iterator[object]:
    client, hands = quiet(week, 2), week.hands
    said = "建议把老花镜放在填单台右手边"
    feedback = hands.do(NoteFeedback(client, FeedbackKind.SUGGESTION, said, clock.today(), Channel.BRANCH))
    hands.do(ReplyToFeedback(feedback, "已采纳，三个网点都照办"))
    hands.do(ValueFeedback(feedback))
    gift = hands.do(PlanGift(Draft(client, "手作茶点礼盒", cost_minor=12_800, feedback_id=feedback)))
    hands.do(BuyGift(gift, 12_800))
    hands.do(GiveGift(gift))
    row = next(one for one in hands.read(queries.feedback_of, client) if one.id == feedback)
    assert row.valued
    assert row.thanked
    yield f"{row.kind}, answered on {row.replied_on}, thanked with a gift: {row.text}"
