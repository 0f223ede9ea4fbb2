"""The portfolio month by month."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from rmdesk.services.care import portfolio
from rmdesk.services.insights import months
from rmdesk.services.insights.months import Held, Months
from rmdesk.services.insights.periods import Period, month_number, month_of, month_text, period
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.store import Store
from tests.services.imports.handovers import account, client, month, take_in

TODAY = date(2026, 11, 21)
OCTOBER = 2026 * 12 + 9


@pytest.fixture
def told(store: Store) -> Store:
    """C1 and C2 are told up to October, C3 only up to September; C1 rises from T4 to T5 in the middle of the year."""
    rows = []
    for number, last, amounts in (
        (1, OCTOBER, {**dict.fromkeys(range(-9, -5), 2e6), **dict.fromkeys(range(-5, 1), 40e6)}),
        (2, OCTOBER, dict.fromkeys(range(-9, 1), 300_000.0)),
        (3, OCTOBER - 1, dict.fromkeys(range(-8, 1), 100_000.0)),
    ):
        rows += [client(f"C{number}", name="张三", opened_on="2010-01-01")]
        balance = round(amounts[0] * 100)
        rows += [account(str(number), f"C{number}", balance_minor=balance, currency="CNY", opened_on="2010-01-01")]
        rows += [
            month(account_number=str(number), month=last + back, average_minor=round(amount * 100))
            for back, amount in amounts.items()
        ]
    take_in(store, rows, as_of=TODAY)
    return store


def read(reads: Reads, last: date = TODAY) -> Months:
    return months.months(reads, portfolio.current(reads, TODAY), last)


def test_all_clients_have_the_same_months_whenever_their_last_was_told(told: Store) -> None:
    found = told.read(read)
    assert (found.months[-1], len(found.months)) == (OCTOBER, 24)
    assert np.isnan(found.averages[2, -1])
    assert found.averages[2, -2] == 100_000_00
    assert found.averages[:, -2].tolist() == [40e6 * 100, 300_000_00, 100_000_00]
    assert np.isnan(found.averages[:, :10]).all()


def test_each_month_counts_the_clients_in_the_tier_they_then_had(told: Store) -> None:
    found = told.read(read)
    assert found.tier[0, -10:].tolist() == [4] * 4 + [5] * 6
    assert found.sums[4, -1] == 40e6 * 100
    assert found.sums[3, -10] == 2e6 * 100
    assert np.isnan(found.sums[:, 0]).all()  # nobody was told of


def test_the_last_tier_is_the_one_of_today(told: Store) -> None:
    found = told.read(read)
    whole = told.read(lambda reads: portfolio.current(reads, TODAY))
    assert found.tier[:, -1].tolist() == whole.tier.tolist()


def test_a_month_counts_once_enough_clients_are_told_of_it(told: Store) -> None:
    """The bank delivers a month in parts; one client alone would look like the loss of all others."""
    extra = [month(account_number="1", month=OCTOBER + 1, average_minor=40_000_000_00)]
    take_in(told, extra, as_of=TODAY)
    assert told.read(read).months[-1] == OCTOBER


def test_a_period_holds_the_mean_of_its_months_and_changes_against_as_many_before(told: Store) -> None:
    def held(reads: Reads, name: str) -> Held:
        return months.held(read(reads, period(name, TODAY).last), period(name, TODAY))

    now = told.read(held, "month")  # November is not told yet: October stands for it
    assert now.months == (OCTOBER,)
    assert now.minor == round((40e6 + 300_000) * 100)
    assert now.change == pytest.approx(0)  # of those known in both months
    year = told.read(held, "year")
    assert len(year.months) == 10
    assert year.change is None  # nothing before is told
    assert len(year.clients) == 3


def test_an_empty_portfolio_has_no_months(store: Store) -> None:
    found = store.read(read)
    assert found.months == ()
    assert months.held(found, period("month", TODAY)) == Held((), None, None, ())


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("month", date(2026, 11, 1), TODAY),
        ("last_month", date(2026, 10, 1), date(2026, 10, 31)),
        ("quarter", date(2026, 10, 1), TODAY),
        ("year", date(2025, 12, 1), TODAY),
    ],
)
def test_periods(name: str, first: date, last: date) -> None:
    assert period(name, TODAY) == Period(name, first, last)


def test_months_are_written_and_read_back() -> None:
    for day in (date(2026, 1, 31), date(2026, 12, 1)):
        assert month_of(month_text(month_number(day))) == month_number(day)
