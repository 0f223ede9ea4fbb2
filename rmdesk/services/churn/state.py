"""The accounts at the end of a day, as columns: only what the bank had told by then, of days up to then.

Clients of whom only the whole is told (no account with a figure) stand in the place of an account.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from rmdesk.base import money
from rmdesk.base.record import record
from rmdesk.models.kinds import AssetKind, ClientId, ClientStatus
from rmdesk.services.churn import months, past, told
from rmdesk.services.churn.rules import Floats, Known
from rmdesk.services.churn.tables import TOLD, RiskTable
from rmdesk.services.segments import assets
from rmdesk.services.store.reads import Reads

LONG_OPEN = 999.0  # months: an account of which nobody knows when it began has settled


@record
class Subject:
    """One row: an account, or a client of whom only the whole is told. `id` is of either table."""

    id: int
    client: ClientId
    number: str | None  # of the client
    account: str | None
    currency: str
    opened_on: str | None


@record
class State:
    """The accounts of a portfolio on a day, and what was known of them."""

    day: date
    currency: str
    subjects: tuple[Subject, ...]
    known: Known


_ACCOUNTS = """
SELECT a.id, a.client_id, c.number, a.number, a.currency, a.opened_on, a.as_of, a.older, a.closed_on,
       a.balance_minor, a.average_minor, a.extra, a.kind, c.status, b.as_of
FROM account a JOIN client c ON c.id = a.client_id LEFT JOIN batch b ON b.id = a.first_batch_id
ORDER BY a.id
"""
_CLIENTS = """
SELECT c.id, coalesce(c.merged_into, c.id), c.number, NULL, coalesce(c.currency, :currency), c.opened_on, c.as_of,
       c.older, NULL, c.aum_minor, NULL, c.extra, 'client', c.status, b.as_of
FROM client c LEFT JOIN batch b ON b.id = c.first_batch_id
WHERE (c.aum_minor IS NOT NULL OR EXISTS (SELECT 1 FROM month_fact m WHERE m.client_id = c.id AND account_id IS NULL))
  AND NOT EXISTS (
    SELECT 1 FROM account a WHERE a.client_id = c.id
      AND (a.balance_minor IS NOT NULL OR EXISTS (SELECT 1 FROM month_fact m WHERE m.account_id = a.id)))
