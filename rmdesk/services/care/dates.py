"""Occasions around a day: those kept for a client, their birthday, and the anniversary of their first account."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from rmdesk.base.record import record
from rmdesk.models.kinds import Calendar, OccasionKind
from rmdesk.services.care.facts import Scope
from rmdesk.services.occasions import rules
from rmdesk.services.scoring.tables import OccasionTable


@record
class Due:
    """An occasion of a client and the day it falls on; `years` is the age or the number of years, when known."""

    client: int
    on: date
    kind: OccasionKind
    calendar: Calendar
    person: str | None
    title: str | None
    years: int | None

    def weight(self, rule: OccasionTable) -> float:
        """How much it counts."""
        if self.kind is OccasionKind.FESTIVAL and self.title in rule.great_festivals:
            return rule.weights["great_festival"]
        return rule.weights[self.kind.value]


def due(scope: Scope, first: date, last: date) -> list[Due]:
    """All occasions from `first` to `last`, both included, by client."""
    found = [*_kept(scope, first, last), *_of_the_bank(scope, first, last)]
    found.sort(key=lambda one: (one.client, one.on, one.kind))
    return found


def _kept(scope: Scope, first: date, last: date) -> list[Due]:
    """Occasions kept as records; a solar one is only looked at when its day lies between."""
    sql = """
        SELECT client_id, kind, calendar, year, month, day, leap, once, person, title, leap_policy, day_policy, both
        FROM occasion
        WHERE (calendar <> 'solar' OR kind = 'festival' OR both
               OR printf('%02d-%02d', month, day) IN (SELECT value FROM json_each(:days))) {some}
    """
    found = []
    for page in scope.rows(sql, days=_month_days(first, last)):
        for row in page:
            kind, calendar = OccasionKind(row[1]), Calendar(row[2])
            asked = rules.OccasionDay(
                kind=kind,
                calendar=calendar,
                year=row[3],
                month=row[4],
                day=row[5],
                leap=bool(row[6]),
                once=bool(row[7]),
                title=row[9],
                leap_policy=row[10],
                day_policy=row[11],
                both=bool(row[12]),
            )
            for on in rules.occurrences(asked, first, last):
                years = rules.age_on(calendar, row[3], on)
                found.append(Due(row[0], on, kind, calendar, row[8], row[9], years))
    return found


_SOLAR = {
    OccasionKind.BIRTHDAY: """
        SELECT id, birth_date FROM client
        WHERE length(birth_date) >= 8 AND substr(birth_date, -5) IN (SELECT value FROM json_each(:days))
          AND merged_into IS NULL AND kind = 'person' AND status = 'active' {some}
          AND NOT EXISTS (SELECT 1 FROM occasion o WHERE o.client_id = client.id AND o.kind = 'birthday'
                          AND o.calendar = 'solar' AND o.person IS NULL)
    """,
    OccasionKind.OPENING: """
        SELECT id, opened_on FROM client
        WHERE substr(opened_on, -5) IN (SELECT value FROM json_each(:days))
          AND merged_into IS NULL AND status = 'active' {some}
          AND NOT EXISTS (SELECT 1 FROM occasion o WHERE o.client_id = client.id AND o.kind = 'opening')
    """,
}


def _of_the_bank(scope: Scope, first: date, last: date) -> list[Due]:
    """Birthdays and opening days that the bank's data tell, where no record of the desk says the same."""
    found = []
    for kind, sql in _SOLAR.items():
        for page in scope.rows(sql, key="id", days=_month_days(first, last)):
            for client, told in page:
                year: Any = told[:-6]
                asked = rules.OccasionDay(
                    kind=kind, month=int(told[-5:-3]), day=int(told[-2:]), year=int(year) if year.isdigit() else None
                )
                for on in rules.occurrences(asked, first, last):
                    years = rules.age_on(Calendar.SOLAR, asked.year, on)
                    if kind is OccasionKind.BIRTHDAY or years:  # the opening day itself is no anniversary
                        found.append(Due(client, on, kind, Calendar.SOLAR, None, None, years))
    return found


def _month_days(first: date, last: date) -> str:
    """The days from first to last as MM-DD, as JSON; 29 February stands beside its neighbours."""
    days = {f"{first + timedelta(ahead):%m-%d}" for ahead in range((last - first).days + 1)}
    if days & {"02-28", "03-01"}:
        days.add("02-29")
    return json.dumps(sorted(days))
