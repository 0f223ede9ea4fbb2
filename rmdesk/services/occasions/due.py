"""Which occasions fall between two days: those kept for a client, and what the bank's data tell by themselves.

A birthday that the manager entered takes the place of the bank's, whatever its calendar; with 双过 (`both`) the bank's
solar day is kept beside a lunar one. A child's birthday needs the guardian's consent and shows no age (domain §4).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from operator import itemgetter
from typing import Any, NamedTuple

from rmdesk.base.record import record
from rmdesk.models.kinds import Calendar, OccasionKind
from rmdesk.services.occasions import lunar, rules
from rmdesk.services.occasions.children import Consents, birth_of
from rmdesk.services.profile.rules import is_child
from rmdesk.services.scoring.tables import OccasionTable
from rmdesk.services.store.reads import Reads

LONG = 300  # days; a window longer than this has nearly every day of the year, and looking for some saves nothing


class Due(NamedTuple):
    """An occasion of a client and the day it falls on; `years` is the age or the number of years, when known.

    `occasion` is the id of its record; None for what the bank's data tell.
    """

    client: int
    on: date
    kind: OccasionKind
    calendar: Calendar
    person: str | None
    title: str | None
    years: int | None
    occasion: str | None = None
    lead_days: int | None = None

    def weight(self, rule: OccasionTable) -> float:
        """How much it counts."""
        if self.kind is OccasionKind.FESTIVAL and self.title in rule.great_festivals:
            return rule.weights["great_festival"]
        return rule.weights[self.kind.value]

    def is_round(self, rule: OccasionTable) -> bool:
        """Whether it is one of the birthdays that stand out."""
        return self.kind is OccasionKind.BIRTHDAY and rules.is_round(self.years, rule.round)


def due(reads: Reads, first: date, last: date, clients: Sequence[int] | None = None) -> list[Due]:
    """All occasions from `first` to `last`, both included, by client; of some clients when named."""
    scope = _Scope(reads, first, last, None if clients is None else json.dumps(list(clients)))
    found = [*_kept(scope), *_of_the_bank(scope)]
    found.sort(key=itemgetter(0, 1, 2))  # client, day, kind
    return found


@record
class _Scope:
    """Whose occasions, and when."""

    reads: Reads
    first: date
    last: date
    clients: str | None  # as JSON

    def pages(self, sql: str, key: str, **params: str) -> Iterator[list[tuple[Any, ...]]]:
        """Pages of a query; `{some}` in it becomes a condition on the client, whose column is `key`."""
        if self.clients is not None:
            params["clients"] = self.clients
        some = "" if self.clients is None else f"AND {key} IN (SELECT value FROM json_each(:clients))"
        return self.reads.pages(sql.replace("{some}", some), params)


_OWN = """
SELECT o.client_id, o.kind, o.calendar, o.year, o.month, o.day, o.leap, o.once, coalesce(o.person, p.name), o.title,
       o.leap_policy, o.day_policy, o.both, o.id, o.lead_days, o.person_id, p.birth_date
FROM occasion o LEFT JOIN person p ON p.id = o.person_id
WHERE {near} {some}
"""
# Only days that may come near are looked at; `rules.occurrences` decides.
_NEAR = """(
    o.kind = 'festival' AND o.title IN (SELECT value FROM json_each(:festivals))
    OR o.calendar = 'solar' AND o.month * 100 + o.day IN (SELECT value FROM json_each(:solar))
    OR o.calendar = 'lunar' AND o.month * 100 + o.day IN (SELECT value FROM json_each(:lunar)))
