"""Events by their commands: lists without those who may not be asked, touches, attendance as a contact, undo."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from typing import Any

import pytest

from rmdesk.base.errors import Refused
from rmdesk.base.progress import Silent
from rmdesk.models.kinds import ClientId, ClientStatus, GatheringState, RecordId, Reply
from rmdesk.services.clients.commands import SetConsent, SetStatus
from rmdesk.services.exports.door import mark_of
from rmdesk.services.gatherings import guest_file, queries
from rmdesk.services.gatherings.commands import (
    CancelGathering,
    EditGathering,
    HoldGathering,
    PlanGathering,
    RemoveGathering,
)
from rmdesk.services.gatherings.entry import Plan
from rmdesk.services.gatherings.inviting import AddGuests, FollowUp, Invite, Listed, NoteAttendance, NoteReply
from rmdesk.services.gatherings.rules import Stand
from rmdesk.services.gatherings.timeline import events_of
from rmdesk.services.search.finding import find
from rmdesk.services.search.texts import IndexTexts
from rmdesk.services.store.store import Store
from tests.conftest import TODAY
from tests.services.imports.handovers import account, client, holding, take_in


@pytest.fixture
def desk(store: Store) -> Store:
    told = [client(f"C{n}", name="周文敏", opened_on="2018-01-01") for n in range(4)]
    told += [account(f"A{n}", f"C{n}", balance_minor=300_000_00, currency="CNY") for n in range(4)]
    take_in(store, told, as_of=TODAY)
    return store


def of(store: Store, number: int) -> ClientId:
    return ClientId(store.read(lambda reads: reads.value("SELECT id FROM client WHERE number = ?", (f"C{number}",))))


def everybody(store: Store) -> tuple[ClientId, ...]:
    return tuple(of(store, n) for n in range(4))


def planned(store: Store, days: int = 3, kind: str = "salon", **more: Any) -> RecordId:
    plan = Plan(kind, "茶会", TODAY + timedelta(days), **more)
    return store.perform(PlanGathering(plan, everybody(store))).result


def guests(store: Store, event: RecordId) -> tuple[queries.GuestRow, ...]:
    return tuple(sorted(store.read(queries.guests_of, event), key=lambda guest: guest.client))


def visits(store: Store) -> list[Any]:
    return store.read(
        lambda reads: reads.rows('SELECT client_id, channel, two_way, marketing, "on", minutes FROM visit ORDER BY 1')
    )


def test_who_may_not_be_contacted_stays_off_the_list(desk: Store) -> None:
    desk.perform(SetStatus((of(desk, 0),), ClientStatus.DECEASED))
    desk.perform(SetConsent((of(desk, 1),), False))
    salon, thanks = planned(desk), planned(desk, kind="family")
    assert [guest.client for guest in guests(desk, salon)] == [of(desk, 2), of(desk, 3)]  # marketing asks for consent
    assert [guest.client for guest in guests(desk, thanks)] == [of(desk, n) for n in (1, 2, 3)]
    again = desk.perform(AddGuests(salon, everybody(desk))).result
    assert again == Listed(done=0, known=2, stopped=2)


def test_an_invitation_to_a_salon_is_a_marketing_touch_and_there_are_two_in_thirty_days(desk: Store) -> None:
    for expected in (Listed(4), Listed(4), Listed(0, full=4)):
        keys = tuple(guest.id for guest in guests(desk, planned(desk)))
        assert desk.perform(Invite(keys)).result == expected
    assert len(visits(desk)) == 8
    assert all((two_way, marketing) == (0, 1) for _c, _channel, two_way, marketing, *_ in visits(desk))
    family = tuple(guest.id for guest in guests(desk, planned(desk, kind="family")))
    assert desk.perform(Invite(family)).result == Listed(4)  # an event of thanks is service
    assert desk.perform(Invite(family)).result == Listed(0, known=4)
    assert len(visits(desk)) == 8


def test_who_came_was_met_and_a_correction_takes_the_visit_back(desk: Store) -> None:
    event = planned(desk, -2, minutes=45)
    first, second = (guest.id for guest in guests(desk, event)[:2])
    done = desk.perform(NoteAttendance((first, second), came=True))
    day = (TODAY - timedelta(2)).isoformat()
    assert visits(desk) == [(of(desk, n), "event", 1, 0, day, 45) for n in (0, 1)]
    desk.perform(NoteAttendance((first,), came=True))  # said twice, met once
    assert len(visits(desk)) == 2
    desk.perform(NoteAttendance((first,), came=False))
    assert [row[0] for row in visits(desk)] == [of(desk, 1)]
    assert done.inverse is not None


def test_nobody_came_to_an_event_of_tomorrow(desk: Store) -> None:
    keys = tuple(guest.id for guest in guests(desk, planned(desk)))
    with pytest.raises(Refused, match="has not been yet"):
        desk.perform(NoteAttendance(keys, came=True))


def test_answers_companions_and_follow_up_stand_on_the_list(desk: Store) -> None:
    event = planned(desk, -1)
    first = guests(desk, event)[0].id
    desk.perform(NoteReply(first, Reply.YES, 2, "带父母"))
    desk.perform(FollowUp(first, "送照片"))
    found = guests(desk, event)[0]
    assert (found.stand, found.companions, found.note, found.task) == (Stand.YES, 2, "带父母", "送照片")
    assert found.invited_on == TODAY  # whoever answers was asked
    due = desk.read(lambda reads: reads.value("SELECT due_on FROM task"))
    assert due == (TODAY + timedelta(7)).isoformat()


def test_the_counts_and_the_cost_for_each_guest(desk: Store) -> None:
    event = planned(desk, -1, cost_minor=900_00, currency="CNY")
    keys = [guest.id for guest in guests(desk, event)]
    desk.perform(NoteReply(keys[0], Reply.YES, 1))
    desk.perform(NoteAttendance(tuple(keys[:2]), came=True))
    desk.perform(NoteAttendance((keys[2],), came=False))
    desk.perform(HoldGathering(event, 1_000_00, "CNY", None, "灯光偏暗"))
    row = desk.read(queries.gathering_of, event)
    assert row is not None
    assert (row.listed, row.invited, row.yes, row.came, row.absent, row.heads) == (4, 1, 1, 2, 1, 3)
    assert row.per_head == 333_33
    desk.perform(HoldGathering(event, 1_000_00, "CNY", 10))  # seven guests of colleagues
    row = desk.read(queries.gathering_of, event)
    assert row is not None
    assert (row.state, row.per_head) == (GatheringState.HELD, 100_00)


def test_what_came_of_an_event_are_contacts_and_holdings_of_the_days_after(desk: Store) -> None:
    event = planned(desk, -20)
    day = TODAY - timedelta(20)
    keys = [guest.id for guest in guests(desk, event)]
    desk.perform(NoteAttendance(tuple(keys[:3]), came=True))
    bought = [
        holding(key=f"H{n}{days}", client_number=f"C{n}", kind=kind, amount_minor=50_000_00, currency="CNY",
                started_on=(day + timedelta(days)).isoformat())
        for n, days, kind in ((0, 5, "wealth"), (0, 0, "wealth"), (0, 6, "loan"), (1, 5, "fund"), (3, 5, "fund"))
    ]  # fmt: skip
    take_in(desk, bought, as_of=TODAY)
    desk.perform(HoldGathering(event))
    row = desk.read(queries.gathering_of, event)
    assert row is not None
    found = queries.outcome_of(row, guests(desk, event))
    assert found is not None
    assert (found.came, found.bought, found.holdings, found.amount_minor) == (3, 2, 2, 100_000_00)
    assert found.over is False
    assert found.met == 0  # the event itself is no contact after it


def test_lists_follow_a_new_day_and_guests_know_of_a_cancelled_event(desk: Store) -> None:
    event = planned(desk)
    desk.perform(EditGathering(event, Plan("salon", "新茶会", date(2026, 12, 1))))
    told = desk.read(events_of, of(desk, 0), 10)
    assert [(one.on, one.text, one.title.said) for one in told] == [
        (date(2026, 12, 1), "新茶会", "On the list of an event")
    ]
    desk.perform(CancelGathering(event, "台风"))
    with pytest.raises(Refused, match="cancelled"):
        desk.perform(Invite((guests(desk, event)[0].id,)))


def test_the_list_of_guests_goes_out_as_a_file(desk: Store) -> None:
    event = planned(desk)
    desk.perform(NoteReply(guests(desk, event)[0].id, Reply.YES, 1, "=1+1"))
    content, count = desk.read(guest_file.as_made(event, "csv"), mark_of("李慧", "签到"), Silent())
    head, *rows = list(csv.reader(content.decode("utf-8-sig").splitlines()))
    assert (count, len(head)) == (4, len(guest_file.TITLES))
    assert ["周文敏", "Accepted an invitation", "2026-11-21", "1", "'=1+1", ""] in rows


def test_events_are_found_by_their_name_and_what_was_learned(desk: Store) -> None:
    event = planned(desk, -1)
    desk.perform(HoldGathering(event, lesson="客户最关心利率走向"))
    while desk.perform(IndexTexts()).result:
        pass
    assert [(hit.entity, hit.entity_id) for hit in desk.read(find, "利率走向")] == [("gathering", event)]
    assert [hit.entity for hit in desk.read(find, "茶会")] == ["gathering"]


def test_an_event_that_somebody_came_to_stays_on_record(desk: Store) -> None:
    event = planned(desk, -1)
    keys = tuple(guest.id for guest in guests(desk, event))
    desk.perform(NoteAttendance(keys[:1], came=True))
    with pytest.raises(Refused, match="came to this event"):
        desk.perform(RemoveGathering(event))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"kind": "ball"}, "kind"), ({"title": " "}, "title"), ({"on": None}, "on"), ({"at": "25:00"}, "at"),
     ({"minutes": 0}, "minutes"), ({"seats": -1}, "seats"), ({"cost_minor": -1}, "cost")],
)  # fmt: skip
def test_what_cannot_be_is_refused_beside_its_field(desk: Store, wrong: dict[str, Any], field: str) -> None:
    plan: dict[str, Any] = {"kind": "salon", "title": "茶会", "on": TODAY, **wrong}
    with pytest.raises(Refused) as refused:
        desk.perform(PlanGathering(Plan(**plan)))
    assert refused.value.field == field
