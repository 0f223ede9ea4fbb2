"""Reads who moved between tiers: the tier after one month against the tier after the month before."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from rmdesk.base.money import Money
from rmdesk.base.record import record
from rmdesk.base.text import phrase
from rmdesk.models.kinds import ClientId
from rmdesk.services.reports.done import CLIENT
from rmdesk.services.reports.parts import Cell, Column, Form, Part, Who
from rmdesk.services.segments import settings
from rmdesk.services.segments import tables as segments
from rmdesk.services.store.reads import Reads

if TYPE_CHECKING:
    from rmdesk.services.segments.rules import Floats, Ints

MONTHS = 24
UNTOLD = -(2**63)


@record
class Months:
    """The monthly averages or ends of a portfolio, one row a client, aligned so that the last column is `last` for all.

    `month` counts year * 12 + month - 1; amounts in minor units of `currency`, NaN unknown.
    """

    client: Ints
    series: Floats
    last: int
    currency: str


def months(reads: Reads, last: int, column: str = "averages") -> Months:
    """The averages, or the `ends`, of all clients up to the month `last`; who has none is left out."""
    import numpy as np

    from rmdesk.services.segments.assets import portfolio_currency

    ids, ends, blobs = [], [], []
    for page in reads.pages(
        f"SELECT f.client_id, f.last_month, f.{column} FROM client_figures f JOIN client c ON c.id = f.client_id "
        f"WHERE c.merged_into IS NULL AND f.{column} IS NOT NULL ORDER BY f.client_id"
    ):
        for client, month, blob in page:
            ids.append(client)
            ends.append(month)
            blobs.append(blob)
    kept = np.frombuffer(b"".join(blobs), dtype="<i8").reshape(len(ids), MONTHS)
    told = np.where(kept == UNTOLD, np.nan, kept)
    series = np.full(told.shape, np.nan)
    shift = last - np.array(ends, dtype=np.int64)  # months by which a client's series ends before `last`
    for by in np.unique(shift).tolist():
        rows = shift == by
        if 0 <= by < MONTHS:
            series[rows, : MONTHS - by] = told[rows, by:]
        elif -MONTHS < by < 0:
            series[rows, -by:] = told[rows, : MONTHS + by]
    return Months(np.array(ids, dtype=np.int64), series, last, portfolio_currency(reads))


def last_told(reads: Reads, day: date) -> int | None:
    """The last month over by `day` of which anything is told."""
    over = day.year * 12 + day.month - 1 if _is_last(day) else day.year * 12 + day.month - 2
    found = reads.value("SELECT max(month) FROM month_fact WHERE month <= ? AND NOT partial", (over,))
    return None if found is None else int(found)


def _is_last(day: date) -> bool:
    from datetime import timedelta

    return (day + timedelta(1)).month != day.month


def name_of(month: int) -> str:
    """A month as 2026-10."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def tiers(found: Months, table: segments.SegmentTable, back: int = 0) -> Ints:
    """The tier of each client after the last month but `back`; 0 unknown."""
    import numpy as np

    from rmdesk.base import money
    from rmdesk.services.segments import rules

    series = found.series[:, : MONTHS - back] / 10.0 ** money.digits(found.currency)
    means, _counts = rules.moving_mean(series, table.months)
    earned = np.where(np.isnan(series), 0, rules.tier_of(means, table.cuts))
    return rules.movement(earned, table.movement).tier


def moves(reads: Reads, day: date) -> Part:
    """Who is in another tier after the last told month than after the month before; upwards first."""
    import numpy as np

    title, columns = phrase("Moves of tiers"), (
        CLIENT, Column(phrase("From"), width=18), Column(phrase("To"), width=18),
        Column(phrase("AUM of the month"), Form.MONEY, 16), Column(phrase("Month before"), Form.MONEY, 16),
    )  # fmt: skip
    last = last_told(reads, day)
    if last is None:
        return Part("moves", title, columns, (), empty=phrase("No month is told yet."))
    found, table = months(reads, last), settings.table(reads)
    now, then = tiers(found, table), tiers(found, table, 1)
    moved = np.flatnonzero((now != then) & (now > 0) & (then > 0))
    step = (now - then)[moved]
    worth = np.nan_to_num(found.series[moved, -1])
    order = moved[np.lexsort((found.client[moved], -worth, -step))].tolist()
    names = _names(reads, [int(found.client[at]) for at in order])
    rows: list[tuple[Cell, ...]] = [
        (
            Who(ClientId(int(found.client[at])), names.get(int(found.client[at]), "")),
            table.tier_names[int(then[at]) - 1], table.tier_names[int(now[at]) - 1],
            *(_amount(found, at, column) for column in (-1, -2)),
        )
        for at in order
    ]  # fmt: skip
    note = phrase("after {month} against {before}", month=name_of(last), before=name_of(last - 1))
    return Part("moves", title, columns, tuple(rows), note=note, empty=phrase("Nobody moved."))


def _amount(found: Months, at: int, column: int) -> Money | None:
    value = float(found.series[at, column])
    return None if value != value else Money(round(value), found.currency)


def _names(reads: Reads, clients: list[int]) -> dict[int, str]:
    sql = "SELECT id, name FROM client WHERE id IN (SELECT value FROM json_each(?))"
    return {row[0]: row[1] for row in reads.rows(sql, (json.dumps(clients),))}
