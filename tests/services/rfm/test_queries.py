"""RFM by fixed breaks and by fifths; beside it who is still active, where transactions tell."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from rmdesk.services.rfm import queries
from rmdesk.services.store.store import Store
from tests.services.imports.handovers import account, client, month, take_in

TODAY = date(2026, 10, 31)
LAST = 2026 * 12 + 9


def filled(store: Store, count: int) -> Store:
    """Number n was active in n of the last 12 months, from the newest back; 0 for half a year, and long ago."""
    told = []
    for number in range(count):
        told += [
            client(f"C{number}"),
            account(str(number), f"C{number}", balance_minor=100 * (number + 1), currency="CNY"),
        ]
        active = number % 13
        for back in range(20):
            own = back < active or back == 19 or (active == 0 and back > 13)
            day = f"{(LAST - back) // 12:04d}-{(LAST - back) % 12 + 1:02d}-15"
            told += [
                month(
                    account_number=str(number), month=LAST - back, average_minor=number * 5_000_000,
                    tx_count=4 if own else 0, last_own_on=day if own else None,
                )
            ]  # fmt: skip
    take_in(store, told, as_of=TODAY)
    return store


def test_fixed_breaks(store: Store) -> None:
    found = filled(store, 13) and store.read(queries.rfm, TODAY)
    by_number = np.argsort(found.tie)
    assert found.frequency[by_number].tolist() == [1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5]
    assert found.recency[by_number].tolist() == [1] + [5] * 12
    assert found.money[by_number].tolist()[0] == 1
    assert not found.by_quintiles
    assert found.counts().sum() == 13
    assert found.model is None  # too few to fit


def test_fifths_share_the_higher_class_and_need_enough_clients(store: Store) -> None:
    filled(store, 26)
    found = store.read(queries.rfm, TODAY, quintiles=True)
    assert found.by_quintiles
    assert found.recency.max() == 5
    assert (found.recency == 5).sum() >= 20  # all active last month are equal: they share the highest
    assert sorted(set(found.money.tolist())) == [1, 2, 3, 4, 5]


def test_fifths_of_too_few_clients_are_the_breaks(store: Store) -> None:
    filled(store, 13)
    assert not store.read(queries.rfm, TODAY, quintiles=True).by_quintiles


def test_activity_stands_beside_rfm_where_transactions_tell(store: Store) -> None:
    filled(store, 39)
    found = store.read(queries.rfm, TODAY)
    assert found.model is not None
    assert ((found.alive >= 0) & (found.alive <= 1)).all()
    quiet, lively = found.months == 0, found.months == 12
    assert found.alive[quiet].max() < found.alive[lively].min()
    assert found.expected[quiet].max() < found.expected[lively].min() <= 4 * found.ahead * 1.5


def test_an_empty_portfolio(store: Store) -> None:
    found = store.read(queries.rfm)
    assert found.counts().tolist() == [[0] * 5] * 5


@pytest.mark.parametrize("cell", [(5, 5), (1, 1)])
def test_a_cell_names_its_clients(store: Store, cell: tuple[int, int]) -> None:
    filled(store, 13)
    found = store.read(queries.rfm, TODAY)
    places = found.cell(*cell)
    assert (found.recency[places] == cell[0]).all()
    assert (np.diff(np.nan_to_num(found.amount[places])) <= 0).all()
