"""Everything the Insights page shows of a period, read at once. Cheap to import: numpy is loaded by the first call."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rmdesk.base import clock
from rmdesk.base.record import record
from rmdesk.services.insights.periods import Period, period
from rmdesk.services.store.reads import Reads

if TYPE_CHECKING:
    from rmdesk.services.care.frame import Portfolio
    from rmdesk.services.churn.lessons import LeadTime
    from rmdesk.services.fairness.capacity import Capacity
    from rmdesk.services.fairness.queries import Meter
    from rmdesk.services.insights.contacts import Weeks
    from rmdesk.services.insights.fields import Dots
    from rmdesk.services.insights.months import Held, Sums


@record
class KeyFigures:
    """The line of figures. Amounts in minor units of `currency`; shares 0..1; None is unknown, never zero.

    `..._before` is the same on the day before the days that coverage looks at, by the tiers and cadences of today.
    """

    currency: str
    months: tuple[int, ...]  # of the average: which were told
    aum_minor: int | None
    aum_change: float | None
    covered: float | None
    due: int
    met: int
    covered_before: float | None
    overdue: int
    overdue_before: int
    warnings: int
    lost: int  # in the period
    promises: int
    promises_late: int
    budget_year: int
    budget_spent: int
    budget_limit: int
    meter: Meter  # what the next three are read off
    invested: float | None  # the existing clients' share of money and hours over their share of the AUM
    fair: bool | None
    fair_from: float


@record
class Overview:
    """What the cards draw. `currency` is that of all amounts."""

    period: Period
    day: date
    currency: str
    clients: int
    figures: KeyFigures
    held: tuple[tuple[float, float], ...]  # the 20/80 curve: share of the clients, share of the AUM
    tenths: tuple[float, ...]  # the share of the AUM that the wealthiest tenth holds, the wealthiest two, ...
    top: float
    top_share: float | None
    months: Sums
    weeks: Weeks
    dots: Dots
    leads: tuple[LeadTime, ...]
    capacity: Capacity
    meter: Meter


def overview(reads: Reads, name: str, day: date | None = None) -> Overview:
    """The whole page for a period by name; Refused when there is no such period."""
    from rmdesk.services.care import portfolio
    from rmdesk.services.churn.lessons import lead_times
    from rmdesk.services.fairness.capacity import capacity
    from rmdesk.services.fairness.queries import meter
    from rmdesk.services.insights import contacts, fields, months
    from rmdesk.services.loyalty.queries import pareto

    today = day or clock.today()
    chosen = period(name, today)
    whole = portfolio.current(reads, today)
    series = months.months(reads, whole, chosen.last)
    curve = pareto(reads, today)
    fairness = meter(reads, chosen.first, chosen.last)
    size = len(curve.client)
    points = sorted({round(size * at / 100) for at in range(101)})
    held = tuple((at / size if size else 0.0, float(curve.held[at - 1]) if at else 0.0) for at in points)
    return Overview(
        period=chosen,
        day=today,
        currency=whole.currency,
        clients=whole.size,
        figures=_figures(reads, whole, chosen, months.held(series, chosen), fairness),
        held=held,
        tenths=tuple(float(curve.held[max(1, size * at // 10) - 1]) for at in range(1, 11)) if size else (),
        top=curve.top,
        top_share=curve.top_share,
        months=series.drawn,
        weeks=contacts.weeks(reads, whole, chosen.last),
        dots=fields.dots(reads, whole),
        leads=tuple(sorted(lead_times(reads), key=lambda one: -one.middle)),
        capacity=capacity(reads, today),
        meter=fairness,
    )


def key_figures(reads: Reads, name: str, day: date | None = None) -> KeyFigures:
    """The line of figures alone."""
    from rmdesk.services.care import portfolio
    from rmdesk.services.fairness.queries import meter
    from rmdesk.services.insights import months

    today = day or clock.today()
    chosen, whole = period(name, today), portfolio.current(reads, today)
    held = months.held(months.months(reads, whole, chosen.last), chosen)
    return _figures(reads, whole, chosen, held, meter(reads, chosen.first, chosen.last))


_PROMISES = "SELECT count(*), total(due_on < :day) FROM promise WHERE state = 'open'"
_LOST = "SELECT count(*) FROM churn_case WHERE outcome IS NOT 'mistaken' AND lost_on BETWEEN :first AND :last"


def _figures(reads: Reads, whole: Portfolio, chosen: Period, held: Held, fairness: Meter) -> KeyFigures:
    from rmdesk.services.gifts.overview import budget_of
    from rmdesk.services.insights import contacts, fields

    now, then = contacts.covered(reads, whole, chosen.last, 2)
    promises, late = reads.one(_PROMISES, {"day": whole.day.isoformat()}) or (0, 0)
    lost = reads.value(_LOST, {"first": chosen.first.isoformat(), "last": chosen.last.isoformat()})
    budget = budget_of(reads, chosen.last.year)
    return KeyFigures(
        currency=whole.currency,
        months=held.months,
        aum_minor=held.minor,
        aum_change=held.change,
        covered=now.share,
        due=int(now.due.sum()),
        met=int(now.met.sum()),
        covered_before=then.share,
        overdue=int(now.late.sum()),
        overdue_before=int(then.late.sum()),
        warnings=int(fields.warned_of(reads, whole).sum()),
        lost=int(lost),
        promises=int(promises),
        promises_late=int(late),
        budget_year=budget.year,
        budget_spent=budget.counted.committed,
        budget_limit=budget.limit,
        meter=fairness,
        invested=fairness.ratio,
        fair=fairness.fair,
        fair_from=fairness.least,
    )