"""


def _kept(scope: _Scope) -> Iterator[Due]:
    """Occasions kept as records."""
    first, last = scope.first, scope.last
    consents = Consents(scope.reads)
    if (last - first).days > LONG:
        pages = scope.pages(_OWN.replace("{near}", "1"), "o.client_id")
    else:
        days = {
            "solar": json.dumps(sorted(_solar_days(first, last))),
            "lunar": json.dumps(sorted(_lunar_days(first, last))),
            "festivals": json.dumps([festival.name for _day, festival in rules.festival_days(first, last)]),
        }
        pages = scope.pages(_OWN.replace("{near}", _NEAR), "o.client_id", **days)
    known: dict[tuple[Any, ...], list[date]] = {}  # many share a day: each is worked out once
    for page in pages:
        for row in page:
            days_of = known.get(row[1:8] + row[9:13])
            if days_of is None:
                days_of = known[row[1:8] + row[9:13]] = rules.occurrences(_asked(row), first, last)
            for on in days_of:
                kind, calendar = OccasionKind(row[1]), Calendar(row[2])
                years = rules.age_on(calendar, row[3], on)
                if kind is OccasionKind.RELATIVE_BIRTHDAY:
                    born = row[16] or birth_of(calendar, row[3], row[4], row[5], bool(row[6]))
                    if consents.hides(born, row[0], row[15], on):
                        continue
                    years = None if is_child(born, on) else years
                yield Due(row[0], on, kind, calendar, row[8], row[9], years, row[13], row[14])


def _asked(row: tuple[Any, ...]) -> rules.OccasionDay:
    return rules.OccasionDay(
        kind=row[1], calendar=row[2], year=row[3], month=row[4], day=row[5], leap=bool(row[6]), once=bool(row[7]),
        title=row[9], leap_policy=row[10], day_policy=row[11], both=bool(row[12]),
    )  # fmt: skip


# A row for each date with all its clients: a portfolio of a hundred thousand has some hundred dates a day of the year,
# and reading them client by client would take several times as long.
_TOLD = """
SELECT {date}, json_group_array(id) FROM client
WHERE substr({date}, -5) IN ({days}) AND merged_into IS NULL AND status = 'active' {which} {some}
GROUP BY {date}
"""
_SAID = """
SELECT kind, json_group_array(client_id) FROM occasion
WHERE (kind = 'opening'
       OR kind = 'birthday' AND person IS NULL AND person_id IS NULL AND NOT (calendar = 'lunar' AND both)) {some}
GROUP BY kind
"""


def _of_the_bank(scope: _Scope) -> Iterator[Due]:
    """Birthdays and opening days that the bank's data tell, where no record of the desk says the same."""
    falling = _falling(scope.first, scope.last)
    told = _TOLD.replace("{days}", ", ".join(f"'{day}'" for day in falling))
    said = {kind: set(json.loads(ids)) for page in scope.pages(_SAID, "client_id") for kind, ids in page}
    solar, nobody = Calendar.SOLAR, set[int]()
    sources = (
        (OccasionKind.BIRTHDAY, "birth_date", "AND kind = 'person' AND length(birth_date) >= 8", 0),
        (OccasionKind.OPENING, "opened_on", "", 1),  # the day an account was opened is no anniversary yet
    )
    for kind, column, which, least in sources:
        known = said.get(kind.value, nobody)
        sql = told.replace("{date}", column).replace("{which}", which)
        for page in scope.pages(sql, "id"):
            for began, ids in page:
                year = int(began[:4]) if began[0] != "-" else None
                for on in falling.get(began[-5:], ()):
                    years = None if year is None else on.year - year
                    if years is not None and years < least:
                        continue
                    for client in json.loads(ids):
                        if client not in known:
                            yield Due(client, on, kind, solar, None, None, years)


def _falling(first: date, last: date) -> dict[str, list[date]]:
    """The days of each MM-DD in a window; 29 February as `rules` has it."""
    found: dict[str, list[date]] = defaultdict(list)
    for ahead in range((last - first).days + 1):
        day = first + timedelta(ahead)
        found[f"{day:%m-%d}"].append(day)
    leap = rules.occurrences(rules.OccasionDay(2, 29), first, last)
    if leap:
        found["02-29"] = leap
    return dict(found)


def _solar_days(first: date, last: date) -> set[int]:
    """The days from first to last as 100 x month + day; 29 February stands beside its neighbours."""
    days = {int(day[:2]) * 100 + int(day[3:]) for day in _falling(first, last)}
    return days | {229} if days & {228, 301} else days


def _lunar_days(first: date, last: date) -> set[int]:
    """The lunar months and days that may be kept on a day of the window, whatever the policies."""
    found: set[int] = set()
    for ahead in range(-1, (last - first).days + 1):
        day = first + timedelta(ahead)
        if not lunar.covers(day):
            continue
        _year, month, number, _leap = lunar.to_lunar(day)
        before = (month - 2) % 12 + 1  # a day of a leap month may move to the next month
        days = (number, 30) if number >= 29 else (number,)
        found |= {one * 100 + other for one in (month, before) for other in days}
    return found
