"""The suitability gate (domain §13): product risk within the client's level, which is known and still holds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rmdesk.services.products.rules import fits

DAY = date(2026, 11, 21)
GRADES = st.none() | st.integers(1, 5)
DAYS = st.none() | st.integers(0, 1000).map(lambda ago: DAY - timedelta(ago))


@pytest.mark.parametrize(
    ("risk", "level", "ago", "code"),
    [
        (2, 2, 10, "fits"),
        (2, 3, 365, "fits"),
        (3, 3, 366, "expired"),
        (3, 2, 10, "too_risky"),
        (5, None, None, "no_level"),
        (None, 5, 10, "no_risk"),
        (1, 4, None, "undated"),
    ],
)
def test_a_product_suits_when_its_risk_is_within_a_level_that_still_holds(
    risk: int | None, level: int | None, ago: int | None, code: str
) -> None:
    told = fits(risk, level, None if ago is None else DAY - timedelta(ago), DAY, valid_days=365)
    assert told.code == code
    assert told.ok == (code in ("fits", "undated"))
    assert told.reason.said
    assert (told.do is None) == (code == "fits")


@settings(max_examples=50)
@given(GRADES, GRADES, DAYS)
def test_unknown_is_never_suitable_and_less_risk_never_suits_worse(
    risk: int | None, level: int | None, assessed: date | None
) -> None:
    told = fits(risk, level, assessed, DAY, valid_days=365)
    assert not (told.ok and (risk is None or level is None or risk > level))
    if told.ok and risk is not None and risk > 1:
        assert fits(risk - 1, level, assessed, DAY, valid_days=365).ok
    assert fits(risk, level, assessed, DAY, valid_days=365, free=True).ok
