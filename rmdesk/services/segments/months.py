"""The monthly part of the figures: series of averages and month ends, activity, falls.

What the bank tells of a client's month as a whole wins over the sum of the accounts; part of a month is no month.
Holdings and accounts that no month covers count with their present amount from the month they began, so that a
series of deposits is not held against an AUM that contains more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from rmdesk.models.kinds import Topic
from rmdesk.services.segments import assets
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.work import UnitOfWork

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LENGTH = 24
YEAR = 12
UNTOLD = -(2**63)


def refresh(work: UnitOfWork, chosen: str, params: Mapping[str, Any]) -> None:
    """Add the monthly columns to figures just rebuilt; `chosen` is the WHERE clause of the clients, or empty."""
    if work.value("SELECT 1 FROM month_fact LIMIT 1") is None:
        return
    table = _read(work, chosen, params)
    if table is None:
        return
    _add_uncovered(work, table, chosen, params)
    money = {
        int(row[0]): (row[1], row[2], row[3])
        for page in work.pages(
            "SELECT client_id, aum_minor, CAST(substr(aum_on, 1, 4) AS INTEGER) * 12 "
            f"+ CAST(substr(aum_on, 6, 2) AS INTEGER) - 1, demand_minor FROM client_figures {chosen}",
            dict(params),
        )
        for row in page
    }
    own: dict[int, str] = dict(
        work.rows(
            f"SELECT client_id, max(last_own_on) FROM month_fact {chosen} GROUP BY client_id HAVING max(last_own_on)",
            dict(params),
        )
    )
    rows = [
        (*figures, own.get(client), client)
        for client, figures in zip(table.clients.tolist(), _figures(table, money), strict=True)
    ]
    if rows:
        work.bulk(_UPDATE, rows, topics=(Topic.SEGMENTS,))


@dataclass(slots=True)
class _Table:
    """One row per client, LENGTH columns up to each client's own last month; NaN is unknown."""

    clients: Ints
    last: Ints
    averages: Floats
    ends: Floats
    outs: Floats
    counts: Floats
    own: Floats
    demand: Floats
    whole: npt.NDArray[np.bool_]  # told by the bank for the client as a whole


_MONTHS = """
WITH rate(currency, factor) AS MATERIALIZED (SELECT key, value FROM json_each(:rates)),
asset(kind) AS MATERIALIZED (SELECT value FROM json_each(:assets)),
told AS (
    SELECT m.client_id, m.month, m.account_id IS NULL AS whole, a.kind = 'demand' AS demand, factor,
           m.average_minor AS average, m.end_minor AS "end", m.out_minor AS "out", m.tx_count, m.last_own_on
    FROM month_fact m
    LEFT JOIN account a ON a.id = m.account_id
    JOIN rate ON rate.currency = m.currency
    WHERE NOT m.partial AND (m.account_id IS NULL OR a.kind IN asset)
)
SELECT client_id, month, whole,
       CASE WHEN count(average) = count(*) THEN sum(average * factor) END,
       CASE WHEN count("end") = count(*) THEN sum("end" * factor) END,
       sum("out" * factor), sum(tx_count), max(last_own_on IS NOT NULL),
       sum(CASE WHEN demand THEN "end" * factor END), count(*)
FROM told {chosen}
GROUP BY client_id, month, whole
"""


