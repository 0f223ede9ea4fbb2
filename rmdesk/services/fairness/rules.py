"""Plain rules of fairness and capacity: who is new, what a share is held against, which cadence gives way. No I/O."""

from __future__ import annotations

import math
from collections.abc import Iterable

from rmdesk.base.record import record
from rmdesk.services.rulebook import book


@record
class Part:
    """An amount (minor units, minutes or clients) by who it is for; of `unknown` nobody knows since when."""

    new: int = 0
    existing: int = 0
    unknown: int = 0

    @property
    def total(self) -> int:
        """All of it."""
        return self.new + self.existing + self.unknown

    @property
    def existing_share(self) -> float | None:
        """The share of existing clients, in 0..1, of what is known; None where there is nothing."""
        known = self.new + self.existing
        return self.existing / known if known else None

    def __add__(self, other: Part) -> Part:
        return Part(self.new + other.new, self.existing + other.existing, self.unknown + other.unknown)


@record
class Cell:
    """Clients of one tier with one cadence in days, and the groups they are in."""

    tier: str
    days: int
    clients: int
    groups: tuple[str, ...]


@record
class Change:
    """A cadence that gives way: `to_days` None is an invitation to events instead. `saves` contacts a working day;
    `needed` is what is asked for after this change and all before it."""

    cell: Cell
    to_days: int | None
    saves: float
    needed: float


def figure(section: str, name: str) -> object:
    """A value of rules/fairness.toml."""
    return book("fairness")[section][name]["value"]


def ratio(spent: Part, aum: Part, held: Part) -> float | None:
    """The existing clients' share of what was spent over their share of the AUM; 1 is even, None is unknown.

    `held`: clients whose AUM is known. Where one side has none there is nobody to compare with.
    """
    if not (held.new and held.existing):
        return None
    ours, theirs = spent.existing_share, aum.existing_share
    return None if ours is None or not theirs else ours / theirs


def catch_up(overdue: int, needed: float, measured: float | None) -> int | None:
    """Working days until nobody is overdue, with what the pace leaves over beside the cadences; None: never, or the
    pace is not known."""
    if not overdue:
        return 0
    if measured is None or measured <= needed:
        return None
    return math.ceil(overdue / (measured - needed))


def needed(cells: Iterable[Cell], days: int, workdays: int) -> float:
    """Contacts a working day that the cadences ask for, in a stretch of `days` with `workdays` working days."""
    return sum(cell.clients / cell.days for cell in cells) * days / workdays if workdays else 0.0


def changes(cells: Iterable[Cell], days: int, workdays: int, measured: float) -> tuple[Change, ...]:
    """What gives way until the cadences fit the measured pace, the lower tier first, within it what saves most.

    First each cadence by one step; if that does not do, the tiers that may be met at events. Empty when it fits.
    """
    order = [str(tier) for tier in book("fairness")["stretch"]["tiers"]["value"]]
    steps = [int(step) for step in book("fairness")["stretch"]["steps"]["value"]]
    by_event = set(book("fairness")["stretch"]["by_event"]["value"])
    tolerance = float(book("fairness")["capacity"]["tolerance"]["value"])
    known = list(cells)
    asked = needed(known, days, workdays)
    found: list[Change] = []
    now = {id(cell): cell.days for cell in known}
    able = sorted(
        (cell for cell in known if cell.tier in order),
        key=lambda cell: (order.index(cell.tier), -cell.clients / cell.days, cell.groups),
    )
    for by_invitation in (False, True):
        for cell in able:
            if asked <= measured + tolerance:
                return tuple(found)
            if by_invitation and cell.tier not in by_event:
                continue
            to_days = None if by_invitation else next((step for step in steps if step > cell.days), None)
            if to_days is None and not by_invitation:
                continue
            before = cell.clients / now[id(cell)]
            saves = (before - (cell.clients / to_days if to_days else 0.0)) * days / workdays
            asked -= saves
            if to_days is not None:
                now[id(cell)] = to_days
            found.append(Change(cell, to_days, saves, asked))
    return tuple(found)
