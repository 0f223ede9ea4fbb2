"""The days that are asked about, of all clients or of some."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from rmdesk.base.record import record
from rmdesk.services.clients.standing import contactable
from rmdesk.services.occasions import lunar, rules
from rmdesk.services.store.reads import Reads

# Whom rmdesk reminds of: nobody who may not be contacted, nor who withdrew consent (domain §9).
WELCOME = contactable("c", marketing=True)


@record
class Window:
    """Whose occasions, and when. `clients` are ids as JSON, None for all; `welcome` leaves out who is not greeted."""

    reads: Reads
    first: date
    last: date
    clients: str | None = None
    welcome: bool = False

    def pages(self, sql: str, key: str, **params: str) -> Iterator[list[tuple[Any, ...]]]:
        """Pages of a query; `{some}` in it becomes a condition on the client, whose column is `key`."""
        if self.clients is not None:
            params["clients"] = self.clients
        some = "" if self.clients is None else f"AND {key} IN (SELECT value FROM json_each(:clients))"
        return self.reads.pages(sql.replace("{some}", some), params)

    @property
    def days(self) -> int:
        """How many days lie between the first and the last."""
        return (self.last - self.first).days

    def falling(self) -> dict[str, list[date]]:
        """The days of each MM-DD; 29 February as `rules` has it."""
        found: dict[str, list[date]] = defaultdict(list)
        for ahead in range(self.days + 1):
            day = self.first + timedelta(ahead)
            found[f"{day:%m-%d}"].append(day)
        leap = rules.occurrences(rules.OccasionDay(2, 29), self.first, self.last)
        if leap:
            found["02-29"] = leap
        return dict(found)

    def solar_days(self) -> set[int]:
        """The days as 100 x month + day; 29 February stands beside its neighbours."""
        days = {int(day[:2]) * 100 + int(day[3:]) for day in self.falling()}
        return days | {229} if days & {228, 301} else days

    def lunar_days(self) -> set[int]:
        """The lunar months and days that may be kept on one of the days, whatever the policies."""
        found: set[int] = set()
        for ahead in range(-1, self.days + 1):
            day = self.first + timedelta(ahead)
            if not lunar.covers(day):
                continue
            _year, month, number, _leap = lunar.to_lunar(day)
            before = (month - 2) % 12 + 1  # a day of a leap month may move to the next month
            days = (number, 30) if number >= 29 else (number,)
            found |= {one * 100 + other for one in (month, before) for other in days}
        return found
