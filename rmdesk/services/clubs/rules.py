"""Plain rules of clubs: half-years and their days, the mean of a window, what is needed, what is proposed. No I/O."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date

from rmdesk.base.record import record
from rmdesk.models.kinds import Decision, Proposal
from rmdesk.services.gifts.rules import months_before

MEMBERS = (Decision.JOIN, Decision.STAY, Decision.WATCH)  # who was decided on so is a member


@record
class Half:
    """A half-year: January to June (181 days, 182 in a leap year), or July to December (184)."""

    year: int
    second: bool

    @property
    def code(self) -> str:
        """As 2026H2."""
        return f"{self.year}H{2 if self.second else 1}"

    @property
    def start(self) -> date:
        """Its first day."""
        return date(self.year, 7 if self.second else 1, 1)

    @property
    def end(self) -> date:
        """Its last day."""
        return date(self.year, 12, 31) if self.second else date(self.year, 6, 30)

    @property
    def days(self) -> int:
        """How many days it has: 181, 182 or 184."""
        return (self.end - self.start).days + 1

    @property
    def months(self) -> range:
        """Its months, counted since year 0 as month facts are."""
        first = self.year * 12 + (6 if self.second else 0)
        return range(first, first + 6)

    @property
    def before(self) -> Half:
        """The half-year before."""
        return Half(self.year, second=False) if self.second else Half(self.year - 1, second=True)


def half_of(day: date) -> Half:
    """The half-year a day is in."""
    return Half(day.year, second=day.month > 6)


def half_named(code: str) -> Half | None:
    """The half-year of a code as 2026H2; None for anything else."""
    found = re.fullmatch(r"([12]\d{3})[Hh]([12])", code.strip())
    return None if found is None else Half(int(found[1]), second=found[2] == "2")


def half_shown(day: date, review_days: int) -> Half:
    """The window to look at on a day: the one that has just ended while it is reviewed, else the one that runs."""
    now = half_of(day)
    return now.before if (day - now.start).days < review_days else now


def month_days(month: int) -> int:
    """The days of a month counted since year 0."""
    return calendar.monthrange(month // 12, month % 12 + 1)[1]


def last_over(day: date) -> int:
    """The last month that is over at the end of a day: a month that still runs has no daily average yet."""
    now = day.year * 12 + day.month - 1
    return now if day.day == month_days(now) else now - 1


@record
class Window:
    """What is known of a half-year: `total` is the sum over the known days of the balance of each day, in minor units
    times days. `gaps`: months without a figure before the last one that has any; a half-year that is over has a gap
    for each month that is not known."""

    half: Half
    known_days: int
    total: int
    gaps: tuple[int, ...]
    last: int | None  # the mean of the last known month

    @property
    def mean(self) -> float | None:
        """The mean of the known days; None where no day is known."""
        return self.total / self.known_days if self.known_days else None

    @property
    def days_left(self) -> int:
        """The days of which nothing is known yet."""
        return self.half.days - self.known_days

    @property
    def whole(self) -> bool:
        """Whether every day is known."""
        return self.known_days == self.half.days

    def needed(self, limit: int) -> float | None:
        """The mean that the days left need: (limit x days - sum so far) / days left; None when none are left or some
        months are missing. Below zero the window is made already."""
        if self.gaps or not self.days_left:
            return None
        return (limit * self.half.days - self.total) / self.days_left


def window(half: Half, averages: Mapping[int, int], day: date) -> Window:
    """The window from monthly daily averages in minor units, by month; a month that is not over by `day` is not
    looked at."""
    over = last_over(day)
    told = {month: averages[month] for month in half.months if month in averages and month <= over}
    end = half.months[-1] if day > half.end else max(told, default=half.months[0] - 1)
    gaps = tuple(month for month in half.months if month <= end and month not in told)
    total = sum(mean * month_days(month) for month, mean in told.items())
    known = sum(month_days(month) for month in told)
    return Window(half, known, total, gaps, told[max(told)] if told else None)


@record
class Proposed:
    """What is proposed, and which of the reasons it rests on: missing, mean, needed, secured."""

    proposal: Proposal | None  # None: nothing to say
    why: str


def propose(
    seen: Window, limit: int, day: date, *, member: bool, level: int | None, watch_share: float, reach: float
) -> Proposed:
    """What a window proposes for a member, or for somebody who is none.

    A half-year that is over is decided by its mean; one that runs by what the days left need, held against the mean
    of the last known month, `level`. Unknown months make it undecidable: nobody joins or leaves on them.
    """
    if seen.gaps:
        return Proposed(Proposal.UNKNOWN, "missing")
    if day > seen.half.end:
        return _judged(seen, limit, member=member, watch_share=watch_share)
    needed = seen.needed(limit)
    if needed is None or needed <= 0:
        return Proposed(Proposal.STAY if member else Proposal.JOIN, "secured")
    if level is None:
        return Proposed(Proposal.UNKNOWN, "missing")
    if member:
        return Proposed(Proposal.STAY if needed <= level else Proposal.WATCH, "needed")
    return Proposed(Proposal.WATCH if needed <= level * reach else None, "needed")


def _judged(seen: Window, limit: int, *, member: bool, watch_share: float) -> Proposed:
    made = seen.total >= limit * seen.half.days  # whole numbers: at the limit is in, a fen below is not
    if member:
        near = seen.total >= limit * seen.half.days * watch_share
        return Proposed(Proposal.STAY if made else Proposal.WATCH if near else Proposal.LEAVE, "mean")
    return Proposed(Proposal.JOIN if made else None, "mean")


def ends_on(notice: date, months: int) -> date:
    """The first day after a term that began with its notice: the same day so many months on, or the month's last."""
    return months_before(notice, -months)


def is_member(decision: Decision, starts: date | None, ends: date | None, day: date, grace_days: int) -> bool:
    """Whether somebody is a member on a day by the last term that has begun; a term under review goes on."""
    if decision not in MEMBERS or starts is None or starts > day:
        return False
    return ends is None or (day - ends).days < grace_days
