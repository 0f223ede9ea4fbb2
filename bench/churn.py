"""How well the account risk foretells: a real bank's accounts at the end of 1996, and what 1997 brought.

An account is lost when its balance fell by half in the year (`fell_50pct`). Compared with single columns, and with a
boosted model that was shown the answers of the other nine tenths of the accounts.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from rmdesk.base.record import replace
from rmdesk.services.churn import queries, rules
from rmdesk.services.churn.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rmdesk.services.store.store import Store

STATE = "snapshot_1996-12-31.csv"
OUTCOME = "outcomes_1996-12-31_to_1997-12-31.csv"
DAY = date(1996, 12, 31)
TENTH = 10

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """Accounts in rows: what became of them, their risk and its signals, and the columns of the bank's file."""

    lost: npt.NDArray[np.int64]
    risk: Floats
    strengths: dict[str, Floats]
    columns: dict[str, Floats]


def case(store: Store, folder: Path) -> Case:
    """The accounts of an imported portfolio whose outcome is known."""
    with (folder / OUTCOME).open(encoding="utf-8", newline="") as file:
        lost = {row["account_id"]: int(row["fell_50pct"]) for row in csv.DictReader(file)}
    with (folder / STATE).open(encoding="utf-8", newline="") as file:
        told = {row["account_id"]: row for row in csv.DictReader(file)}
    found = store.read(queries.ranking, DAY)
    at = [place for place, subject in enumerate(found.subjects) if subject.account in lost]
    numbers = [str(found.subjects[place].account) for place in at]
    names = [name for name in told[numbers[0]] if name not in ("as_of", "account_id", "owner_client_id", "opened")]
    columns = {name: np.array([float(told[number][name]) for number in numbers]) for name in names}
    opened = [date.fromisoformat(told[number]["opened"]) for number in numbers]
    columns["age_days"] = np.array([float((DAY - day).days) for day in opened])
    columns["mean_to_last"] = columns["avg_balance"] / columns["final_balance"]
    return Case(
        np.array([lost[number] for number in numbers]),
        found.risks[at],
        {name: strength[at] for name, strength in found.strengths.items()},
        columns,
    )


def singles(one: Case) -> dict[str, Floats]:
    """Every column of the file alone, in the direction in which it tells more, and the rules everybody knows."""
    names = {
        "final_balance": "last balance",
        "mean_to_last": "mean / last balance",
        "months_since_last_tx": "months since the last transaction",
    }
    found = {}
    for name, values in one.columns.items():
        score = values if auc(one.lost, values) >= 0.5 else -values
        found[names.get(name, name)] = score
    return found


def risk_with(one: Case, weights: Mapping[str, float]) -> Floats:
    """The risk if some signals weighed otherwise."""
    rule = table()
    signals = {name: replace(signal, weight=weights.get(name, signal.weight)) for name, signal in rule.signals.items()}
    return rules.risk(one.strengths, replace(rule, signals=signals))


def boosted(one: Case, folds: int = TENTH, rounds: int = 1) -> Floats:
    """What a boosted model says of each account after learning from the others, the mean of some rounds."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from threadpoolctl import threadpool_limits

    told = np.stack(list(one.columns.values()), axis=1)
    model = HistGradientBoostingClassifier(max_depth=3, learning_rate=0.03, max_iter=150, random_state=0)
    said = np.zeros(len(one.lost))
    for seed in range(rounds):
        parts = StratifiedKFold(folds, shuffle=True, random_state=seed)
        with threadpool_limits(1):  # threads that wait for one another are slower than one where others work, too
            said += cross_val_predict(model, told, one.lost, cv=parts, method="predict_proba")[:, 1]
    return said


def auc(lost: npt.NDArray[np.int64], score: Floats) -> float:
    """The share of pairs (lost, kept) that the score puts in the right order; ties count half."""
    _values, place, counts = np.unique(score, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    hits = int(lost.sum())
    return float((ranks[lost == 1].sum() - hits * (hits + 1) / 2) / (hits * (len(lost) - hits)))


def lift(lost: npt.NDArray[np.int64], score: Floats) -> float:
    """How many times as many are lost in the first tenth as in all."""
    first = np.argsort(-score, kind="stable")[: len(score) // TENTH]
    return float(lost[first].mean() / lost.mean())
