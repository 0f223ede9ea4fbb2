"""The meter reads gifts, events, benefits and contacts; the capacity reads cadences and contacts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from rmdesk.base import clock
from rmdesk.base.record import replace
from rmdesk.models.clients import Client
from rmdesk.models.clubs import BenefitUse
from rmdesk.models.gatherings import Gathering, Invitation
from rmdesk.models.gifts import Gift
from rmdesk.models.kinds import ClientId, Topic, new_id
from rmdesk.models.relations import Person, Relationship
from rmdesk.models.visits import Visit
from rmdesk.services.fairness.capacity import capacity
from rmdesk.services.fairness.queries import meter
from rmdesk.services.fairness.rules import Part
from rmdesk.services.fairness.words import backlog, plain_capacity, plain_meter, suggestion
from rmdesk.services.store.store import Store
from tests.services.imports.handovers import account, client, take_in
from tests.support.build import perform

TODAY = date(2026, 11, 21)
START = date(2026, 1, 1)
BOOK = {Topic.CLIENTS}
UNWEIGHED = "DELETE FROM client_figures WHERE client_id = ?"
BARRED = "UPDATE client SET status = 'do_not_contact' WHERE id = ?"


@pytest.fixture
def desk(store: Store) -> Store:
    """OLD is here since 2015 and has 600,000, NEW since August and has 400,000."""
    told = []
    for number, opened, amount in (("OLD", "2015-03-01", 600_000_00), ("NEW", "2026-08-03", 400_000_00)):
        told += [client(number, name="周文敏", opened_on=opened)]
        told += [account(f"A{number}", number, balance_minor=amount, currency="CNY", opened_on=opened)]
    take_in(store, told, as_of=TODAY)
    return store


def of(store: Store, number: str) -> ClientId:
    return ClientId(store.read(lambda reads: reads.value("SELECT id FROM client WHERE number = ?", (number,))))


def put(store: Store, *things: Any) -> None:
    def add(work: Any) -> None:
        for thing in things:
            work.add(thing)
            work.flush()

    perform(store, add)


def gift(client: int, yuan: int | None, on: date = date(2026, 9, 1), **more: Any) -> Gift:
    fields: dict[str, Any] = {"state": "given", "currency": "CNY", "given_on": on, **more}
    cost = None if yuan is None else yuan * 100
    return Gift(id=new_id(), client_id=client, title="茶", cost_minor=cost, entered_at=clock.now(), **fields)


def visit(client: int, on: date, channel: str = "phone", **more: Any) -> Visit:
    fields = {"state": "held", "two_way": True, "inbound": False, "marketing": False, **more}
    return Visit(id=new_id(), client_id=client, channel=channel, on=on, entered_at=clock.now(), **fields)


def test_the_meter_tells_money_and_hours_beside_the_aum(desk: Store) -> None:
    old, new = of(desk, "OLD"), of(desk, "NEW")
    day = date(2026, 9, 10)
    salon = Gathering(id=new_id(), kind="salon", title="茶会", on=day, state="held", cost_minor=100_00, guests=4,
                      entered_at=clock.now())  # fmt: skip
    came = [
        Invitation(id=new_id(), client_id=one, gathering_id=salon.id, title="茶会", on=day, came=True, companions=extra)
        for one, extra in ((old, 1), (new, None))
    ]
    use = BenefitUse(id=new_id(), client_id=new, benefit="car_wash", year=2026, turn=1, on=day, cost_minor=50_00,
                     currency="CNY", entered_at=clock.now())  # fmt: skip
    put(desk, gift(old, 100), gift(new, 300), salon, *came, use,
        visit(old, day), visit(new, day, "at_client", minutes=90), visit(new, day, two_way=False))  # fmt: skip
    found = desk.read(meter, START, TODAY)
    assert found.gifts == Part(300_00, 100_00)
    assert found.events == Part(25_00, 50_00)  # a quarter each of four guests: the colleague's guest is not ours
    assert found.benefits == Part(50_00, 0)
    assert found.minutes == Part(90, 10)  # noted, and the rule of the channel
    assert (found.contacts, found.noted) == (2, 1)
    assert found.aum == Part(400_000_00, 600_000_00)
    assert found.money_ratio == pytest.approx((150 / 525) / 0.6)
    assert found.hours_ratio == pytest.approx(0.1 / 0.6)
    assert found.ratio == found.money_ratio
    assert found.fair is False
    assert plain_meter(found)["aum"]["existing_share"] == 0.6


def test_who_is_new_is_judged_at_the_end_of_the_span_for_money_and_aum_alike(desk: Store) -> None:
    old = of(desk, "OLD")
    put(desk, gift(old, 10, date(2016, 2, 28)), gift(old, 20, date(2016, 2, 29)), gift(old, 40, date(2016, 3, 2)))
    before = desk.read(meter, date(2016, 1, 1), date(2016, 2, 29))
    assert (before.gifts, before.clients, before.aum) == (Part(new=30_00), Part(new=1), Part(new=600_000_00))
    after = desk.read(meter, date(2016, 1, 1), date(2016, 3, 1))
    assert (after.gifts, after.clients) == (Part(existing=30_00), Part(existing=1))
    assert after.aum == Part(existing=600_000_00)


def test_without_clients_on_one_side_nothing_is_compared(desk: Store) -> None:
    old, new = of(desk, "OLD"), of(desk, "NEW")
    put(desk, gift(old, 10), gift(new, 90), visit(old, TODAY), visit(new, TODAY))
    assert desk.read(meter, START, TODAY).fair is False
    later = desk.read(meter, START, date(2027, 8, 3))  # a year on nobody is new
    assert later.clients == Part(existing=2)
    assert (later.money_ratio, later.hours_ratio, later.ratio, later.fair) == (None, None, None, None)
    told = plain_meter(later)
    assert (told["ratio"], told["fair"]) == (None, None)
    assert told["incomparable"] == "No new clients in this period: nothing to compare"
    perform(desk, lambda work: work.bulk(UNWEIGHED, (new,), topics=BOOK))
    unweighed = desk.read(meter, START, TODAY)
    assert (unweighed.clients, unweighed.ratio) == (Part(1, 1), None)  # unknown AUM is not zero
    assert plain_meter(unweighed)["incomparable"] == "New or existing clients hold no known AUM: nothing to compare"


def test_what_is_not_known_is_not_zero(desk: Store) -> None:
    old = of(desk, "OLD")
    lonely = Gathering(id=new_id(), kind="salon", title="讲座", on=TODAY, state="held", cost_minor=80_00,
                       entered_at=clock.now())  # fmt: skip
    unpriced = Gathering(id=new_id(), kind="salon", title="茶会", on=TODAY, state="held", entered_at=clock.now())
    put(desk, gift(old, None), gift(old, 9, currency="XAU"), gift(old, 50, state="planned"), lonely, unpriced,
        Client(name="不详", kind="person", status="active"))  # fmt: skip
    found = desk.read(meter, START, TODAY)
    assert found.money == Part()
    assert (found.costless, found.unassigned) == (3, 80_00)
    assert found.ratio is None
    assert found.fair is None
    assert found.clients.total == 3


def test_spend_on_influencers_stands_against_spend_on_clients(desk: Store) -> None:
    old, new = of(desk, "OLD"), of(desk, "NEW")
    adviser = Person(id=new_id(), name="赵老师")
    tie = Relationship(id=new_id(), kind="influencer", from_person_id=adviser.id, to_client_id=old, noted_on=TODAY)
    put(desk, adviser, tie, gift(old, 30, to_person_id=adviser.id), gift(new, 20, to_person_id=adviser.id),
        gift(old, 100), gift(old, 7, to_client_id=old))  # fmt: skip
    found = desk.read(meter, START, TODAY)
    assert (found.direct, found.influencers, found.around) == (107_00, 30_00, 20_00)


def test_capacity_is_what_cadences_ask_for_against_the_measured_pace(desk: Store) -> None:
    old, new = of(desk, "OLD"), of(desk, "NEW")
    assert desk.read(capacity, TODAY).measured is None  # nothing on record: unknown, not zero
    put(desk, *(visit(old, TODAY - timedelta(ago)) for ago in (1, 59, 90)), visit(old, TODAY - timedelta(1)),
        visit(new, TODAY - timedelta(2), two_way=False), visit(new, TODAY))  # fmt: skip
    found = desk.read(capacity, TODAY)
    assert found.contacts == 2  # of two on one day one, and only those of the last 60 days that were answered
    assert found.measured == pytest.approx(2 / found.workdays)
    assert found.workdays == 39  # 22 September to 20 November without the week of the National Day
    assert found.asked == 2
    assert found.kept is True
    assert found.suggestions == ()


def test_only_contacts_that_a_cadence_asks_for_are_measured(desk: Store) -> None:
    old, new = of(desk, "OLD"), of(desk, "NEW")
    put(desk, Client(name="李新", kind="person", status="active"))  # no tier, no cadence
    other = desk.read(lambda reads: reads.value("SELECT id FROM client WHERE name = '李新'"))
    put(desk, *(visit(one, TODAY - timedelta(ago)) for one in (old, new, other) for ago in (5, 30)))
    assert desk.read(capacity, TODAY).contacts == 4
    perform(desk, lambda work: work.bulk(BARRED, (new,), topics=BOOK))
    found = desk.read(capacity, TODAY)
    assert (found.contacts, found.asked) == (2, 1)


def test_the_backlog_is_told_beside_the_pace(desk: Store) -> None:
    old = of(desk, "OLD")
    assert backlog(desk.read(capacity, TODAY)).said == "2 overdue; how long it takes to catch up is not known yet"
    put(desk, *(visit(old, TODAY - timedelta(ago)) for ago in range(1, 59)))
    found = desk.read(capacity, TODAY)
    assert (found.overdue, found.kept) == (1, True)  # nobody ever spoke with NEW
    told = plain_capacity(found)
    assert (told["overdue"], told["catch_up_days"]) == (1, 1)
    assert backlog(found).said == "1 overdue; at this pace about 1 working days to catch up"
    slow = replace(found, overdue=140, measured=found.needed)
    assert (slow.kept, slow.catch_up_days) == (True, None)
    assert backlog(slow).said == "140 overdue; can't be caught up at this pace"
    assert backlog(replace(found, overdue=0)).said == "Nobody is overdue."


def test_cadences_that_cannot_be_kept_come_with_what_would_help(desk: Store) -> None:
    more = [client(f"M{at}", name="李四", opened_on="2020-01-01") for at in range(60)]
    more += [account(f"B{at}", f"M{at}", balance_minor=300_000_00, currency="CNY") for at in range(60)]
    take_in(desk, more, as_of=TODAY)
    put(desk, *(visit(of(desk, "OLD"), TODAY - timedelta(ago)) for ago in range(1, 59)))
    found = desk.read(capacity, TODAY)
    assert found.measured is not None
    assert found.needed > found.measured
    assert found.kept is False
    assert found.feasible is (found.suggestions[-1].needed <= found.measured + 0.05)
    assert found.suggestions[0].cell.tier == "T3"
    assert "days" in suggestion(found.suggestions[0]).said
    assert plain_capacity(found)["suggestions"][0]["from_days"] == found.suggestions[0].cell.days


def test_a_pace_is_measured_from_the_first_day_on_record(desk: Store) -> None:
    old = of(desk, "OLD")
    put(desk, *(visit(old, TODAY - timedelta(ago)) for ago in range(1, 6)))
    assert desk.read(capacity, TODAY).measured is None  # four working days are too few
    put(desk, visit(old, date(2026, 11, 2)))
    found = desk.read(capacity, TODAY)
    assert (found.workdays, found.contacts) == (15, 6)
    assert found.measured == pytest.approx(6 / 15)
