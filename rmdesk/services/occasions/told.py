"""What the bank's data tell by themselves: birthdays and opening days, day by day.

A large portfolio has hundreds a day, of which most are only counted. So they come as whole days of numbers, one for
each client, and rows are made of those that somebody looks at.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from rmdesk.models.kinds import OccasionKind
from rmdesk.services.occasions.window import WELCOME, Window

YEARS = 10_000  # a client and the year it began, as one number: YEARS x client + year, year 0 when unknown


class Told(NamedTuple):
    """One kind of occasion on one day: whose, with the year it began, those with the most money first if ordered."""

    on: date
    kind: OccasionKind
    codes: list[int]


# A row for each day of the year with all its clients: rows by client would take several times as long to hand over.
# The index on the day of the year finds them; for a few clients their own rows are nearer, hence the plus.
_TOLD = """
SELECT substr({date}, -5), json_group_array({code}) FROM client c
WHERE {plus}substr({date}, -5) IN ({days}) AND merged_into IS NULL AND status = 'active' {which} {some}
GROUP BY 1
"""
_CODE = f"id * {YEARS} + CAST(substr({{date}}, 1, 4) AS INTEGER)"
_BY_WORTH = " ORDER BY coalesce(aum_minor, 0) DESC, id"
_SAID = """
SELECT json_group_array(client_id) FILTER (WHERE kind = 'birthday'),
       json_group_array(client_id) FILTER (WHERE kind = 'opening')
FROM occasion
WHERE (kind = 'opening'
       OR kind = 'birthday' AND person IS NULL AND person_id IS NULL AND NOT (calendar = 'lunar' AND both)) {some}
"""
# A date may lack its year (---MM-DD), but must have its day. The day an account was opened is no anniversary yet.
_SOURCES = (
    (OccasionKind.BIRTHDAY, "birth_date", "AND kind = 'person' AND length(birth_date) >= 8", 0),
    (OccasionKind.OPENING, "opened_on", "", 1),
)


def of_the_bank(
    window: Window, kinds: frozenset[OccasionKind] | None = None, *, by_worth: bool = False
) -> Iterator[Told]:
    """Birthdays and opening days by day, where no record of the desk says the same."""
    falling = window.falling()
    ((birthdays, openings),) = next(window.pages(_SAID, "client_id"))
    said = {OccasionKind.BIRTHDAY: birthdays, OccasionKind.OPENING: openings}
    days = ", ".join(f"'{day}'" for day in falling)
    for kind, column, which, least in _SOURCES:
        if kinds is not None and kind not in kinds:
            continue
        sql = _TOLD.replace("{code}", _CODE + (_BY_WORTH if by_worth else "")).replace("{date}", column)
        sql = sql.replace("{days}", days).replace("{plus}", "" if window.clients is None else "+")
        sql = sql.replace("{which}", which + (f" AND {WELCOME}" if window.welcome else ""))
        known = set(json.loads(said[kind]))
        for page in window.pages(sql, "id"):
            for day, codes in page:
                own = [code for code in json.loads(codes) if code // YEARS not in known]
                for on in falling[day]:
                    latest = on.year - least
                    yield Told(on, kind, [code for code in own if code % YEARS <= latest])
