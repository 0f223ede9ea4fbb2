"""Deceased and do-not-contact take a client off every list at once, and taking the status back brings all back.

What was planned stays on record: it is only not shown or offered meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from rmdesk.base import clock
from rmdesk.models.clients import Client
from rmdesk.models.gifts import Gift
from rmdesk.models.kinds import ClientId, ClientStatus
from rmdesk.models.occasions import Occasion
from rmdesk.models.visits import Promise, Task, Visit
from rmdesk.services.calendar import queries as calendar
from rmdesk.services.care import queries as care
from rmdesk.services.care.steps import next_steps
from rmdesk.services.clients.commands import SetStatus
from rmdesk.services.gifts import waiting
from rmdesk.services.occasions import queries as occasions
from rmdesk.services.route import queries as route
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.store import Store
from rmdesk.services.visits import queries as visits
from tests.conftest import TODAY
from tests.support.build import perform

ZHOU = ClientId(1)
LAST = TODAY + timedelta(14)

LISTS: dict[str, Callable[[Reads], Any]] = {
    "planned visits": visits.planned,
    "visits and tasks that wait": lambda reads: _count(visits.waiting(reads).visits + visits.waiting(reads).tasks),
    "calendar": lambda reads: calendar.entries(reads, TODAY, LAST),
    "gifts to prepare": lambda reads: calendar.preparing(reads, TODAY - timedelta(30), LAST),
    "occasions": lambda reads: occasions.named(reads, TODAY, LAST),
    "gifts to do": lambda reads: _count(waiting.to_do(reads)),
    "agenda of today": care.agenda,
    "occasions of the week": care.occasions_ahead,
    "care list": lambda reads: care.care_day(reads).items,
    "next steps": lambda reads: next_steps(reads, ZHOU),
    "route of the day": lambda reads: route.route_of(reads).plan.stops,
}


def _count(number: int) -> tuple[int, ...]:
    return tuple(range(number))


@pytest.fixture
def busy(store: Store) -> Store:
    """A client with something of everything ahead."""
    soon = TODAY + timedelta(2)
    now = clock.now()
    things = (
        Client(
            id=1, name="周文敏", birth_date=f"1975-{soon:%m-%d}", aum_minor=9_000_000_00, currency="CNY", aum_on=TODAY
        ),
        Visit(id="v1", client_id=1, state="planned", channel="at_client", on=TODAY, entered_at=now),
        Visit(id="v2", client_id=1, state="held", channel="phone", on=date(2026, 1, 5), entered_at=now),
        Task(id="t1", client_id=1, text="约时间", made_on=TODAY, due_on=TODAY),
        Promise(id="p1", client_id=1, text="发测算", made_on=TODAY, due_on=TODAY),
        Occasion(id="o1", client_id=1, kind="wedding", year=2000, month=soon.month, day=soon.day),
        Gift(id="g1", client_id=1, state="planned", title="茶", currency="CNY", entered_at=now),
    )
    for thing in things:
        perform(store, lambda work, thing=thing: work.add(thing))
    return store


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("status", [ClientStatus.DECEASED, ClientStatus.DO_NOT_CONTACT, ClientStatus.CLOSED])
def test_a_list_leaves_out_who_may_not_be_contacted(busy: Store, name: str, status: ClientStatus) -> None:
    before = busy.read(LISTS[name])
    assert before, "the list shows the client while nothing stops it"
    done = busy.perform(SetStatus((ZHOU,), status))
    assert not busy.read(LISTS[name])
    assert done.inverse is not None
    busy.perform(done.inverse)
    assert len(busy.read(LISTS[name])) == len(before)


def test_nothing_of_it_is_lost_meanwhile(busy: Store) -> None:
    busy.perform(SetStatus((ZHOU,), ClientStatus.DECEASED))
    for table, state in (("visit", "planned"), ("task", "open"), ("promise", "open"), ("gift", "planned")):
        kept = busy.read(lambda r, t=table: r.rows(f"SELECT state FROM {t} WHERE id IN ('v1', 't1', 'p1', 'g1')"))
        assert kept == [(state,)]