def _read(reads: Reads, chosen: str, params: Mapping[str, Any]) -> _Table | None:
    pages = [
        np.array(page, dtype=np.float64) for page in reads.pages(_MONTHS.format(chosen=chosen), dict(params), 2000)
    ]
    if not pages:
        return None
    told = np.concatenate(pages)
    clients, row = np.unique(told[:, 0].astype(np.int64), return_inverse=True)
    month = told[:, 1].astype(np.int64)
    last = np.zeros(len(clients), dtype=np.int64)
    np.maximum.at(last, row, month)
    column = month - last[row] + LENGTH - 1
    seen = column >= 0
    told, row, column = told[seen], row[seen], column[seen]
    by_client = told[:, 2] == 1
    counts = np.zeros((len(clients), LENGTH))
    counts[row[~by_client], column[~by_client]] = told[~by_client, 9]
    spans = counts >= _expected(reads, clients, last, chosen, params)

    def series(field: int) -> Floats:
        values = np.full((len(clients), LENGTH), np.nan)
        parts = ~by_client
        values[row[parts], column[parts]] = told[parts, field]
        if field in (3, 4, 8):
            values[~spans] = np.nan
        whole = by_client & ~np.isnan(told[:, field])
        values[row[whole], column[whole]] = told[whole, field]
        return values

    whole = np.zeros((len(clients), LENGTH), dtype=np.bool_)
    whole[row[by_client], column[by_client]] = True
    return _Table(clients, last, series(3), series(4), series(5), series(6), series(7), series(8), whole)


_SPANS = """
WITH asset(kind) AS MATERIALIZED (SELECT value FROM json_each(:assets)),
span AS (
    SELECT m.client_id, min(m.month) AS first, CASE WHEN a.closed_on IS NOT NULL THEN max(m.month) END AS last
    FROM month_fact m JOIN account a ON a.id = m.account_id
    WHERE NOT m.partial AND a.kind IN asset GROUP BY m.account_id
)
SELECT client_id, first, last FROM span {chosen}
"""


def _expected(reads: Reads, clients: Ints, last: Ints, chosen: str, params: Mapping[str, Any]) -> Floats:
    """How many accounts each month should tell of: an account that is missing once would hide its money."""
    steps = np.zeros((len(clients), LENGTH + 1))
    for page in reads.pages(_SPANS.format(chosen=chosen), dict(params)):
        span = np.array(page, dtype=np.float64)
        row = np.searchsorted(clients, span[:, 0].astype(np.int64))
        offset = LENGTH - 1 - last[row]
        first = np.clip(span[:, 1] + offset, 0, LENGTH).astype(np.int64)
        end = np.clip(np.nan_to_num(span[:, 2] + offset, nan=LENGTH - 1) + 1, 0, LENGTH).astype(np.int64)
        np.add.at(steps, (row, first), 1)
        np.add.at(steps, (row, np.maximum(first, end)), -1)
    return np.cumsum(steps, axis=1)[:, :LENGTH]


_UNCOVERED = """
WITH rate(currency, factor) AS MATERIALIZED (SELECT key, value FROM json_each(:rates)),
asset(kind) AS MATERIALIZED (SELECT value FROM json_each(:assets)),
part AS (
    SELECT client_id, kind, currency, balance_minor AS amount, opened_on AS since FROM account
    WHERE closed_on IS NULL AND balance_minor IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM month_fact m WHERE m.account_id = account.id)
    UNION ALL
    SELECT h.client_id, h.kind, h.currency, h.amount_minor, h.started_on
    FROM holding h LEFT JOIN account a ON a.id = h.account_id
    WHERE h.ended_on IS NULL AND h.amount_minor IS NOT NULL
      AND (coalesce(a.balance_minor, {account_end}) IS NULL OR a.closed_on IS NOT NULL OR a.kind <> h.kind)
)
SELECT client_id, CAST(substr(since, 1, 4) AS INTEGER) * 12 + CAST(substr(since, 6, 2) AS INTEGER) - 1,
       amount * factor
FROM part JOIN rate ON rate.currency = part.currency
{chosen} {joint} kind IN asset
AND EXISTS (SELECT 1 FROM month_fact m WHERE m.client_id = part.client_id AND m.account_id IS NOT NULL)
"""


