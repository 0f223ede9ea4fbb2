"""The BG/NBD model finds the published numbers on CDNOW, and tells alive from gone and often from seldom."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.services.rfm import alive
from rmdesk.services.rfm.alive import Fit

PUBLISHED = Fit(0.243, 4.414, 0.793, 2.426, 0.0)  # Fader, Hardie and Lee (2005), of a tenth of CDNOW's customers
END, UNTIL = date(1997, 9, 30), date(1998, 6, 30)
Columns = tuple[alive.Floats, alive.Floats, alive.Floats, alive.Floats]


def one(again: float, last: float, known: float) -> tuple[alive.Floats, alive.Floats, alive.Floats]:
    return np.array([again]), np.array([last]), np.array([known])


@pytest.fixture(scope="module")
def cdnow(shared_data: Path) -> Columns:
    """Weeks: repeat purchases, last, known; and the purchases of the 39 weeks after. The other nine tenths."""
    bought: dict[str, set[date]] = defaultdict(set)
    with gzip.open(shared_data / "cdnow" / "cdnow_master_without_sample.csv.gz", "rt", newline="") as file:
        for row in csv.DictReader(file):
            told = row["date"].replace("-", "")
            bought[row["customer_id"]].add(date(int(told[:4]), int(told[4:6]), int(told[6:8])))
    rows = []
    for days in bought.values():
        first, seen = min(days), [day for day in days if day <= END]
        rows.append((len(seen) - 1, (max(seen) - first).days / 7, (END - first).days / 7, len(days) - len(seen)))
    again, last, known, later = np.array(rows, dtype=np.float64).T
    return again, last, known, later


def test_the_published_numbers_come_out_on_cdnow(cdnow: Columns) -> None:
    again, last, known, later = cdnow
    assert len(again) == 21_213
    found = alive.fit(again, last, known)
    published = alive.likelihood(0.243, 4.414, 0.793, 2.426, again, last, known).mean()
    assert found.likelihood >= published
    assert found.likelihood - published < 0.002
    assert (found.r, found.alpha, found.a, found.b) == pytest.approx((0.243, 4.414, 0.793, 2.426), rel=0.2)
    # What nobody had shown the model: the purchases of the following 39 weeks.
    foretold = alive.expected(found, 39, again, last, known)
    assert foretold.sum() == pytest.approx(later.sum(), rel=0.15)
    assert np.corrcoef(foretold, later)[0, 1] > 0.5


def test_the_published_example_of_an_expectation() -> None:
    """A customer of the paper: x = 2, t_x = 30.43, T = 38.86 expects 1.226 purchases in 39 weeks."""
    assert alive.expected(PUBLISHED, 39, *one(2, 30.43, 38.86))[0] == pytest.approx(1.226, abs=0.001)


def test_who_acted_long_ago_is_likelier_gone_the_more_so_the_oftener_they_used_to() -> None:
    chances = [alive.alive(PUBLISHED, *one(10, last, 38))[0] for last in (38, 30, 20, 10)]
    assert chances == sorted(chances, reverse=True)
    assert alive.alive(PUBLISHED, *one(10, 10, 38)) < alive.alive(PUBLISHED, *one(2, 10, 38))
    assert alive.alive(PUBLISHED, *one(0, 0, 38))[0] == 1


@given(st.integers(0, 200), st.floats(0, 100), st.floats(0, 100))
def test_a_chance_lies_between_none_and_sure(again: int, last: float, more: float) -> None:
    told = one(float(again), last if again else 0.0, last + more)
    assert 0 <= alive.alive(PUBLISHED, *told)[0] <= 1
    assert alive.expected(PUBLISHED, 12, *told)[0] >= 0


def test_the_gamma_function_is_that_of_a_kept_library() -> None:
    from scipy.special import gammaln, hyp2f1

    x = np.concatenate((np.linspace(0.05, 5, 50), np.array([20.0, 150.0, 1000.0])))
    assert alive.log_gamma(x) == pytest.approx(gammaln(x), rel=1e-9, abs=1e-10)
    z = np.array([0.1, 0.5, 0.9])
    assert alive._hypergeometric(2.2, 4.4, z * 0 + 4.2, z) == pytest.approx(hyp2f1(2.2, 4.4, 4.2, z), rel=1e-8)


def test_without_anybody_who_acted_twice_nothing_is_fitted() -> None:
    with pytest.raises(ValueError, match="twice"):
        alive.fit(*one(0, 0, 20))
