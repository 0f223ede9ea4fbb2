"""Who moved between tiers from one month to the next."""

from __future__ import annotations

import array
from datetime import date

import numpy as np

from rmdesk.models.clients import Client
from rmdesk.models.holdings import ClientFigures, MonthFact
from rmdesk.services.reports import moves
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from tests.support.build import perform

OCTOBER = 2026 * 12 + 9


def told(store: Store, client: int, name: str, series: list[int], last: int = OCTOBER) -> None:
    """A client with these averages in yuan, the last of the month `last`."""
    values = [moves.UNTOLD] * (24 - len(series)) + [100 * amount for amount in series]
    blob = array.array("q", values).tobytes()

    def write(work: UnitOfWork) -> None:
        work.add(Client(id=client, name=name, number=f"C{client}"))
        work.add(ClientFigures(client_id=client, currency="CNY", last_month=last, averages=blob))
        work.add(MonthFact(client_id=client, month=last, currency="CNY", end_minor=0))

    perform(store, write)


def test_up_at_once_and_the_amounts_of_both_months_are_told(store: Store) -> None:
    told(store, 1, "甲", [150_000, 150_000, 150_000, 900_000])
    told(store, 2, "乙", [150_000] * 4)
    part = store.read(moves.moves, date(2026, 11, 20))
    (row,) = part.rows
    assert (row[0].name, row[1].en, row[2].en) == ("甲", "Potential", "Preferred")
    assert (row[3].minor, row[4].minor) == (90_000_000, 15_000_000)
    assert "2026-10" in part.note.said


def test_a_report_of_an_earlier_month_sees_only_what_was_told_by_then(store: Store) -> None:
    told(store, 1, "甲", [150_000, 150_000, 150_000, 900_000])
    assert store.read(moves.moves, date(2026, 10, 30)).rows == ()  # October is not over
    assert len(store.read(moves.moves, date(2026, 10, 31)).rows) == 1


def test_series_that_end_in_different_months_are_laid_side_by_side(store: Store) -> None:
    told(store, 1, "甲", [1, 2, 3])
    told(store, 2, "乙", [4, 5], last=OCTOBER - 1)
    told(store, 3, "丙", [6, 7], last=OCTOBER + 1)
    found = store.read(moves.months, OCTOBER)
    np.testing.assert_array_equal(found.series[:, -3:], [[100, 200, 300], [400, 500, np.nan], [np.nan, np.nan, 600]])


def test_without_a_month_it_is_said_so(store: Store) -> None:
    part = store.read(moves.moves, date(2026, 11, 20))
    assert part.rows == ()
    assert "No month" in part.empty.said
