"""When a client is lost, which signals could have been seen, and which was missed. Numbers: resources/rules/churn.toml.

Months are numbers (year * 12 + month - 1); amounts in one currency, NaN is unknown.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import numpy as np
import numpy.typing as npt

from rmdesk.base.record import record
from rmdesk.services.rulebook import Words, book, words

Floats = npt.NDArray[np.float64]

# What could have been seen before a client left; words for each in ui/churn/words.py.
SEEN = ("fall", "decline", "transfers", "lapsed", "dormant", "cancelled", "manager", "complaint", "silence")


@record
class CaseTable:
    """The rules of a churn case."""

    share: float
    days: int
    months: int
    least_peak: float
    recent_days: int
    again_days: int
    answer_days: int
    warning: float
    causes: dict[str, Words]
    offered: tuple[Words, ...]


@record
class Seen:
    """A signal that was visible from a day on; `answered_on` is the first contact within the time to answer."""

    signal: str
    on: date
    answered_on: date | None

    @property
    def missed(self) -> bool:
        """Whether nobody spoke with the client in time."""
        return self.answered_on is None


@cache
def table() -> CaseTable:
    """The rules as shipped."""
    data = book("churn")
    lost = {name: entry["value"] for name, entry in data["lost"].items()}
    return CaseTable(
        **lost,
        answer_days=data["seen"]["answer_days"]["value"],
        warning=data["warning"]["least"]["value"],
        causes={name: words(entry["name"]) for name, entry in data["cause"].items()},
        offered=tuple(words(entry) for entry in data["actions"]["offered"]),
    )


def fell_on(ends: Floats, last_month: int, aum: float, aum_on: date, rule: CaseTable) -> tuple[date, float] | None:
    """The day on which a client had been under the share of the 12-month maximum for the days, and that maximum.

    `ends` are month ends, oldest first, the last of `last_month`. None while that is not so. An unknown month in
    between breaks no spell and begins none.
    """
    days = [end_of(last_month - back) for back in range(len(ends) - 1, -1, -1)]
    told = [(day, float(end)) for day, end in zip(days, ends.tolist(), strict=True) if end == end and day <= aum_on]
    if not told or told[-1][0] < aum_on:
        told.append((aum_on, aum))
    window = end_of(month_of(aum_on) - rule.months)
    peak = max(amount for day, amount in told if day >= window)
    if peak < rule.least_peak or not told[-1][1] < rule.share * peak:
        return None
    began = aum_on
    for day, amount in reversed(told):
        if not amount < rule.share * peak:
            break
        began = day
    lost = began + timedelta(rule.days)
    return (lost, peak) if lost <= aum_on else None


def may_have_fallen(ends: Floats, aum: Floats, rule: CaseTable) -> npt.NDArray[np.bool_]:
    """For many clients at once (ends: one row each): who is under the share of the maximum now, and worth a look."""
    recent = ends[:, -rule.months - 1 :]
    peak = np.fmax.reduce(np.column_stack((recent, aum)), axis=1)
    with np.errstate(invalid="ignore"):
        found: npt.NDArray[np.bool_] = (peak >= rule.least_peak) & (aum < rule.share * peak)
    return found


def first_missed(seen: list[Seen]) -> Seen | None:
    """The earliest signal that nobody answered; else the earliest there was."""
    in_order = sorted(seen, key=lambda one: (one.on, SEEN.index(one.signal)))
    return next((one for one in in_order if one.missed), in_order[0] if in_order else None)


def answered(on: date, contacts: list[date], rule: CaseTable) -> date | None:
    """The first of these contacts that came in time after a signal."""
    last = on + timedelta(rule.answer_days)
    return next((day for day in sorted(contacts) if on <= day <= last), None)


def month_of(day: date) -> int:
    """The month of a day, as a number."""
    return day.year * 12 + day.month - 1


def end_of(month: int) -> date:
    """The last day of a month."""
    year, number = divmod(month + 1, 12)
    return date(year, number + 1, 1) - timedelta(1)
