"""Tuesday: a lunar birthday, and a gift that keeps within the limits or asks first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from rmdesk.base import clock
from rmdesk.models.kinds import Calendar, GiftState
from rmdesk.services.calendar.kept import days_of
from rmdesk.services.gifts.approvals import AskApproval, DecideApproval
from rmdesk.services.gifts.commands import BuyGift, EditGift, GiveGift, NoteReaction, PlanGift
from rmdesk.services.gifts.facts import facts_for
from rmdesk.services.gifts.queries import gift_of
from rmdesk.services.gifts.rules import Draft
from rmdesk.services.occasions import lunar
from rmdesk.services.occasions.commands import AddOccasion
from rmdesk.services.occasions.details import Details
from rmdesk.services.settings.commands import ChangeSetting
from tests.walk.telling import step
from tests.walk.week import Week, quiet

GIFT, FOR_LATER = "苏绣书签一套", "手抄本诗集"
AHEAD = timedelta(days=6)


@step("I note a lunar birthday; rmdesk says on which day it falls this year and when to prepare")
def note_birthday(week: Week) -> Iterator[object]:
    week.celebrates = quiet(week, 0)
    falls = clock.today() + AHEAD
    day = lunar.to_lunar(falls)
    details = Details(calendar=Calendar.LUNAR, year=1968, month=day.month, day=day.day)
    week.birthday = week.hands.do(AddOccasion(week.celebrates, details))
    kept = next(one for one in week.hands.read(days_of, week.celebrates) if one.id == week.birthday)
    assert kept.next == falls
    assert kept.lead_days > 0
    yield (
        f"lunar month {day.month} day {day.day} of 1968: falls on {kept.next}, in {kept.days} days; "
        f"a gift is prepared {kept.lead_days} days ahead"
    )


@step("A gift exactly at the limit may be bought without asking anybody")
def buy_at_the_limit(week: Week) -> Iterator[object]:
    draft = Draft(week.celebrates, GIFT, occasion_id=week.birthday, planned_for=clock.today() + AHEAD)
    limit = week.hands.read(facts_for, draft).rooms[0].limit
    week.kept["draft"] = replace(draft, cost_minor=limit)
    week.kept["gift"] = week.hands.do(PlanGift(week.kept["draft"]))
    week.hands.do(BuyGift(week.kept["gift"], limit))
    assert week.hands.read(gift_of, week.kept["gift"]).state is GiftState.BOUGHT
    yield f"{GIFT}: {limit / 100:,.2f}, the limit for one recipient in a year; bought"
    week.hands.app.parts.desk.undo()  # back to the plan
    week.hands.settle()


@step("One cent more is refused until the team lead has approved")
def one_cent_more(week: Week) -> Iterator[object]:
    gift, draft = week.kept["gift"], week.kept["draft"]
    assert draft.cost_minor is not None
    assert week.hands.read(gift_of, gift).state is GiftState.PLANNED
    week.hands.do(EditGift(gift, replace(draft, cost_minor=draft.cost_minor + 1)))
    error = week.hands.refused(BuyGift(gift, draft.cost_minor + 1))
    assert error.code == "needs_approval"
    yield f"{(draft.cost_minor + 1) / 100:,.2f}: {error.said}"


@step("I can't approve my own request; the team lead does")
def lead_approves(week: Week) -> Iterator[object]:
    gift = week.kept["gift"]
    request = week.hands.do(AskApproval(gift, "二十年的老客户，今年本命年"))
    error = week.hands.refused(DecideApproval(request, approve=True))
    yield error.said
    week.hands.do(ChangeSetting("general.role", "lead"))  # the lead sits down at the desk
    week.hands.do(DecideApproval(request, approve=True, comment="同意"))
    week.hands.do(ChangeSetting("general.role", "manager"))
    row = week.hands.read(gift_of, gift)
    assert row.state is GiftState.APPROVED
    assert row.approval is not None
    yield f"request of {row.approval.asked_on}: {row.approval.state}, {row.approval.comment}"


@step("I buy the gift, give it on the day, and note the reaction")
def give(week: Week) -> Iterator[object]:
    gift, cost = week.kept["gift"], week.kept["draft"].cost_minor + 1
    week.hands.do(BuyGift(gift, cost))
    week.hands.do(GiveGift(gift))
    week.hands.do(NoteReaction(gift, "很喜欢，当场戴上眼镜细看针脚", 5))
    row = week.hands.read(gift_of, gift)
    assert row.state is GiftState.NOTED
    assert row.breach is None
    yield f"{row.title} given on {row.given_on}, liked {row.liking} of 5, no breach: {row.reaction}"


@step("The same gift again within 24 months is refused")
def no_repeat(week: Week) -> Iterator[object]:
    error = week.hands.refused(PlanGift(Draft(week.celebrates, GIFT, cost_minor=100)))
    assert error.code == "blocked_taste"
    yield error.said
