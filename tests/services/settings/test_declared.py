"""A setting takes values of its kind and range only, and keeps them exactly."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.base.errors import Refused
from rmdesk.services.settings.declared import Choice, Setting


def of(default: Any, **more: Any) -> Setting[Any]:
    return Setting("t.x", default, "Text", "Section", **more)


@pytest.mark.parametrize(
    ("default", "given_value", "accepted"),
    [
        (1, 2, 2),
        (1, "2", Refused),
        (1, 2.0, Refused),
        (1, True, Refused),
        (True, False, False),
        (True, 1, Refused),
        (1.5, 2, 2.0),
        (1.5, float("nan"), Refused),
        (1.5, float("inf"), Refused),
        (1.5, True, Refused),
        ("a", "b", "b"),
        ("a", 1, Refused),
        ("a", None, Refused),
        (Decimal("1.10"), "2.30", Decimal("2.30")),
        (Decimal(1), 2, Decimal(2)),
        (Decimal(1), "NaN", Refused),
        (Decimal(1), "x", Refused),
        ((1, 2), [3, 4, 5], (3, 4, 5)),
        ((1, 2), (), ()),
        ((1, 2), ["3"], Refused),
        (("a",), "abc", Refused),
        ({"a": 1}, {"b": 2}, {"b": 2}),
        ({}, {"USD": "7.1"}, {"USD": Decimal("7.1")}),
        ({}, {1: "7.1"}, Refused),
        ({}, [("USD", 1)], Refused),
    ],
)
def test_the_default_gives_the_kind(default: Any, given_value: Any, accepted: Any) -> None:
    if accepted is Refused:
        with pytest.raises(Refused) as refused:
            of(default).accept(given_value)
        assert refused.value.field == "t.x"
        return
    taken = of(default).accept(given_value)
    assert (taken, type(taken)) == (accepted, type(accepted))


def test_limits_hold_for_numbers_and_for_each_of_many() -> None:
    for default, bad in ((5, 11), (Decimal(5), "10.5"), ((5,), [5, 11]), ({"a": 5}, {"a": 1, "b": -1})):
        with pytest.raises(Refused, match="Allowed is 0 to 10"):
            of(default, least=0, most=10).accept(bad)
    with pytest.raises(Refused, match="At least 3"):
        of(5, least=3).accept(2)
    with pytest.raises(Refused, match="At most 9"):
        of(5, most=9).accept(10)


def test_only_the_choices_may_be_chosen() -> None:
    setting = of("a", choices=(Choice("a", "A"), Choice("b", "B")))
    assert setting.accept("b") == "b"
    with pytest.raises(Refused, match="not one of the choices"):
        setting.accept("c")


values = st.one_of(
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.text(),
    st.lists(st.integers(), min_size=1).map(tuple),
    st.dictionaries(st.text(), st.decimals(allow_nan=False, allow_infinity=False), min_size=1),
)


@given(values)
def test_what_is_kept_comes_back_exactly(value: Any) -> None:
    setting = of(value)
    assert setting.accept(json.loads(json.dumps(setting.kept(value)))) == value
