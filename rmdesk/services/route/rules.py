"""How the visits of a day are put in order, and what does not work out. Numbers: rules/route.toml.

Districts come in the order of their first appointment; inside a district appointments come by time, then what has no
time yet, as that is done on the way. Districts without any appointment follow by name, the unknown district last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import Channel, ClientId, RecordId
from rmdesk.services.rulebook import book

ON_THE_WAY = frozenset({Channel.AT_CLIENT, Channel.EVENT})
HOUR = 60


@dataclass(frozen=True, slots=True)
class Stop:
    """A planned visit. `starts` and `minutes` in minutes, None when not planned; `away`: one has to go there."""

    visit: RecordId
    client: ClientId
    name: str
    district: str
    away: bool
    starts: int | None
    minutes: int | None = None
    channel: str = ""
    purpose: str = ""
    address: str = ""
    phone: str = ""
    promises: int = 0  # open ones

    @property
    def at(self) -> str:
        """When, as 09:30; empty without a time."""
        return "" if self.starts is None else clock_time(self.starts)


class Trouble(StrEnum):
    """What is wrong between two visits."""

    OVERLAP = "overlap"
    TIGHT = "tight"  # too little time from one district to the next
    RETURN = "return"  # back to a district that was left before


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two visits that do not go together, the earlier one first; `minutes` are between them, negative: they overlap."""

    kind: Trouble
    first: Stop
    second: Stop
    minutes: int


@dataclass(frozen=True, slots=True)
class Leg:
    """The visits in one district; without a name it is unknown. `desk`: those for which one goes nowhere."""

    district: str
    stops: tuple[Stop, ...]
    desk: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole day."""

    legs: tuple[Leg, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def stops(self) -> tuple[Stop, ...]:
        """All visits in the order of the route."""
        return tuple(stop for leg in self.legs for stop in leg.stops)


def plan(stops: Sequence[Stop]) -> Plan:
    """The route through these visits; the order they are given in does not matter."""
    groups: dict[tuple[bool, str], list[Stop]] = {}
    for stop in sorted(stops, key=_by_time):
        groups.setdefault((not stop.away, stop.district if stop.away else ""), []).append(stop)
    legs = [Leg(district, tuple(found), desk) for (desk, district), found in groups.items()]
    return Plan(tuple(sorted(legs, key=_by_first)), conflicts(stops))


def conflicts(stops: Sequence[Stop]) -> tuple[Conflict, ...]:
    """What does not work out between appointments, in the order of the day."""
    timed = sorted((stop for stop in stops if stop.starts is not None), key=_by_time)
    found = []
    left: set[str] = set()  # districts one has been in and gone from
    before: Stop | None = None
    for at, stop in enumerate(timed):
        found += [
            Conflict(Trouble.OVERLAP, earlier, stop, between)
            for earlier in timed[:at]
            if (between := minutes_between(earlier, stop)) < 0
        ]
        if not stop.away:
            continue
        if before is not None and before.district != stop.district:
            between = minutes_between(before, stop)
            if 0 <= between < number("gap_minutes"):
                found.append(Conflict(Trouble.TIGHT, before, stop, between))
            left.add(before.district)
            if stop.district in left and stop.district:
                found.append(Conflict(Trouble.RETURN, before, stop, between))
        before = stop
    return tuple(found)


def minutes_between(first: Stop, second: Stop) -> int:
    """Minutes from the end of the first to the start of the second; both have times."""
    assert first.starts is not None
    assert second.starts is not None
    return second.starts - first.starts - (first.minutes or number("visit_minutes"))


def number(name: str) -> int:
    """A number of the rule book."""
    return int(book("route")[name]["value"])


def clock_time(minutes: int) -> str:
    """Minutes after midnight as 09:30."""
    return f"{minutes // HOUR:02}:{minutes % HOUR:02}"


def minutes_of(written: str | None) -> int | None:
    """09:30 as minutes after midnight; None when there is no time."""
    if not written:
        return None
    hour, _colon, minute = written.partition(":")
    return int(hour) * HOUR + int(minute)


def _by_time(stop: Stop) -> tuple[bool, int, str, str]:
    return stop.starts is None, stop.starts or 0, stop.name, stop.visit


def _by_first(leg: Leg) -> tuple[bool, int, bool, bool, str]:
    first = leg.stops[0].starts
    return first is None, first or 0, leg.desk, not leg.district, leg.district


def said(conflict: Conflict) -> Phrase:
    """A conflict in words."""
    names = {"first": conflict.first.name, "second": conflict.second.name, "at": conflict.second.at}
    if conflict.kind is Trouble.OVERLAP:
        return phrase("{at} {second}: begins before {first} is over.", **names)
    if conflict.kind is Trouble.TIGHT:
        return phrase(
            "{at} {second}: only {minutes} minutes from {first} to another district.", minutes=conflict.minutes, **names
        )
    return phrase(
        "{at} {second}: back to {district}, which was left before.", district=conflict.second.district, **names
    )
