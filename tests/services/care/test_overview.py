"""The portfolio in parts, as the command line tells it."""

from __future__ import annotations

import pytest

from rmdesk.base.errors import Refused
from rmdesk.services.care import overview
from rmdesk.services.store.store import Store
from tests.services.care.arrange import WAN, Book, book


def arrange(made: Book) -> None:
    for amount in (1, 6, 30, 300, 3000):
        made.client(aum=amount * WAN)
    made.client()


def test_tiers_groups_and_the_pareto_share(store: Store) -> None:
    book(store, arrange)
    plain = store.read(overview.summary).plain()
    assert [(row["tier"], row["clients"], row["aum"]) for row in plain["tiers"]] == [
        ("T1", 1, "10000.00"),
        ("T2", 1, "60000.00"),
        ("T3", 1, "300000.00"),
        ("T4", 1, "3000000.00"),
        ("T5", 1, "30000000.00"),
    ]
    assert [(row["familiarity"], row["clients"]) for row in plain["familiarity"]] == [
        ("stranger", 6),
        ("acquainted", 0),
        ("familiar", 0),
    ]
    assert {row["group"]: row["clients"] for row in plain["groups"] if row["clients"]} == {"G3": 2, "G6": 2, "G9": 1}
    assert plain["pareto"]["top_fifth_share"] == pytest.approx(3000 / 3337)
    assert plain["unknown"] == {"clients": 1}


def test_other_cuts_give_other_tiers_and_leave_the_settings_alone(store: Store) -> None:
    book(store, arrange)
    other = store.read(overview.summary, (20_000, 50_000, 100_000))
    assert [(part.code, part.clients) for part in other.tiers] == [("T1", 1), ("T2", 0), ("T3", 1), ("T4", 3)]
    assert len(store.read(overview.summary).tiers) == 5


@pytest.mark.parametrize("cuts", [(), (5, 4), (0, 4), (1, 2, 3, 4, 5), (3, 3), (1, float("inf")), (1e300,)])
def test_cuts_that_make_no_sense_are_refused(store: Store, cuts: tuple[float, ...]) -> None:
    with pytest.raises(Refused) as refused:
        store.read(overview.summary, cuts)
    assert refused.value.code == "bad_cuts"


def test_an_empty_portfolio_has_parts_and_no_share(store: Store) -> None:
    plain = store.read(overview.summary).plain()
    assert sum(row["clients"] for row in plain["tiers"]) == 0
    assert plain["pareto"]["top_fifth_share"] is None


def test_rfm_uses_fixed_breaks_for_a_small_portfolio_and_fifths_for_a_large_one(store: Store) -> None:
    book(store, arrange)
    small = store.read(overview.rfm, quintiles=True)
    assert (small.quintiles, small.money.tolist()) == (False, [1, 2, 3, 4, 5, 0])
    assert small.recency.tolist() == [0] * 6
