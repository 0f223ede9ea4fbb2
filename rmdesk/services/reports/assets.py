"""Reads what the portfolio was worth by month and tier, from the monthly averages that the bank told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rmdesk.base import money
from rmdesk.base.money import Money
from rmdesk.base.record import replace
from rmdesk.base.text import Phrase, _, phrase
from rmdesk.services.charts import Series, Trend
from rmdesk.services.clients.total import Total
from rmdesk.services.reports import moves, rules
from rmdesk.services.reports.parts import Cell, Column, Form, Part
from rmdesk.services.segments import settings
from rmdesk.services.store.reads import Reads

if TYPE_CHECKING:
    from rmdesk.services.reports.moves import Months
    from rmdesk.services.segments.rules import Floats

COLUMNS = (
    Column(phrase("Tier"), width=22), Column(phrase("Clients"), Form.COUNT),
    Column(phrase("Clients before"), Form.COUNT),
    Column(phrase("AUM"), Form.MONEY, 14), Column(phrase("AUM before"), Form.MONEY, 14),
    Column(phrase("Growth"), Form.SHARE),
)  # fmt: skip


def tiers(reads: Reads, day: date) -> Part:
    """Clients and monthly average of each tier after the last told month, against the month before."""
    import numpy as np

    title, last = phrase("Assets and tiers"), moves.last_told(reads, day)
    if last is None:
        return Part("tiers", title, COLUMNS, (), empty=phrase("No month is told yet."))
    found, table = moves.months(reads, last), settings.table(reads)
    now, then = moves.tiers(found, table), moves.tiers(found, table, 1)
    rows: list[tuple[Cell, ...]] = []
    for tier in reversed(range(1, len(table.tier_names) + 1)):
        inside, before = now == tier, then == tier
        if inside.any() or before.any():
            worth, was = _sum(found, -1, inside), _sum(found, -2, before)
            rows.append(
                (
                    table.tier_names[tier - 1], int(inside.sum()), int(before.sum()), worth, was, change(worth, was),
                )
            )  # fmt: skip
    worth, was = _sum(found, -1, np.ones(len(now), bool)), _sum(found, -2, np.ones(len(now), bool))
    rows.append((phrase("All"), int((now > 0).sum()), int((then > 0).sum()), worth, was, change(worth, was)))
    note = phrase(
        "daily average of {month} against {before}", month=moves.name_of(last), before=moves.name_of(last - 1)
    )
    return Part("tiers", title, COLUMNS, tuple(rows), note=note)


def at_end(reads: Reads, whole: Total, day: date) -> Total:
    """What the portfolio held on `day`, where that ended a month which the bank has told and which lies behind its
    newest export; else what is known now, with its own day."""
    import numpy as np

    last = moves.last_told(reads, day)
    if whole.as_of is None or whole.as_of <= day or last != day.year * 12 + day.month - 1:
        return whole
    found = moves.months(reads, last, "ends")
    ends = found.series[:, -1]
    if np.isnan(ends).all():
        return whole
    return replace(whole, aum_minor=round(float(np.nansum(ends))), as_of=day)


def change(now: Money | None, before: Money | None) -> float | None:
    """The change as a share of what was; None when either is unknown or nothing was there."""
    if now is None or before is None or before.minor <= 0:
        return None
    return now.minor / before.minor - 1


def _sum(found: Months, column: int, inside: Floats) -> Money | None:
    import numpy as np

    values = found.series[inside, column]
    return None if np.isnan(values).all() else Money(round(float(np.nansum(values))), found.currency)


def trend(reads: Reads, day: date) -> tuple[Trend, ...]:
    """The portfolio's monthly averages of a year as a line; nothing with fewer than two months."""
    import numpy as np

    last, count = moves.last_told(reads, day), rules.number("trend", "months")
    if last is None:
        return ()
    found = moves.months(reads, last)
    series = found.series[:, -count:] / 10.0 ** money.digits(found.currency)
    told = [None if np.isnan(column).all() else float(np.nansum(column)) for column in series.T]
    known = [value for value in told if value is not None]
    if len(known) < 2:
        return ()
    names = [moves.name_of(last - back) for back in reversed(range(count))]
    said = ["" if value is None else _written(value, found.currency) for value in told]
    line = Series(_("AUM"), tuple(told), labels=tuple(f"{name} {text}" for name, text in zip(names, said, strict=True)))
    ticks = tuple(name if at % 3 == 2 else "" for at, name in enumerate(names))
    return (Trend(_("AUM by month"), ticks, (line,), _levels(max(known), found.currency)),)


def _levels(peak: float, currency: str) -> tuple[tuple[float, str], ...]:
    """The floor, the middle and the top of the axis, at round amounts."""
    step = 10.0 ** (len(str(int(peak))) - 1)
    top = next(factor * step for factor in (1, 2, 4, 5, 8, 10, 20) if factor * step >= peak)
    return tuple((value, _written(value, currency)) for value in (0.0, top / 2, top))


def _written(value: float, currency: str) -> str:
    from rmdesk.services.care.words import Compact

    return str(Compact(round(value * 10.0 ** money.digits(currency)), currency))


def against(label: Phrase, now: int, before: int) -> tuple[Cell, ...]:
    """A figure beside that of the days before, with the difference."""
    return label, now, before, now - before
