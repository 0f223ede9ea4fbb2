"""Decides how near a group is to its limits, and finds who guarantees in a circle. Pure; amounts in minor units."""

from __future__ import annotations

import calendar
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from rmdesk.base.record import record


class Light(StrEnum):
    """The traffic light, the harmless first: green, 80 %, 90 %, 100 %; unknown where no capital figure is known."""

    GREEN = "green"
    WATCH = "watch"
    NEAR = "near"
    REACHED = "reached"
    UNKNOWN = "unknown"


ORDER = (Light.GREEN, Light.WATCH, Light.UNKNOWN, Light.NEAR, Light.REACHED)


@record
class Amount:
    """A sum in minor units; `at_least`: some of what belongs to it is unknown, so it may be more."""

    minor: int = 0
    at_least: bool = False

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.minor + other.minor, self.at_least or other.at_least)


def light(total: Amount, limit: int | None, steps: tuple[int, int, int], *, stale: bool) -> Light:
    """The light of a total against its limit; `steps` are the percents of watch, near and reached.

    Never green on a stale capital figure, nor where the total may be more than it says (domain §13).
    """
    if limit is None or limit <= 0:
        return Light.UNKNOWN
    watch, near, reached = (total.minor * 100 >= step * limit for step in steps)
    if reached:
        return Light.REACHED
    if near:
        return Light.NEAR
    return Light.WATCH if watch or stale or total.at_least else Light.GREEN


def worst(lights: Iterable[Light]) -> Light:
    """The light of several lines together; unknown without any."""
    return max(lights, key=ORDER.index, default=Light.UNKNOWN)


def limit_of(capital: int | None, percent: int) -> int | None:
    """A share of the capital, rounded down: the limit is not exceeded by a rounding."""
    return None if capital is None else capital * percent // 100


def stale_capital(on: date, day: date, months: int) -> bool:
    """Whether a capital figure is older than so many months; the end of a month goes to the end of a month."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    ends = on.day == calendar.monthrange(on.year, on.month)[1]
    return date(year, month + 1, last if ends else min(on.day, last)) < day


def counted(noted: Mapping[str, Amount], told: Amount | None, factors: Mapping[str, int], loan: str) -> Amount:
    """What one party's exposures by kind count together, each by its factor in percent.

    Loans are also `told` by the bank: the larger of both counts, never both.
    """
    kinds = dict(noted)
    if told is not None:
        own = kinds.get(loan, Amount())
        kinds[loan] = Amount(max(own.minor, told.minor), own.at_least or told.at_least)
    whole = Amount()
    for kind, amount in kinds.items():
        whole += Amount(-(-amount.minor * factors.get(kind, 100) // 100), amount.at_least)
    return whole


def circles(guarantees: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """Who guarantees for each other in a circle: for each party in one the shortest, told once, its least name first.

    `guarantees` are pairs of guarantor and debtor; (A, B, C) says A answers for B, B for C, and C for A.
    """
    onward: dict[str, list[str]] = {}
    for guarantor, debtor in sorted(set(guarantees)):
        onward.setdefault(guarantor, []).append(debtor)
    found: dict[frozenset[str], tuple[str, ...]] = {}
    for start in sorted(onward):
        circle = _shortest(start, onward)
        if circle:
            least = circle.index(min(circle))
            found.setdefault(frozenset(circle), circle[least:] + circle[:least])
    return tuple(sorted(found.values()))


def _shortest(start: str, onward: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The shortest way from a party back to itself; empty when there is none. Looks at each party once."""
    came: dict[str, str] = {}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for there in onward.get(here, ()):
            if there == start:
                way = [here]
                while way[-1] != start:
                    way.append(came[way[-1]])
                return tuple(reversed(way))
            if there not in came:
                came[there] = here
                waiting.append(there)
    return ()


def in_order(places: Sequence[tuple[str, str | None]]) -> tuple[tuple[int, int], ...]:
    """Places of a tree (party, under whom) as (index, depth), each below the one above it; children as they came.

    Who stands under somebody that is no member, or under themselves, comes at the top. Each place comes once, also
    where a party has several.
    """
    parties = {party for party, _under in places}
    below: dict[str | None, list[int]] = {}
    for at, (party, under) in enumerate(places):
        below.setdefault(under if under in parties and under != party else None, []).append(at)
    out: list[tuple[int, int]] = []
    done: set[int] = set()

    def walk(tops: Iterable[int]) -> None:
        waiting = [(at, 0) for at in reversed(list(tops))]
        while waiting:
            at, depth = waiting.pop()
            if at in done:
                continue
            done.add(at)
            out.append((at, depth))
            waiting += [(child, depth + 1) for child in reversed(below.get(places[at][0], []))]

    walk(below.get(None, []))
    for at in range(len(places)):  # who only stands under each other
        walk([at])
    return tuple(out)
