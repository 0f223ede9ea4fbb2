"""Cadence honesty: the contacts a working day that the cadences ask for, against the pace that was measured."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from rmdesk.base.record import record
from rmdesk.models.kinds import VisitState
from rmdesk.services.fairness import rules
from rmdesk.services.fairness.rules import Cell, Change
from rmdesk.services.occasions import workdays
from rmdesk.services.rulebook import book
from rmdesk.services.segments.tables import SegmentTable
from rmdesk.services.store.reads import Reads

if TYPE_CHECKING:
    from rmdesk.services.care.facts import Ints


@record
class Capacity:
    """Contacts a working day: `needed` by the cadences, `measured` in the `days` before `day` (None: too few days on
    record to tell). Measured are contacts with the clients whom a cadence asks for, and no others.
    `suggestions` is what could give way, in this order; empty when the cadences can be kept."""

    day: date
    days: int
    workdays: int
    contacts: int
    needed: float
    measured: float | None
    asked: int  # clients with a cadence
    overdue: int  # of them those past it, as in the coverage
    suggestions: tuple[Change, ...]

    @property
    def kept(self) -> bool | None:
        """Whether the cadences can be kept at this pace; None where it is not known."""
        if self.measured is None:
            return None
        return self.needed <= self.measured + float(book("fairness")["capacity"]["tolerance"]["value"])

    @property
    def catch_up_days(self) -> int | None:
        """Working days until nobody is overdue; None where this pace never gets there or is not known."""
        return rules.catch_up(self.overdue, self.needed, self.measured)

    @property
    def feasible(self) -> bool:
        """Whether all suggestions together are enough."""
        if self.kept is not False:
            return True
        tolerance = float(book("fairness")["capacity"]["tolerance"]["value"])
        left = self.suggestions[-1].needed if self.suggestions else self.needed
        return left <= (self.measured or 0.0) + tolerance


_FIRST = f"SELECT min(\"on\") FROM visit WHERE state = '{VisitState.HELD.value}' AND two_way"
# A client met twice on a day is one contact: a cadence asks for no more.
_CONTACTS = f"""
SELECT client_id, count(DISTINCT "on") FROM visit
WHERE state = '{VisitState.HELD.value}' AND two_way AND "on" >= :first AND "on" < :day GROUP BY client_id
"""


def capacity(reads: Reads, day: date, table: SegmentTable | None = None) -> Capacity:
    """Whether the cadences can be kept, as of the morning of `day`; `table` tries other cadences than those set."""
    days = int(str(rules.figure("capacity", "days")))
    began = reads.value(_FIRST)
    first = max(day - timedelta(days), date.fromisoformat(began)) if began else day
    worked = workdays.between(first - timedelta(1), day - timedelta(1))
    asked = _asked(reads, day, table)
    contacts = _contacts(reads, first, day, asked)
    enough = worked >= int(str(rules.figure("capacity", "least_workdays")))
    measured = contacts / worked if enough else None
    ahead = workdays.between(day, day + timedelta(days))
    cells = _cells(asked)
    needed = rules.needed(cells, days, ahead)
    found = rules.changes(cells, days, ahead, measured) if measured is not None else ()
    return Capacity(day, days, worked, contacts, needed, measured, len(asked.client), asked.overdue, found)


@record
class _Book:
    """The clients who may be contacted and have a cadence, ids ascending, and how many of them are past it."""

    client: Ints
    tier: Ints
    cadence: Ints
    group: Ints
    overdue: int


def _asked(reads: Reads, day: date, table: SegmentTable | None) -> _Book:
    import numpy as np

    from rmdesk.services.care import portfolio
    from rmdesk.services.segments.rules import cadence_of

    whole = portfolio.current(reads, day)
    cadence = whole.cadence if table is None else cadence_of(whole.tier, whole.group, table)
    asked = (whole.excluded == 0) & (whole.tier > 0) & ~np.isnan(cadence)
    late = asked & (np.isnan(whole.gap) | (whole.gap > cadence))
    return _Book(
        whole.client[asked], whole.tier[asked], cadence[asked].astype(np.int64), whole.group[asked], int(late.sum())
    )


def _contacts(reads: Reads, first: date, day: date, asked: _Book) -> int:
    """Contacts with the clients of the book; with others nobody asked for them."""
    import numpy as np

    total = 0
    for page in reads.pages(_CONTACTS, {"first": first.isoformat(), "day": day.isoformat()}):
        found = np.array(page, dtype=np.int64)
        total += int(found[np.isin(found[:, 0], asked.client), 1].sum())
    return total


def _cells(asked: _Book) -> tuple[Cell, ...]:
    """The clients of the book by tier and cadence."""
    import numpy as np

    keys = np.column_stack((asked.tier, asked.cadence, asked.group))
    found: dict[tuple[int, int], dict[int, int]] = {}
    for (tier, every, group), count in zip(*np.unique(keys, axis=0, return_counts=True), strict=True):
        found.setdefault((int(tier), int(every)), {})[int(group)] = int(count)
    return tuple(
        Cell(f"T{tier}", every, sum(groups.values()), tuple(f"G{group}" for group in sorted(groups)))
        for (tier, every), groups in sorted(found.items())
    )
