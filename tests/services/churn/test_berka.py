"""On a real bank's accounts at the end of 1996 the rule knows better than any one column what 1997 brought."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bench import churn
from rmdesk.services.churn.tables import table
from rmdesk.services.store.store import Store
from tests.services.imports.handovers import take_files


@pytest.fixture
def case(store: Store, shared_data: Path) -> churn.Case:
    take_files(store, shared_data / "berka" / churn.STATE)
    return churn.case(store, shared_data / "berka")


def test_the_rule_beats_every_single_column_and_comes_near_a_boosted_model(case: churn.Case) -> None:
    assert (len(case.lost), int(case.lost.sum())) == (2244, 118)
    ours = churn.auc(case.lost, case.risk)
    singles = churn.singles(case)
    assert {"last balance", "mean / last balance", "months since the last transaction"} <= singles.keys()
    assert ours > max(churn.auc(case.lost, score) for score in singles.values())
    boosted = churn.auc(case.lost, churn.boosted(case, folds=5))
    assert ours >= 0.9 * boosted
    assert churn.lift(case.lost, case.risk) > max(churn.lift(case.lost, score) for score in singles.values())


def test_no_weight_alone_carries_the_order(case: churn.Case) -> None:
    """Round weights, not fitted ones: half or half as much again of any of them changes little."""
    ours = churn.auc(case.lost, case.risk)
    rule = table()
    for name, signal in rule.signals.items():
        for times in (0.5, 1.5):
            weight = min(0.95, signal.weight * times)
            other = churn.auc(case.lost, churn.risk_with(case, {name: weight}))
            assert abs(other - ours) < 0.015


def test_the_area_counts_pairs_in_the_right_order() -> None:
    lost = np.array([0, 0, 1, 1])
    assert churn.auc(lost, np.array([0.1, 0.4, 0.35, 0.8])) == 0.75
    assert churn.auc(lost, np.zeros(4)) == 0.5
