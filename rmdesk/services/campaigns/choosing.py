"""Whom conditions choose: each is a mask over the columns of the whole portfolio."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from rmdesk.models.kinds import ClientKind, Familiarity, OccasionKind
from rmdesk.services.campaigns.conditions import Condition
from rmdesk.services.care.frame import Portfolio
from rmdesk.services.occasions.due import due
from rmdesk.services.segments import rules as segments
from rmdesk.services.segments.assets import asset_kinds
from rmdesk.services.segments.tables import GROUPS
from rmdesk.services.store.reads import Reads

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ask = Callable[[Reads, Portfolio, Condition], Flags]


def chosen(reads: Reads, whole: Portfolio, conditions: Sequence[Condition]) -> Flags:
    """For each client of the portfolio whether all conditions hold. What is unknown does not hold, nor its opposite."""
    keep = np.ones(whole.size, dtype=np.bool_)
    for one in conditions:
        keep &= holds(reads, whole, one)
    return keep


def holds(reads: Reads, whole: Portfolio, one: Condition) -> Flags:
    """For each client of the portfolio whether this condition holds; what is unknown does not hold."""
    found = _ASKED[one.what](reads, whole, one)
    if not one.negated:
        return found
    known = _KNOWN.get(one.what)
    return ~found if known is None else ~found & known(reads, whole)


def in_clients(whole: Portfolio, clients: Sequence[int]) -> Flags:
    """A mask over the clients of the portfolio: true for these ids."""
    return np.isin(whole.client, np.fromiter(clients, dtype=np.int64, count=len(clients)))


def ids(reads: Reads, sql: str, params: Sequence[object] = ()) -> list[int]:
    """Client ids that a query gives."""
    return [row[0] for page in reads.pages(sql, tuple(params)) for row in page]


def _least(reads: Reads, whole: Portfolio, one: Condition) -> Flags:
    with np.errstate(invalid="ignore"):
        return _COLUMNS[one.what](whole) >= one.number


def _tier(reads: Reads, whole: Portfolio, one: Condition) -> Flags:
    return np.isin(whole.tier, [int(tier[1:]) for tier in one.values])


def _group(reads: Reads, whole: Portfolio, one: Condition) -> Flags:
    return np.isin(whole.group, [GROUPS.index(group) + 1 for group in one.values])


def _familiarity(reads: Reads, whole: Portfolio, one: Condition) -> Flags:
    known = [str(known) for known in Familiarity]
    return np.isin(whole.familiarity, [known.index(value) for value in one.values])


def _man(reads: Reads, whole: Portfolio, one: Condition) -> Flags:
    most = whole.table.develop_first
    parts = {"easy": whole.man_high <= most, "hard": whole.man_low > most}
    parts["open"] = ~parts["easy"] & ~parts["hard"]
    found = np.zeros(whole.size, dtype=np.bool_)
    for value in one.values:
        found |= parts[value]
    return found


def _told(column: str) -> Ask:
    def ask(reads: Reads, whole: Portfolio, one: Condition) -> Flags:
        marks = ", ".join("?" * len(one.values))
        return in_clients(whole, ids(reads, f"SELECT id FROM client WHERE {column} IN ({marks})", one.values))

    return ask


def _holds(reads: Reads, whole: Portfolio, one: Condition) -> Flags:
    marks = ", ".join("?" * len(one.values))
    sql = (
        f"SELECT client_id FROM holding WHERE kind IN ({marks}) AND (ended_on IS NULL OR ended_on > ?)"
        f" UNION SELECT client_id FROM account WHERE kind IN ({marks}) AND (closed_on IS NULL OR closed_on > ?)"
    )
    today = whole.day.isoformat()
    return in_clients(whole, ids(reads, sql, (*one.values, today, *one.values, today)))


def _matures(reads: Reads, whole: Portfolio, one: Condition) -> Flags:
    last = whole.day + timedelta(days=int(one.number))
    sql = (
        "SELECT DISTINCT client_id FROM holding WHERE matures_on BETWEEN ? AND ?"
        " AND (ended_on IS NULL OR ended_on > ?) AND renewed IS NOT 1 AND kind IN (SELECT value FROM json_each(?))"
    )
    given = (whole.day.isoformat(), last.isoformat(), whole.day.isoformat(), json.dumps(asset_kinds()))
    return in_clients(whole, ids(reads, sql, given))


def _birthday(reads: Reads, whole: Portfolio, one: Condition) -> Flags:
    last = whole.day + timedelta(days=int(one.number))
    found = {day.client for day in due(reads, whole.day, last) if day.kind is OccasionKind.BIRTHDAY}
    return in_clients(whole, sorted(found))


def _age(reads: Reads, whole: Portfolio, one: Condition) -> Flags:
    """People who are so old at least, or at most; a birth date without a year tells no age."""
    years = int(one.number) + (0 if one.what == "youngest" else 1)
    born = _years_before(whole.day, years).isoformat()
    sql = (
        f"SELECT id FROM client WHERE kind = '{ClientKind.PERSON.value}' AND birth_date GLOB '[12][0-9][0-9][0-9]-*'"
        f" AND birth_date {'<=' if one.what == 'youngest' else '>'} ?"
    )
    return in_clients(whole, ids(reads, sql, (born,)))


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def _classes(name: str) -> Callable[[Portfolio], Floats]:
    def column(whole: Portfolio) -> Floats:
        rule, measures = whole.table, whole.measures
        found = {
            "recency": lambda: segments.recency_class(measures["dormant"], rule.recency_days),
            "frequency": lambda: segments.frequency_class(measures["active"], rule.active_months),
            "money": lambda: segments.tier_of(measures["mean"], rule.cuts),
        }[name]()
        return np.where(found > 0, found.astype(np.float64), np.nan)

    return column


def _never_known(whole: Portfolio) -> Floats:
    """Days without contact; whom nobody ever met counts as quiet for ever."""
    return np.where(np.isnan(whole.gap), np.inf, whole.gap)


_COLUMNS: dict[str, Callable[[Portfolio], Floats]] = {
    "least_aum": lambda whole: whole.aum,
    "quiet": _never_known,
    "dormant": lambda whole: whole.measures["dormant"],
    "recency": _classes("recency"),
    "frequency": _classes("frequency"),
    "money": _classes("money"),
    "loyalty": lambda whole: whole.loyalty,
    "churn": lambda whole: whole.inputs["R"],
}
_ASKED: dict[str, Ask] = {
    "tier": _tier,
    "group": _group,
    "familiarity": _familiarity,
    "man": _man,
    "kind": _told("kind"),
    "risk": _told("risk_level"),
    "holds": _holds,
    "matures": _matures,
    "birthday": _birthday,
    "oldest": _age,
    "youngest": _age,
    **dict.fromkeys(_COLUMNS, _least),
}


def _measured(name: str) -> Callable[[Reads, Portfolio], Flags]:
    return lambda _reads, whole: ~np.isnan(_COLUMNS[name](whole))


def _where(sql: str) -> Callable[[Reads, Portfolio], Flags]:
    return lambda reads, whole: in_clients(whole, ids(reads, f"SELECT id FROM client WHERE {sql}"))


# Of whom the opposite of a condition may be said: those of whom anything is known. Without an entry: all.
_BORN = _where("birth_date GLOB '[12][0-9][0-9][0-9]-*'")
_KNOWN: dict[str, Callable[[Reads, Portfolio], Flags]] = {
    "tier": lambda _reads, whole: whole.tier > 0,
    "group": lambda _reads, whole: whole.group > 0,
    "risk": _where("risk_level IS NOT NULL"),
    "oldest": _BORN,
    "youngest": _BORN,
    **{name: _measured(name) for name in _COLUMNS},
}
