"""Domain §10: who is lost, which signals could have been seen, and which was missed."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.services.churn import case_rules
from rmdesk.services.churn.case_rules import SEEN, Seen, end_of, fell_on, first_missed, may_have_fallen, month_of
from rmdesk.services.churn.words import SIGNALS
from rmdesk.services.rulebook import book

RULE = case_rules.table()
DECEMBER = month_of(date(2025, 12, 31))
NAN = float("nan")


def fell(ends: list[float], aum: float, aum_on: date) -> tuple[date, float] | None:
    return fell_on(np.array([NAN] * (24 - len(ends)) + ends), DECEMBER, aum, aum_on, RULE)


def test_a_client_is_lost_after_sixty_days_under_a_fifth_of_the_maximum() -> None:
    ends = [100_000.0] * 10 + [19_999.0, 19_999.0]  # under since 30 November
    assert fell(ends, 19_999, date(2026, 1, 28)) is None  # the 59th day
    assert fell(ends, 19_999, date(2026, 1, 29)) == (date(2026, 1, 29), 100_000)
    assert fell(ends, 19_999, date(2026, 3, 31)) == (date(2026, 1, 29), 100_000)


def test_at_a_fifth_nobody_is_lost() -> None:
    assert fell([100_000.0] * 8 + [20_000.0] * 4, 20_000, date(2026, 3, 1)) is None


def test_who_came_back_is_not_lost() -> None:
    assert fell([100_000.0] * 8 + [1_000.0] * 4, 50_000, date(2026, 3, 1)) is None


def test_a_maximum_longer_ago_than_a_year_does_not_count() -> None:
    assert fell([100_000.0] + [10_000.0] * 14, 9_000, date(2026, 1, 31)) is None


def test_small_sums_are_no_case() -> None:
    assert fell([RULE.least_peak - 1] * 8 + [0.0] * 4, 0, date(2026, 3, 1)) is None


def test_a_month_nobody_told_neither_ends_nor_begins_the_days() -> None:
    ends = [100_000.0] * 8 + [1_000.0, NAN, NAN, 1_000.0]
    assert fell(ends, 1_000, date(2026, 1, 10)) == (date(2025, 9, 30) + timedelta(60), 100_000)


@given(st.lists(st.one_of(st.just(NAN), st.floats(0, 1e6)), min_size=24, max_size=24), st.floats(0, 1e6))
def test_nobody_is_lost_whom_the_quick_look_passes_over(ends: list[float], aum: float) -> None:
    series = np.array(ends)
    if fell_on(series, DECEMBER, aum, date(2026, 1, 15), RULE) is not None:
        assert may_have_fallen(series[None, :], np.array([aum]), RULE)[0]


def test_the_first_missed_signal_is_the_earliest_that_nobody_answered() -> None:
    answered = Seen("fall", date(2025, 1, 31), date(2025, 2, 3))
    missed, later = Seen("silence", date(2025, 3, 1), None), Seen("dormant", date(2025, 4, 1), None)
    assert first_missed([later, missed, answered]) == missed
    assert first_missed([answered]) == answered
    assert first_missed([]) is None


def test_a_contact_answers_a_signal_within_its_days() -> None:
    on = date(2025, 3, 1)
    assert case_rules.answered(on, [on - timedelta(1), on + timedelta(RULE.answer_days)], RULE) is not None
    assert case_rules.answered(on, [on - timedelta(1), on + timedelta(RULE.answer_days + 1)], RULE) is None


@pytest.mark.parametrize(("month", "last"), [(DECEMBER, date(2025, 12, 31)), (DECEMBER + 2, date(2026, 2, 28))])
def test_the_end_of_a_month(month: int, last: date) -> None:
    assert end_of(month) == last


def test_the_causes_of_the_domain_are_offered_and_have_sources() -> None:
    assert set(RULE.causes) == {
        "only_greetings", "product_mismatch", "attitude", "standard_service", "exploitation", "words", "price",
        "quality", "contact", "competitor", "life_event",
    }  # fmt: skip
    data = book("churn")
    entries = [*data["cause"].values(), *data["lost"].values(), *data["seen"].values(), *data["warning"].values()]
    assert all(entry["source"] for entry in entries)


def test_every_signal_has_a_name() -> None:
    assert set(SIGNALS) == set(SEEN)
