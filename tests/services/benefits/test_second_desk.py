"""Two desks of a manager and the lead's, over a real hub: what was noted offline at both meets in one record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.clients import Client
from rmdesk.models.holdings import ClientFigures
from rmdesk.models.kinds import ClientId, Decision, TermState
from rmdesk.services.benefits import queries
from rmdesk.services.benefits.commands import SettleUse, UseBenefit
from rmdesk.services.clubs import terms
from rmdesk.services.clubs.commands import DecideTerm, GiveNotice, JudgeTerm
from rmdesk.services.gatherings import queries as gatherings
from rmdesk.services.gatherings.commands import PlanGathering
from rmdesk.services.gatherings.entry import Plan
from rmdesk.services.gatherings.inviting import AddGuests
from rmdesk.services.points import queries as points
from rmdesk.services.points.commands import PostDue
from rmdesk.services.relations.referrals import AddReferral, Brought
from rmdesk.services.store.store import Store
from tests.conftest import TODAY
from tests.support.build import perform
from tests.support.hub import HubUnderTest
from tests.support.real_desks import Make, desks, sync


@pytest.fixture
def desk_of(hub: HubUnderTest, template: Path, tmp_path: Path) -> Iterator[Make]:
    with desks(hub, template, tmp_path) as make:
        yield make


def prospect(work: Any) -> None:
    work.add(Client(id=5, origin="desk", name="新客户", phone="13900000000"))


def client(store: Store) -> ClientId:
    """The one client, by this desk's own number; with money, of which a desk works out the tier."""
    found = ClientId(store.read(lambda reads: reads.value("SELECT id FROM client")))
    if not store.read(lambda reads: reads.value("SELECT count(*) FROM client_figures")):
        figures = ClientFigures(client_id=found, currency="CNY", aum_minor=2_000_000_00, aum_on=TODAY)
        perform(store, lambda work: work.add(figures))
    return found


def uses(store: Store) -> list[tuple[int, str, bool]]:
    found = store.read(queries.uses_of, client(store))
    return sorted((one.turn, one.on.isoformat(), one.open) for one in found)


def test_a_second_use_on_another_desk_is_a_difference_until_it_is_settled(hub: HubUnderTest, desk_of: Make) -> None:
    one = desk_of(hub.people.wang, prospect)
    sync(hub, one)
    two = desk_of(hub.people.wang)
    sync(hub, two)
    days = [(TODAY - timedelta(ago)).isoformat() for ago in (2, 1)]
    first = one.perform(UseBenefit(client(one), "lounge", TODAY - timedelta(2), "禄口机场")).result
    two.perform(UseBenefit(client(two), "lounge", TODAY - timedelta(1), "南站"))
    sync(hub, one, two, one, two)
    assert uses(one) == uses(two) == [(1, days[0], True)]  # neither is lost: one stands, the other waits beside it
    assert one.read(queries.uses_of, client(one))[0].versions == (f"{days[1]} · 南站",)
    settled = two.read(queries.uses_of, client(two))[0].id
    two.perform(SettleUse(settled, second=True))
    sync(hub, two, one)
    assert uses(one) == uses(two) == [(1, days[0], False), (2, days[1], False)]
    assert [row.left for row in one.read(queries.benefits_of, client(one)) if row.code == "lounge"] == [0]
    with pytest.raises(Refused, match="Nothing is left"):
        one.perform(UseBenefit(client(one), "lounge"))
    assert first


def test_events_are_the_teams_terms_the_leads_word_and_points_are_posted_once(hub: HubUnderTest, desk_of: Make) -> None:
    one = desk_of(hub.people.wang, prospect)
    one.perform(AddReferral(client(one), Brought("王小明", TODAY - timedelta(3), confirmed=True)))
    event = one.perform(PlanGathering(Plan("family", "家庭日", TODAY + timedelta(3)), (client(one),))).result
    term = one.perform(DecideTerm(client(one), Decision.JOIN, reason="资产在途")).result
    sync(hub, one)
    two, lead = desk_of(hub.people.wang), desk_of(hub.people.chen)
    sync(hub, two, lead)
    assert [row.title for row in lead.read(gatherings.gatherings)] == ["家庭日"]
    again = two.perform(AddGuests(event, (client(two),))).result
    assert (again.done, again.known) == (0, 1)
    with pytest.raises(Refused, match="team lead does"):
        one.perform(JudgeTerm(term, approve=True))
    (waits,) = lead.read(terms.waiting)
    lead.perform(JudgeTerm(waits.id, approve=True))
    sync(hub, lead, one)
    one.perform(GiveNotice(term))
    for desk in (one, two):
        assert desk.perform(PostDue()).result == 1  # offline at both desks
    sync(hub, one, two, one)
    for desk in (one, two):
        assert desk.read(points.balance_of, client(desk)) == 500
        assert desk.read(terms.of, client(desk), "sunshine").member
        assert desk.read(lambda reads: reads.value("SELECT count(*) FROM sync_record WHERE state <> 'clean'")) == 0
    (row,) = two.read(terms.terms_of, client(two))
    assert (row.state, row.lead_on) == (TermState.APPROVED, TODAY)
