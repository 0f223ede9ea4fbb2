"""Who is like whom, and what goes with what (issue 6 §4): numbers with their reasons."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rmdesk.services.products import likeness

NAN = float("nan")


def test_the_nearest_clients_are_those_whose_numbers_are_nearest_in_their_own_spread() -> None:
    features = np.array([[5.0, 40], [5.1, 41], [5.0, 80], [9.0, 40], [5.0, NAN]])
    all_of = np.ones(5, dtype=bool)
    assert list(likeness.nearest(features, 0, all_of, 2)) == [1, 4]  # unknown is one spread apart, not none
    assert list(likeness.nearest(features, 0, np.array([True, False, True, True, True]), 9)) == [4, 2, 3]


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.floats(0, 9), st.floats(20, 90) | st.just(NAN)), min_size=2, max_size=30), st.integers(1, 9)
)
def test_nobody_is_like_themselves_and_nobody_comes_twice(rows: list[tuple[float, float]], count: int) -> None:
    found = list(likeness.nearest(np.array(rows), 0, np.ones(len(rows), dtype=bool), count))
    assert 0 not in found
    assert len(found) == len(set(found)) == min(count, len(rows) - 1)


def test_pairings_tell_count_confidence_and_lift() -> None:
    baskets = [("fund", "time")] * 6 + [("time",)] * 4 + [("card",)] * 10
    (one, *_more) = [pair for pair in likeness.pairings(baskets, 0.1, 0.5, 1.1) if pair.then == "fund"]
    assert (one.has, one.count, one.confidence, round(one.lift, 3)) == (("time",), 6, 0.6, 2.0)
    assert likeness.best_pairing([one], {"time", "card"}, "fund") == one
    assert likeness.best_pairing([one], {"card"}, "fund") is None
    assert likeness.pairings([()], 0.1, 0.5, 1.1) == ()


def test_kinds_rank_by_both_witnesses_together() -> None:
    assert likeness.ranked({"fund": 7, "bond": 4}, {"bond": 0.5}, 10) == ["bond", "fund"]
    assert likeness.ranked({}, {"metal": 0.3}, 0) == ["metal"]
