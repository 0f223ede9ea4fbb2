"""What all cases teach: how long before a loss each signal was visible, and how often nobody answered it."""

from __future__ import annotations

from dataclasses import dataclass

from rmdesk.models.kinds import WinBack
from rmdesk.services.churn import case_rules, seen
from rmdesk.services.churn.cases import cadences, cases
from rmdesk.services.store.reads import Reads


@dataclass(frozen=True, slots=True)
class LeadTime:
    """A signal over all cases: days from when it was visible to the loss (least, middle, most)."""

    signal: str
    cases: int
    missed: int  # how often nobody spoke with the client in time
    first: int  # how often it was named the first missed one
    least: int
    middle: int
    most: int


def lead_times(reads: Reads) -> tuple[LeadTime, ...]:
    """Every signal that was visible before a loss, the most frequent first; cases opened by mistake teach nothing."""
    known = [one for one in cases(reads) if one.outcome is not WinBack.MISTAKEN]
    cadence = cadences(reads, [one.client for one in known]) if known else {}
    days: dict[str, list[int]] = {}
    missed: dict[str, int] = {}
    for one in known:
        for signal in seen.seen(reads, one.client, one.lost_on, cadence.get(one.client)):
            days.setdefault(signal.signal, []).append((one.lost_on - signal.on).days)
            missed[signal.signal] = missed.get(signal.signal, 0) + signal.missed
    named = [one.signal for one in known]
    found = [
        LeadTime(name, len(told), missed[name], named.count(name), min(told), sorted(told)[len(told) // 2], max(told))
        for name, told in days.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.cases, case_rules.SEEN.index(one.signal))))
