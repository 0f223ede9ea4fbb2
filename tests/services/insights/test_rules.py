"""Where dots lie, and who shares one."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rmdesk.services.insights import rules

SIZE = 40
some = arrays(np.float64, SIZE, elements=st.floats(0, 20, allow_nan=False))
fields = arrays(np.int64, SIZE, elements=st.integers(0, 8))
TIE = np.arange(SIZE)[::-1].copy()


@given(some, fields)
@settings(max_examples=30)
def test_the_better_known_lie_further_right_and_no_two_on_one_place(known: np.ndarray, field: np.ndarray) -> None:
    x = rules.places(known, TIE, field)
    assert ((x > 0) & (x < 1)).all()
    for one in range(9):
        inside = np.flatnonzero(field == one)
        order = inside[np.argsort(x[inside])]
        assert (np.diff(known[order]) >= 0).all()
        assert len(set(x[inside])) == len(inside)


def test_heights_go_by_the_logarithm_and_stay_inside() -> None:
    amount = np.array([0.0, 1.0, 10.0, 100.0, 5000.0])
    low, high = np.full(5, 1.0), np.full(5, 100.0)
    assert rules.heights(amount, low, high).tolist() == [0.0, 0.0, 0.5, 1.0, 1.0]


@given(some, some, fields, arrays(np.bool_, SIZE))
@settings(max_examples=30)
def test_who_shares_a_dot_lies_in_one_field_close_by_and_warned_alike(
    across: np.ndarray, up: np.ndarray, field: np.ndarray, warned: np.ndarray
) -> None:
    x, y = across / 20, up / 20
    dot = rules.shared(field, x, y, warned, 7)
    for number in np.unique(dot):
        some_ = np.flatnonzero(dot == number)
        assert len(set(field[some_])) == len(set(warned[some_])) == 1
        assert np.ptp(x[some_]) <= 1 / 7 + 1e-9
        assert np.ptp(y[some_]) <= 1 / 7 + 1e-9
