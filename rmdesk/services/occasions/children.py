"""Birthdays of children under 14: kept only with a guardian's consent, and shown without age (PIPL art. 28, 31)."""

from __future__ import annotations

from datetime import date

from rmdesk.services.rulebook import book
from rmdesk.services.store.reads import Reads


def under_age(year: int | None, on: date) -> bool:
    """Whether somebody born in this year may still be a child on a day; unknown is not."""
    return year is not None and 0 <= on.year - year < int(book("occasions")["child"]["under"]["value"])


class Consents:
    """Which guardians' consents hold; read when first asked for."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self._given: dict[tuple[int, str | None], bool] | None = None

    def is_child(self, year: int | None, birth_date: str | None, on: date) -> bool:
        """Whether an occasion that began in `year`, or a person with this birth date, is a child's on a day."""
        told = int(birth_date[:4]) if birth_date and birth_date[:4].isdigit() else None
        return under_age(year if year is not None else told, on)

    def given(self, client: int, person: str | None) -> bool:
        """Whether the newest word of the guardian on this child is yes."""
        if self._given is None:
            rows = self._reads.rows(
                "SELECT client_id, person_id, given FROM consent WHERE kind = 'child' ORDER BY \"on\", id"
            )
            self._given = {(row[0], row[1]): bool(row[2]) for row in rows}
        return self._given.get((client, person), False)
