"""A change of weights shows the list before and after, needs a reason, is on record and is taken back."""

from __future__ import annotations

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import Purpose
from rmdesk.services.insights.commands import ChangeWeights
from rmdesk.services.insights.weights import log, trial
from rmdesk.services.scoring import tables
from rmdesk.services.scoring.settings import weights
from rmdesk.services.store.store import Store

WAKE = Purpose.WAKE


def test_a_change_of_weights_is_on_record_with_its_reason_and_is_undone(store: Store) -> None:
    before = store.read(weights, WAKE)
    done = store.perform(ChangeWeights(WAKE, {"C": 20.5, "S": before.S}, "  少打扰 "))
    after = store.read(weights, WAKE)
    assert (after.C, after.S, after.R) == (20.5, before.S, before.R)
    assert store.read(weights, Purpose.SELL) == store.read(lambda reads: tables.presets()[Purpose.SELL])
    change = store.read(log)[0]
    assert (change.purpose, change.why, change.weights) == (WAKE, "少打扰", {"C": (before.C, 20.5)})
    assert store.read(lambda reads: reads.value("SELECT act FROM audit_entry ORDER BY seq DESC LIMIT 1")) == "rules"
    assert done.inverse is not None
    store.perform(done.inverse)
    assert store.read(weights, WAKE) == before


@pytest.mark.parametrize(
    ("given", "why", "code"),
    [({"C": 1.0}, " ", "no_reason"), ({}, "x", "no_change"), ({"C": 101.0}, "x", None)],
)
def test_what_makes_no_sense_is_refused(store: Store, given: dict[str, float], why: str, code: str | None) -> None:
    with pytest.raises(Refused) as refused:
        store.perform(ChangeWeights(WAKE, given, why))
    assert code is None or refused.value.code == code
    assert store.read(log) == ()


def test_each_purpose_has_weights_of_its_own_and_waking_leaves_products_out(store: Store) -> None:
    maintain, sell, wake = (store.read(weights, purpose) for purpose in Purpose)
    assert (maintain.C, maintain.F, maintain.O, maintain.M, maintain.R, maintain.S) == (25, 10, 15, 15, 25, 10)
    assert sell.M > maintain.M > wake.M == 0


def test_an_empty_portfolio_has_an_empty_list_and_the_shipped_weights(store: Store) -> None:
    found = store.read(trial, Purpose.SELL, {"M": 1.0})
    assert (found.moved, found.coming, found.leaving, found.moving) == ((), 0, 0, 0)
    assert found.now == found.shipped
    assert found.shipped["M"] == 40
