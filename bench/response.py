"""How well the calling order foretells a yes: phone contacts of a real bank, without the length of the call."""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench.churn import auc
from rmdesk.services.response.rules import Asked

FILE = "bank_marketing_70.csv.gz"
LEFT_OUT = ("contact_no", "duration", "y")  # the second is known only after the call
SEASON = ("day", "month")  # of the call, not of the client
BOOSTED = 0.793  # docs/performance-churn.md: of all columns but the length of the call

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Contacts:
    """Contacts in rows: whether the client said yes, what rmdesk would know, and all columns as numbers."""

    yes: npt.NDArray[np.int64]
    asked: Asked
    columns: dict[str, Floats]


def contacts(folder: Path) -> Contacts:
    """All contacts of the file."""
    with gzip.open(folder / FILE, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    def told(name: str) -> npt.NDArray[np.str_]:
        return np.array([row[name] for row in rows])

    def number(name: str) -> Floats:
        return told(name).astype(np.float64)

    days, outcome = number("pdays"), told("poutcome")
    asked = Asked(
        success=(outcome == "success").astype(np.float64),
        before=(number("previous") > 0).astype(np.float64),
        days=np.where(days < 0, np.nan, days),
        reachable=(told("contact") != "unknown").astype(np.float64),
        home_loan=(told("housing") == "yes").astype(np.float64),
        loan=(told("loan") == "yes").astype(np.float64),
        arrears=(told("default") == "yes").astype(np.float64),
        age=number("age"),
        balance=number("balance"),
        tries=number("campaign"),
    )
    columns = {}
    for name in rows[0]:
        if name not in LEFT_OUT:
            try:
                columns[name] = number(name)
            except ValueError:
                columns[name] = np.unique(told(name), return_inverse=True)[1].astype(np.float64)
    return Contacts((told("y") == "yes").astype(np.int64), asked, columns)


def singles(found: Contacts) -> dict[str, Floats]:
    """What a manager might go by alone, each in the better direction."""
    known = found.asked
    alone = {
        "balance": known.balance,
        "said yes before": known.success,
        "contacts before": found.columns["previous"],
        "known number": known.reachable,
        "no housing loan": -known.home_loan,
        "age": known.age,
        "fewer tries": -known.tries,
    }
    return {name: score if auc(found.yes, score) >= 0.5 else -score for name, score in alone.items()}


def boosted(found: Contacts, *, season: bool, folds: int = 5) -> Floats:
    """What a boosted model says of each contact after learning from the others."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from threadpoolctl import threadpool_limits

    names = [name for name in found.columns if season or name not in SEASON]
    told = np.stack([found.columns[name] for name in names], axis=1)
    model = HistGradientBoostingClassifier(max_iter=150, learning_rate=0.08, random_state=0)
    parts = StratifiedKFold(folds, shuffle=True, random_state=0)
    with threadpool_limits(1):
        said: Floats = cross_val_predict(model, told, found.yes, cv=parts, method="predict_proba")[:, 1]
    return said
