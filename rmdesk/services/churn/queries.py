"""The accounts of a portfolio by the risk that their money leaves, each with its receipt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import isnan
from typing import Any

import numpy as np

from rmdesk.base import clock
from rmdesk.base.record import record
from rmdesk.models.kinds import ClientId
from rmdesk.services.churn import rules
from rmdesk.services.churn.rules import Floats, Ints
from rmdesk.services.churn.state import State, Subject, state
from rmdesk.services.churn.tables import SIGNALS, RiskTable, table
from rmdesk.services.store.reads import Reads

_SHARES = ("swing", "moves", "above", "seldom", "fall")


@record
class RiskLine:
    """One line of the receipt: `points` of 100, `measure` the figure it is read off, `text` that figure in words."""

    signal: str
    name: str
    text: str
    points: float
    measure: float
    strength: float  # x, in 0..1
    weight: float
    source: str


@record
class RiskRow:
    """An account by its risk in 0..1; the points of its lines add up to 100 times that."""

    client: ClientId
    number: str | None
    account: str | None
    risk: float
    lines: tuple[RiskLine, ...]

    def plain(self) -> dict[str, Any]:
        """The row for programs."""
        lines = [
            {
                "signal": line.signal,
                "name": line.name,
                "input": line.text,
                "points": round(line.points, 4),
                "measure": round(line.measure, 6),
                "x": round(line.strength, 6),
                "weight": line.weight,
                "source": line.source,
            }
            for line in self.lines
        ]
        return {"client": self.number or f"#{self.client}", "account": self.account, "risk": self.risk, "lines": lines}


@record
class Ranking:
    """The accounts of a portfolio, highest risk first; columns for all, receipts on demand."""

    day: date
    subjects: tuple[Subject, ...]
    risks: Floats
    order: Ints
    measured: Mapping[str, Floats]
    strengths: Mapping[str, Floats]
    points: Mapping[str, Floats]
    rule: RiskTable

    def row(self, place: int) -> RiskRow:
        """The account at a place of the ranking, from 0."""
        at = int(self.order[place])
        one = self.subjects[at]
        risk = round(float(self.risks[at]), self.rule.decimals)
        return RiskRow(one.client, one.number, one.account, risk, self._lines(at))

    def plain(self, limit: int | None = None) -> dict[str, Any]:
        """The ranking for programs."""
        shown = range(len(self.order) if limit is None else min(limit, len(self.order)))
        return {"as_of": self.day.isoformat(), "clients": [self.row(place).plain() for place in shown]}

    def _lines(self, at: int) -> tuple[RiskLine, ...]:
        lines = []
        for name in SIGNALS:
            signal, points = self.rule.signals[name], float(self.points[name][at])
            if points > 0:
                measure = float(self.measured[name][at])
                lines.append(
                    RiskLine(
                        name, signal.name.said, signal.text.said.format(value=_said(name, measure)), points, measure,
                        float(self.strengths[name][at]), signal.weight, signal.source,
                    )
                )  # fmt: skip
        return tuple(sorted(lines, key=lambda line: -line.points))


def ranking(reads: Reads, day: date | None = None) -> Ranking:
    """All accounts by risk, as it was known at the end of `day` (today)."""
    rule = table()
    return ranked(state(reads, day or clock.today(), rule), rule)


def ranked(found: State, rule: RiskTable) -> Ranking:
    """The accounts of a state by their risk."""
    measured = rules.measures(found.known, rule)
    strengths = rules.ramps(measured, rule)
    risks = rules.risk(strengths, rule)
    order = rules.ordered(risks, found.known.last, _places(found.subjects), rule)
    return Ranking(found.day, found.subjects, risks, order, measured, strengths, rules.points(strengths, rule), rule)


def _places(subjects: tuple[Subject, ...]) -> Ints:
    """Each account's place by its number, shorter numbers first: ids follow the order of a file, numbers do not."""
    keys = [(one.account or one.number or "", one.client) for one in subjects]
    by_number = sorted(range(len(keys)), key=lambda at: (len(keys[at][0]), *keys[at]))
    places = np.empty(len(keys), dtype=np.int64)
    places[by_number] = np.arange(len(keys))
    return places


def _said(name: str, measure: float) -> str:
    """The figure of a line as one reads it; of the movements the share that are payments."""
    if isnan(measure):
        return ""
    if name in _SHARES:
        return f"{(1 - measure if name == 'seldom' else measure):.0%}"
    return f"{measure:.0f}" if name == "dormant" else f"{measure:.1f}"
