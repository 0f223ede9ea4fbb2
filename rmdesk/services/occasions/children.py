"""Birthdays of children under 14 among the occasions: shown only with a guardian's consent, and without age.

The rule itself is that of services/profile/children.py; this reads all consents at once, for lists of many.
"""

from __future__ import annotations

from datetime import date

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import Calendar, ConsentKind
from rmdesk.services.occasions import lunar
from rmdesk.services.profile import rules
from rmdesk.services.store.reads import Reads


def birth_of(calendar: str, year: int | None, month: int, day: int | None, leap: bool = False) -> str | None:
    """The birth date that an occasion tells, as YYYY-MM-DD, YYYY-MM or YYYY; None without a year."""
    if year is None:
        return None
    if calendar == Calendar.SOLAR:
        return f"{year:04}-{month:02}" + ("" if day is None else f"-{day:02}")
    try:
        return lunar.to_solar(year, month, day or 1, leap).isoformat()
    except Refused:
        return f"{year:04}"


class Consents:
    """Which guardians' consents hold; read when first asked for."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self._given: dict[str | int, bool] | None = None

    def hides(self, birth: str | None, client: int, person: str | None, on: date) -> bool:
        """Whether it is a child's birthday that nobody consented to."""
        return rules.is_child(birth, on) and not self._holds(client, person)

    def _holds(self, client: int, person: str | None) -> bool:
        """The newest word on this child, else the one on all children of the client."""
        if self._given is None:
            rows = self._reads.rows(
                'SELECT coalesce(person_id, client_id), given FROM consent WHERE kind = ? ORDER BY "on", id',
                (ConsentKind.CHILD.value,),
            )
            self._given = {row[0]: bool(row[1]) for row in rows}
        if person is not None and person in self._given:
            return self._given[person]
        return self._given.get(client, False)
