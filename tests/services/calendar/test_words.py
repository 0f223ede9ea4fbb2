"""No kind of entry goes without a name."""

from __future__ import annotations

from rmdesk.services.calendar.rows import EntryKind
from rmdesk.services.calendar.words import SINGLE


def test_every_kind_of_entry_of_the_calendar_has_a_name() -> None:
    assert set(SINGLE) == set(EntryKind)