ORDER BY c.id
"""
_GONE = (ClientStatus.CLOSED.value, ClientStatus.DECEASED.value)
_FIELDS = ("as_of", "older", "closed_on", "balance_minor", "average_minor", "extra", "kind", "status", "first_on")


def state(reads: Reads, day: date, rule: RiskTable) -> State:
    """What was known of every open account on `day`; accounts that nobody had told of by then are left out."""
    currency = assets.portfolio_currency(reads)
    factors = assets.factors(reads, currency)
    found = _Columns(day, factors, currency)
    for table, sql in (("account", _ACCOUNTS), ("client", _CLIENTS)):
        names = told.names(reads, table, rule)
        for subject, row in _rows(reads, table, sql.replace(":currency", f"'{currency}'"), day):
            found.add(subject, row, told.values(names, row["extra"]))
    table_ = months.table(reads, day, rule.months, [(s.account is not None, s.id) for s in found.subjects])
    return found.state(table_, months.bound(reads, day), rule)


def _rows(reads: Reads, table: str, sql: str, day: date) -> Iterator[tuple[Subject, dict[str, Any]]]:
    """Each account (or client) that was there on the day, in the state in which it was known."""
    late: dict[int, dict[str, Any]] = {}
    subjects: dict[int, Subject] = {}
    today = day.isoformat()
    for page in reads.pages(sql):
        for row in page:
            subject = Subject(row[0], ClientId(row[1]), row[2], row[3], row[4], row[5])
            fields = dict(zip(_FIELDS, row[6:], strict=True))
            if fields["as_of"] is None or fields["as_of"] > today:
                subjects[subject.id], late[subject.id] = subject, fields
            elif _there(subject, fields, today):
                yield subject, fields
    if late:
        past.rewound(reads, table, today, late)
        for one, fields in late.items():
            if _there(subjects[one], fields, today):
                yield subjects[one], fields


def _there(subject: Subject, row: dict[str, Any], day: str) -> bool:
    if row["closed_on"] is not None and row["closed_on"] <= day:
        return False
    return row["status"] not in _GONE and (subject.opened_on is None or subject.opened_on <= day)


class _Columns:
    """Gathers the accounts, then makes columns of them."""

    def __init__(self, day: date, factors: dict[str, float], currency: str) -> None:
        self._day, self._factors, self._currency = day, factors, currency
        self._kinds = (*assets.asset_kinds(), "client")
        self.subjects: list[Subject] = []
        self._rows: list[tuple[Any, ...]] = []

    def add(self, subject: Subject, row: dict[str, Any], figures: list[float | None]) -> None:
        """One account; loans and the like are no money that could leave."""
        if row["kind"] not in self._kinds:
            return
        unit = 10.0 ** -money.digits(subject.currency)
        factor = self._factors.get(subject.currency, np.nan)
        as_of = row["as_of"]
        self.subjects.append(subject)
        self._rows.append(
            (
                _times(row["balance_minor"], unit),
                np.nan if as_of is None else float(date.fromisoformat(as_of).toordinal()),
                _times(row["average_minor"], unit),
                float(row["kind"] == AssetKind.DEMAND.value),
                unit,
                factor * unit / 10.0 ** -money.digits(self._currency),
                np.nan if subject.opened_on is None else _month(subject.opened_on),
                *(np.nan if figure is None else figure for figure in figures),
            )
        )

    def state(self, found: months.Months, bound: npt.NDArray[np.int64] | None, rule: RiskTable) -> State:
        """All of them as columns; accounts that nobody had told of by the day left out."""
        table = np.array(self._rows, dtype=np.float64).reshape(len(self._rows), 7 + len(TOLD))
        balance, told_on, average, demand, unit, factor, opened = table[:, :7].T
        figures = dict(zip(TOLD, table[:, 7:].T, strict=True))
        newer = ~np.isnan(found.last_on) & ~(told_on >= found.last_on)
        last = np.where(newer | np.isnan(balance), found.last * unit, balance)
        began = np.where(np.isnan(opened), found.first, opened)
        news = np.nanmax([found.newest, *told_on[~np.isnan(told_on)], -np.inf])
        quiet = min(news, self._day.toordinal()) - found.own_on
        known = Known(
            last=last * factor,
            demand=np.where(np.isnan(last), 0.0, demand),
            average=_first(average, figures["mean"]) * factor,
            ends=found.ends * (unit * factor)[:, None],
            moved=found.moved * (unit * factor)[:, None],
            count=found.count,
            settled=np.where(np.isnan(began), LONG_OPEN, found.month_of_first_column - began),
            quiet_days=_first(quiet, figures["months_quiet"] * rule.month_days),
            unbound=self._unbound(bound),
            deviation=figures["deviation"] * factor,
            movement=figures["movement"] * factor,
            spread=figures["spread"] * factor,
            told_count=figures["count"],
            payments=figures["payments"],
        )
        there = ~np.isnan(known.last) | ~np.isnan(told_on)
        subjects = tuple(s for s, keep in zip(self.subjects, there.tolist(), strict=True) if keep)
        return State(self._day, self._currency, subjects, chosen(known, there))

    def _unbound(self, bound: npt.NDArray[np.int64] | None) -> Floats:
        if bound is None:  # the bank tells no standing orders
            return np.full(len(self.subjects), np.nan)
        own = np.array([s.id if s.account is not None else -s.client for s in self.subjects], dtype=np.int64)
        return np.where(np.isin(own, bound), 0.0, 1.0)


def chosen(known: Known, keep: npt.NDArray[Any]) -> Known:
    """Some of the rows."""
    return Known(**{name: getattr(known, name)[keep] for name in known.__match_args__})


def _times(minor: int | None, unit: float) -> float:
    return np.nan if minor is None else minor * unit


def _month(day: str) -> float:
    return int(day[:4]) * 12 + int(day[5:7]) - 1.0


def _first(first: Floats, second: Floats) -> Floats:
    return np.where(np.isnan(first), second, first)
