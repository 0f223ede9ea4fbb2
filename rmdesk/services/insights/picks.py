"""The clients behind a figure or a mark of a chart, by its pick."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from rmdesk.base import clock
from rmdesk.base.record import record
from rmdesk.base.text import N_, Phrase, phrase
from rmdesk.services.insights.periods import Period, month_of, period
from rmdesk.services.rulebook import Words
from rmdesk.services.store.reads import Reads

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from rmdesk.services.care.frame import Portfolio

    Flags = npt.NDArray[np.bool_]

FIRST, BEST = 1, 5


@record
class Picked:
    """The clients of a mark, ids ascending, and what they have in common."""

    name: Phrase | Words
    clients: tuple[int, ...]


def tenth(number: int) -> str:
    """The pick of a tenth of the clients, 1 the wealthiest."""
    return f"tenth:{number}"


def group(code: str) -> str:
    """The pick of one of the nine groups."""
    return f"group:{code}"


def dot(number: int, code: str) -> str:
    """The pick of a dot that several clients share, and their group."""
    return f"dot:{number}:{code}"


def client(number: int) -> str:
    """The pick of one client, whose file is opened."""
    return f"client:{number}"


def tier(code: str, month: str) -> str:
    """The pick of a tier in a month."""
    return f"tier:{code}:{month}"


def week(code: str, monday: date) -> str:
    """The pick of those met in a week."""
    return f"week:{code}:{monday.isoformat()}"


def lead(signal: str) -> str:
    """The pick of a signal of churn."""
    return f"lead:{signal}"


def picked(reads: Reads, pick: str, name: str, day: date | None = None) -> Picked:
    """The clients behind a pick, in the period of a name; KeyError for a pick that nobody made."""
    from rmdesk.services.care import portfolio

    today = day or clock.today()
    kind, _colon, rest = pick.partition(":")
    found: Callable[[Reads, Portfolio, Period, str], Picked] = _KINDS[kind]
    return found(reads, portfolio.current(reads, today), period(name, today), rest)


def _tenth(reads: Reads, whole: Portfolio, chosen: Period, rest: str) -> Picked:
    from rmdesk.services.loyalty.queries import pareto

    found, number = pareto(reads, whole.day), int(rest)
    size = len(found.client)
    first, last = size * (number - 1) // 10, size * number // 10
    said = phrase("Tenth {number} by AUM", number=number)
    return Picked(said, tuple(sorted(found.client[first:last].tolist())))


def _top(reads: Reads, whole: Portfolio, chosen: Period, rest: str) -> Picked:
    from rmdesk.services.loyalty.queries import pareto

    found = pareto(reads, whole.day)
    some = found.client[: max(1, -int(-len(found.client) * found.top // 1))]
    return Picked(phrase("Top {share}% by AUM", share=round(found.top * 100)), tuple(sorted(some.tolist())))


def _group(reads: Reads, whole: Portfolio, chosen: Period, rest: str) -> Picked:
    at = (whole.group == int(rest[1:])) & (whole.excluded == 0)
    return Picked(_group_name(whole, rest), tuple(whole.client[at].tolist()))


def _dot(reads: Reads, whole: Portfolio, chosen: Period, rest: str) -> Picked:
    from rmdesk.services.insights import fields

    number, code = rest.split(":")
    said = phrase("Some of {group}", group=_group_name(whole, code))
    return Picked(said, fields.members(reads, whole, int(number)))


def _tier(reads: Reads, whole: Portfolio, chosen: Period, rest: str) -> Picked:
    from rmdesk.services.insights import months

    code, month = rest.split(":")
    found = months.months(reads, whole, chosen.last)
    at = found.months.index(month_of(month))
    clients = found.client[found.tier[:, at] == int(code[1:])]
    return Picked(phrase("{tier} in {month}", tier=_tier_name(whole, code), month=month), tuple(clients.tolist()))


def _week(reads: Reads, whole: Portfolio, chosen: Period, rest: str) -> Picked:
    from rmdesk.services.insights import contacts

    code, monday = rest.split(":")
    clients = contacts.met_in(reads, whole, int(code[1:]), date.fromisoformat(monday))
    said = phrase("{tier} met in the week of {day}", tier=_tier_name(whole, code), day=monday)
    return Picked(said, clients)


def _lead(reads: Reads, whole: Portfolio, chosen: Period, rest: str) -> Picked:
    from rmdesk.models.kinds import WinBack
    from rmdesk.services.churn import seen
    from rmdesk.services.churn.cases import cadences, cases
    from rmdesk.services.churn.words import SIGNALS

    known = [one for one in cases(reads) if one.outcome is not WinBack.MISTAKEN]
    cadence = cadences(reads, [one.client for one in known]) if known else {}
    clients = {
        int(one.client)
        for one in known
        if any(signal.signal == rest for signal in seen.seen(reads, one.client, one.lost_on, cadence.get(one.client)))
    }
    return Picked(phrase("Lost, signal: {signal}", signal=phrase(SIGNALS[rest])), tuple(sorted(clients)))


def _held(reads: Reads, whole: Portfolio, chosen: Period, rest: str) -> Picked:
    from rmdesk.services.insights import months

    found = months.held(months.months(reads, whole, chosen.last), chosen)
    return Picked(phrase("With a known monthly average"), found.clients)


def _covered(wanted: str, said: str) -> Callable[[Reads, Portfolio, Period, str], Picked]:
    def found(reads: Reads, whole: Portfolio, chosen: Period, rest: str) -> Picked:
        from rmdesk.services.insights import contacts

        (stood,) = contacts.covered(reads, whole, chosen.last)
        flags: dict[str, Flags] = {"missed": stood.due & ~stood.met, "met": stood.met, "late": stood.late}
        return Picked(phrase(said), tuple(whole.client[flags[wanted]].tolist()))

    return found


def _warned(reads: Reads, whole: Portfolio, chosen: Period, rest: str) -> Picked:
    from rmdesk.services.insights import fields

    return Picked(phrase("Churn warning"), tuple(whole.client[fields.warned_of(reads, whole)].tolist()))


def _existing(reads: Reads, whole: Portfolio, chosen: Period, rest: str) -> Picked:
    import numpy as np

    from rmdesk.services.fairness.rules import figure
    from rmdesk.services.segments.rules import whole_months

    days = np.round(whole.measures["tenure"] * 365.25) - (whole.day - chosen.last).days  # at the end, as the meter
    months = whole_months(days, chosen.last)
    at = months >= int(str(figure("new", "months")))
    return Picked(phrase("Existing clients"), tuple(whole.client[at].tolist()))


_SPENT = {
    "gifts": (
        N_("Got a gift"),
        "SELECT DISTINCT client_id FROM gift WHERE state IN ('bought', 'given', 'noted') "
        "AND coalesce(given_on, bought_on) BETWEEN ? AND ? ORDER BY 1",
    ),
    "events": (
        N_("Came to an event"),
        "SELECT DISTINCT i.client_id FROM invitation i JOIN gathering g ON g.id = i.gathering_id "
        "WHERE i.came AND g.state = 'held' AND g.\"on\" BETWEEN ? AND ? ORDER BY 1",
    ),
    "benefits": (
        N_("Used a benefit"),
        'SELECT DISTINCT client_id FROM benefit_use WHERE "on" BETWEEN ? AND ? ORDER BY 1',
    ),
    "hours": (
        N_("Spoke with us"),
        "SELECT DISTINCT client_id FROM visit WHERE state = 'held' AND two_way AND \"on\" BETWEEN ? AND ? ORDER BY 1",
    ),
}


def _spent(kind: str) -> Callable[[Reads, Portfolio, Period, str], Picked]:
    def found(reads: Reads, whole: Portfolio, chosen: Period, rest: str) -> Picked:
        said, sql = _SPENT[kind]
        days = chosen.first.isoformat(), chosen.last.isoformat()
        clients = [int(row[0]) for page in reads.pages(sql, days) for row in page if row[0] is not None]
        return Picked(phrase(said), tuple(clients))

    return found


def _group_name(whole: Portfolio, code: str) -> Words:
    return whole.table.groups[int(code[1:]) - 1].name


def _tier_name(whole: Portfolio, code: str) -> Words:
    return whole.table.tier_names[int(code[1:]) - 1]


MISSED, LATE, WARNED, HELD, TOP, EXISTING = "missed", "late", "warned", "held", "top", "existing"
_KINDS: dict[str, Callable[[Reads, Portfolio, Period, str], Picked]] = {
    "tenth": _tenth,
    TOP: _top,
    "group": _group,
    "dot": _dot,
    "tier": _tier,
    "week": _week,
    "lead": _lead,
    HELD: _held,
    MISSED: _covered("missed", N_("Due and not met")),
    "met": _covered("met", N_("Due and met")),
    LATE: _covered("late", N_("Overdue")),
    WARNED: _warned,
    EXISTING: _existing,
    **{kind: _spent(kind) for kind in _SPENT},
}
