"""Thursday: the calendar, a greeting by hand, who can introduce whom, and a client who wants no contact."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from PySide6.QtCore import Qt

from rmdesk.base import clock
from rmdesk.models.kinds import Channel, ClientStatus
from rmdesk.services.calendar import greeting
from rmdesk.services.calendar import queries as calendar
from rmdesk.services.care import queries as care
from rmdesk.services.clients.commands import SetStatus
from rmdesk.services.gifts.commands import PlanGift
from rmdesk.services.gifts.rules import Draft
from rmdesk.services.occasions import workdays
from rmdesk.services.occasions.commands import Greet
from rmdesk.services.occasions.queries import NamedDue, named
from rmdesk.services.relations.commands import AddRelationship
from rmdesk.services.relations.introductions import introductions
from rmdesk.services.relations.queries import relations_of
from rmdesk.services.visits import queries as visits
from rmdesk.services.visits.commands import PlanVisit
from rmdesk.services.visits.entry import Entry
from rmdesk.ui.calendar.page import CalendarPage
from tests.walk.hands import CONTROL
from tests.walk.telling import step
from tests.walk.week import Week, name_of, quiet

OWN = "书签还顺手吗？"
MONTH = timedelta(days=30)


def birthday(week: Week) -> NamedDue:
    """The lunar birthday noted on Tuesday, as the calendar has it."""
    found = week.hands.read(named, clock.today(), clock.today() + MONTH, (week.celebrates,))
    return next(one for one in found if one.occasion == week.birthday)


def greet(week: Week, one: NamedDue, text: str, draft: str | None) -> Greet:
    """A greeting for the birthday."""
    return Greet(one.client, one.key, one.on, Channel.CHAT, text, week.birthday, draft=draft)


@step("The calendar shows the birthday with its lunar day, and which days are holidays")
def look_at_calendar(week: Week) -> Iterator[object]:
    week.hands.press(Qt.Key.Key_3, CONTROL)
    week.hands.page(CalendarPage)
    one = birthday(week)
    entries = week.hands.read(calendar.entries, one.on, one.on)
    shown = next(entry for entry in entries if entry.due is not None and entry.due.occasion == week.birthday)
    october = [date(2026, 10, day) for day in range(1, 32)]
    off = [day for day in october if day.weekday() < 5 and not workdays.is_workday(day)]
    moved = [day for day in october if day.weekday() >= 5 and workdays.is_workday(day)]
    assert [day.day for day in off] == [1, 2, 5, 6, 7]
    assert [day.day for day in moved] == [10]
    yield f"{one.on} (lunar {one.lunar}): {shown.name}, {shown.text}, {one.years}"
    yield f"October: off on {', '.join(f'{day:%d}' for day in off)}, at work on Saturday {moved[0]:%d}"


@step("A template as it stands is refused; with a sentence of my own the greeting goes out")
def greet_by_hand(week: Week) -> Iterator[object]:
    one = birthday(week)
    start = week.hands.read(greeting.start_of, week.celebrates, week.birthday, one.on)
    draft = start.draft.filled(0)
    error = week.hands.refused(greet(week, one, draft, draft))
    assert error.code == "not_edited"
    week.hands.do(greet(week, one, draft + OWN, draft))
    yield error.said
    yield draft + OWN


@step("Nobody is greeted twice for one day")
def greet_once(week: Week) -> Iterator[object]:
    one = birthday(week)
    error = week.hands.refused(greet(week, one, "生日快乐", None))
    assert error.code == "greeted"
    assert one.greeted == clock.today()
    yield error.said


@step("I add a relationship; it reads right from both sides, and shows who can introduce me")
def relate(week: Week) -> Iterator[object]:
    mother, son = week.first, quiet(week, 3)
    week.hands.do(AddRelationship(mother, "child", son))
    there = next(row for row in week.hands.read(relations_of, mother) if row.other.node == son)
    back = next(row for row in week.hands.read(relations_of, son) if row.other.node == mother)
    assert (there.role, back.role) == ("child", "parent")
    ways = week.hands.read(introductions, son)
    assert mother in {way.hops[0].party.node for way in ways}
    names = [week.hands.read(name_of, one) for one in (mother, son)]
    yield f"{names[1]} is the {there.called} of {names[0]}; {names[0]} is the {back.called} of {names[1]}"
    yield from (" → ".join(hop.party.name for hop in way.hops) for way in ways)


@step("A client wants no contact; the name is gone from every list at once")
def no_contact(week: Week) -> Iterator[object]:
    hands, today = week.hands, clock.today()
    on_list = {item.client for item in hands.read(care.care_day).items}
    due = [one.client for one in hands.read(named, today, today + MONTH) if one.client in on_list]
    client = next(one for one in due if one not in (week.first, week.celebrates))
    hands.do(PlanVisit(Entry(client, Channel.PHONE, on=today + timedelta(days=1), purpose="年度检视")))
    assert client in {row.client for row in hands.read(visits.planned)}
    hands.do(SetStatus((client,), ClientStatus.DO_NOT_CONTACT))
    week.kept["gone"] = client
    lists: dict[str, Collection[object]] = {
        "Today": {item.client for item in hands.read(care.care_day).items},
        "planned visits": {row.client for row in hands.read(visits.planned)},
        "occasions": {one.client for one in hands.read(named, today, today + MONTH)},
        "calendar": {entry.client for entry in hands.read(calendar.entries, today, today + MONTH)},
        "gifts to prepare": {entry.client for entry in hands.read(calendar.preparing, today, today + MONTH)},
        "agenda": {row.client for row in hands.read(care.agenda, today + timedelta(days=1))},
    }
    assert [name for name, clients in lists.items() if client in clients] == []
    yield f"{hands.read(name_of, client)} is on none of: {', '.join(lists)}"


@step("Even a plan or a gift for that client is refused")
def refused_for(week: Week) -> Iterator[object]:
    client = week.kept["gone"]
    plan = Entry(client, Channel.PHONE, on=clock.today() + timedelta(days=1))
    yield week.hands.refused(PlanVisit(plan)).said
    yield week.hands.refused(PlanGift(Draft(client, "茶则", cost_minor=100))).said