def _add_uncovered(reads: Reads, table: _Table, chosen: str, params: Mapping[str, Any]) -> None:
    began = np.zeros((len(table.clients), LENGTH + 1))
    sql = _UNCOVERED.format(
        chosen=chosen, joint="AND" if chosen else "WHERE", account_end=assets.last_end("m.account_id = a.id")
    )
    for page in reads.pages(sql, dict(params)):
        parts = np.array(page, dtype=np.float64)
        client = parts[:, 0].astype(np.int64)
        row = np.minimum(np.searchsorted(table.clients, client), len(table.clients) - 1)
        parts, row = parts[table.clients[row] == client], row[table.clients[row] == client]
        offset = LENGTH - 1 - table.last[row]
        first = np.clip(np.nan_to_num(parts[:, 1] + offset), 0, LENGTH).astype(np.int64)
        np.add.at(began, (row, first), parts[:, 2])
    amounts = np.where(table.whole, 0.0, np.cumsum(began, axis=1)[:, :LENGTH])
    table.averages += amounts
    table.ends += amounts


def _figures(table: _Table, money: Mapping[int, tuple[Any, Any, Any]]) -> list[tuple[Any, ...]]:
    averages = np.where(np.isnan(table.averages), table.ends, table.averages)
    ends = np.where(np.isnan(table.ends), table.averages, table.ends)
    known = [money.get(client, (None, None, None)) for client in table.clients.tolist()]
    aum = np.array([entry[0] for entry in known], dtype=np.float64)
    aum_month = np.array([entry[1] for entry in known], dtype=np.float64)
    demand = np.array([entry[2] for entry in known], dtype=np.float64)
    at = np.where(np.isnan(aum_month), table.last, aum_month).astype(np.int64)
    back = np.stack([_at(ends, table.last, at - months) for months in (1, 2, 3)])
    peak = np.fmax(np.fmax.reduce(back), np.where(at > table.last, np.nan, _at(ends, table.last, at)))
    peak = np.fmax(peak, aum)
    least = np.min([demand, table.demand[:, -1], table.demand[:, -2]], axis=0)
    return list(
        zip(
            table.last.tolist(),
            *(_whole(values) for values in (back[0], back[2], peak)),
            _falling(averages),
            _whole(table.outs[:, -1]),
            _whole(_active(table)),
            _whole(least),
            _blobs(averages),
            _blobs(ends),
            strict=True,
        )
    )


def _at(series: Floats, last: Ints, month: Ints) -> Floats:
    column = month - last + LENGTH - 1
    inside = (column >= 0) & (column < LENGTH)
    found = series[np.arange(len(series)), np.clip(column, 0, LENGTH - 1)]
    return np.where(inside, found, np.nan)


def _falling(averages: Floats) -> list[int | None]:
    """How many months in a row the value fell, counted back from the last month; None with one month only."""
    with np.errstate(invalid="ignore"):
        fell = averages[:, 1:] < averages[:, :-1]
    run = np.cumprod(fell[:, ::-1], axis=1).sum(axis=1)
    told = ~np.isnan(averages[:, -1]) & ~np.isnan(averages[:, -2])
    return [int(count) if known else None for count, known in zip(run, told, strict=True)]


def _active(table: _Table) -> Floats:
    """Months of the last year in which the client acted; by own transactions where the bank tells them apart."""
    counts, own = table.counts[:, -YEAR:], table.own[:, -YEAR:]
    told_own = np.nansum(table.own, axis=1) > 0
    by_own = np.nansum(own, axis=1)
    by_count = (np.nan_to_num(counts) > 0).sum(axis=1).astype(np.float64)
    by_count = np.where(np.isnan(counts).all(axis=1), np.nan, by_count)
    return np.where(told_own, by_own, by_count)


def _whole(values: Floats) -> list[int | None]:
    return [None if np.isnan(value) else round(value) for value in values.tolist()]


def _blobs(series: Floats) -> list[bytes]:
    untold = np.isnan(series)
    kept = np.where(untold, UNTOLD, np.rint(np.where(untold, 0.0, series)).astype("<i8")).astype("<i8")
    return [row.tobytes() for row in kept]


_UPDATE = """
UPDATE client_figures SET last_month = ?, month_before_minor = ?, quarter_before_minor = ?, peak_minor = ?,
    falling_months = ?, out_minor = ?, active_months = ?, idle_minor = ?, averages = ?, ends = ?, last_own_on = ?
WHERE client_id = ?
"""
