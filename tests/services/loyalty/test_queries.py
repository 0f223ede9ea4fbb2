"""Domain §8: who holds how much, loyalty beside satisfaction with its trap, the silent loyal, time against value."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from rmdesk.base import clock
from rmdesk.models.kinds import Channel, ClientId
from rmdesk.services.loyalty import queries
from rmdesk.services.satisfaction.commands import NoteSatisfaction
from rmdesk.services.satisfaction.rules import Stance
from rmdesk.services.store.store import Store
from rmdesk.services.visits.commands import LogVisit
from rmdesk.services.visits.entry import Entry
from tests.services.imports.handovers import account, client, holding, month, take_in

TODAY = date(2026, 11, 21)
KINDS = ("time", "wealth", "fund", "insurance")


@pytest.fixture
def portfolio(store: Store) -> Store:
    """Ten clients; number 1 has half of everything and is loyal, 10 is new and poor."""
    told = []
    for number in range(1, 11):
        opened = "2010-01-01" if number <= 2 else "2026-09-01"
        told += [client(f"C{number}", name="张三", opened_on=opened)]
        amount = 900_000_00 if number == 1 else 100_000_00
        told += [account(str(number), f"C{number}", balance_minor=amount, currency="CNY", opened_on=opened)]
        told += [month(account_number=str(number), month=2026 * 12 + at, average_minor=amount) for at in range(10)]
    told += [holding(key=f"H{n}{kind}", client_number=f"C{n}", kind=kind, amount_minor=0, currency="CNY")
             for n in (1, 2) for kind in KINDS]  # fmt: skip
    take_in(store, told, as_of=TODAY)
    return store


def of(store: Store, number: int) -> ClientId:
    return ClientId(store.read(lambda reads: reads.value("SELECT id FROM client WHERE number = ?", (f"C{number}",))))


def test_pareto_is_drawn_from_the_wealthiest_on(portfolio: Store) -> None:
    found = portfolio.read(queries.pareto, TODAY)
    assert found.client[0] == of(portfolio, 1)
    assert found.held[0] == pytest.approx(0.5)
    assert found.held[-1] == pytest.approx(1)
    assert (np.diff(found.held) >= 0).all()
    assert found.top_share == pytest.approx(found.held[1])  # two of ten are the top fifth


def test_the_map_puts_clients_between_satisfaction_and_loyalty_and_names_the_facts_of_the_trap(
    portfolio: Store,
) -> None:
    for number, csat in ((1, 5), (2, 2), (9, 5), (10, 3)):
        portfolio.perform(NoteSatisfaction(of(portfolio, number), TODAY - timedelta(number), csat=csat))
    portfolio.perform(NoteSatisfaction(of(portfolio, 10), TODAY - timedelta(20), csat=5))  # not the latest
    portfolio.perform(NoteSatisfaction(of(portfolio, 8), TODAY - timedelta(400), csat=5))  # too old
    found = {one.client: one for one in portfolio.read(queries.stances, TODAY)}
    assert {of(portfolio, n): s for n, s in ((1, Stance.APOSTLE), (2, Stance.HOSTAGE), (9, Stance.MERCENARY),
            (10, Stance.DEFECTOR))} == {one.client: one.stance for one in found.values()}  # fmt: skip
    trap = found[of(portfolio, 9)].trap
    assert len(trap) >= 2
    assert "satisfied (5 of 5)" in trap[0].said
    assert "loyalty only" in trap[1].said
    assert found[of(portfolio, 1)].trap == ()
    assert portfolio.read(queries.stances, TODAY)[0].client == of(portfolio, 9)


def test_the_silent_loyal_are_those_who_do_not_come(portfolio: Store) -> None:
    assert [one.client for one in portfolio.read(queries.silent_loyal, TODAY)] == [of(portfolio, 1), of(portfolio, 2)]
    came = Entry(of(portfolio, 1), Channel.BRANCH.value, "来访", on=TODAY - timedelta(3), inbound=True)
    portfolio.perform(LogVisit(came))
    assert [one.client for one in portfolio.read(queries.silent_loyal, TODAY)] == [of(portfolio, 2)]


def test_time_is_held_against_value(portfolio: Store) -> None:
    clock.fix(TODAY)
    for ago in (1, 2, 3):
        portfolio.perform(LogVisit(Entry(of(portfolio, 10), Channel.AT_CLIENT.value, "谈", on=TODAY - timedelta(ago))))
    portfolio.perform(LogVisit(Entry(of(portfolio, 1), Channel.PHONE.value, "谈", on=TODAY, minutes=20)))
    portfolio.perform(LogVisit(Entry(of(portfolio, 2), Channel.PHONE.value, "谈", on=TODAY - timedelta(400))))
    found = portfolio.read(queries.time_value, TODAY)
    assert (found.minutes, found.contacts, found.noted) == (200, 4, 1)
    assert found.loud[0].client == of(portfolio, 10)
    assert found.loud[0].time_share == pytest.approx(0.9)
    assert found.quiet[0].client == of(portfolio, 1)
    assert sum(one.time_share for one in found.tiers) == pytest.approx(1)
    assert sum(one.aum_share for one in found.tiers) == pytest.approx(1)


def test_an_empty_portfolio_has_no_curve(store: Store) -> None:
    assert store.read(queries.pareto).top_share is None
    assert store.read(queries.stances) == ()
    assert store.read(queries.time_value).tiers == ()
