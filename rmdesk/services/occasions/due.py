"""Which occasions fall between two days: those kept for a client, and what the bank's data tell by themselves.

A birthday that the manager entered takes the place of the bank's, whatever its calendar; with 双过 (`both`) the bank's
solar day is kept beside a lunar one. A child's birthday needs the guardian's consent and shows no age (domain §4).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from rmdesk.models.kinds import Calendar, OccasionKind
from rmdesk.services.occasions import rules
from rmdesk.services.occasions.children import Consents, birth_of
from rmdesk.services.occasions.told import YEARS, Told, of_the_bank
from rmdesk.services.occasions.window import WELCOME, Window
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
    return due_in(Window(reads, first, last, None if clients is None else json.dumps(list(clients))))


def due_in(window: Window) -> list[Due]:
    """All occasions of a window, in the same order."""
    found = list(kept(window))
    for told in of_the_bank(window):
        found += rows_of(told, told.codes)
    for at in (2, 1, 0):  # by client, day and kind; a sort by all three would make a tuple of each
        found.sort(key=itemgetter(at))
    return found


def rows_of(told: Told, codes: Sequence[int]) -> list[Due]:
    """Rows of some of those the bank's data tell of."""
    on, kind, solar = told.on, told.kind, Calendar.SOLAR
    year, make = on.year, Due._make  # thousands of rows: as little as can be for each
    return [
        make((code // YEARS, on, kind, solar, None, None, year - code % YEARS if code % YEARS else None, None, None))
        for code in codes
    ]


_OWN = """
SELECT o.client_id, o.kind, o.calendar, o.year, o.month, o.day, o.leap, o.once, coalesce(o.person, p.name), o.title,
       o.leap_policy, o.day_policy, o.both, o.id, o.lead_days, o.person_id, p.birth_date
FROM occasion o LEFT JOIN person p ON p.id = o.person_id {welcome}
WHERE {near} {some}
"""
# Only days that may come near are looked at; `rules.occurrences` decides.
_NEAR = """(
    o.kind = 'festival' AND o.title IN (SELECT value FROM json_each(:festivals))
    OR o.calendar = 'solar' AND o.month * 100 + o.day IN (SELECT value FROM json_each(:solar))
    OR o.calendar = 'lunar' AND o.month * 100 + o.day IN (SELECT value FROM json_each(:lunar)))
"""


def kept(window: Window) -> Iterator[Due]:
    """Occasions kept as records."""
    first, last = window.first, window.last
    consents = Consents(window.reads)
    sql = _OWN.replace("{welcome}", f"JOIN client c ON c.id = o.client_id AND {WELCOME}" if window.welcome else "")
    if window.days > LONG:
        pages = window.pages(sql.replace("{near}", "1"), "o.client_id")
    else:
        days = {
            "solar": json.dumps(sorted(window.solar_days())),
            "lunar": json.dumps(sorted(window.lunar_days())),
            "festivals": json.dumps([festival.name for _day, festival in rules.festival_days(first, last)]),
        }
        pages = window.pages(sql.replace("{near}", _NEAR), "o.client_id", **days)
    known: dict[tuple[Any, ...], _Falls] = {}  # many share a day: each is worked out once
    for page in pages:
        for row in page:
            what = (*row[1:3], *row[4:7], *row[9:13])
            falls = known.get(what) or known.setdefault(what, _Falls(_asked(row), first, last))
            began, once = row[3], bool(row[7])
            for year, counted, on in falls.days:
                if not rules.has_begun(began, year, once):
                    continue
                years = None if began is None or counted < began else counted - began
                if falls.kind is OccasionKind.RELATIVE_BIRTHDAY:
                    born = row[16] or birth_of(falls.calendar, began, row[4], row[5], bool(row[6]))
                    if consents.hides(born, row[0], row[15], on):
                        continue
                    years = None if is_child(born, on) else years
                yield Due(row[0], on, falls.kind, falls.calendar, row[8], row[9], years, row[13], row[14])


class _Falls:
    """When a day of the year falls, whoever's it is: the year by its calendar, the year that ages count, the day."""

    def __init__(self, asked: rules.OccasionDay, first: date, last: date) -> None:
        self.kind, self.calendar = OccasionKind(asked.kind), Calendar(asked.calendar)
        self.days = [
            (year, rules.age_on(self.calendar, 0, on) or 0, on) for year, on in rules.whenever(asked, first, last)
        ]


def _asked(row: tuple[Any, ...]) -> rules.OccasionDay:
    return rules.OccasionDay(
        kind=row[1], calendar=row[2], year=row[3], month=row[4], day=row[5], leap=bool(row[6]), once=bool(row[7]),
        title=row[9], leap_policy=row[10], day_policy=row[11], both=bool(row[12]),
    )  # fmt: skip
