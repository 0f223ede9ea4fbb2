"""The week ready to be lived: the program started on a profile, and every step known."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.walk import friday, monday, thursday, tuesday, wednesday
from tests.walk.hands import Hands
from tests.walk.week import Week

DAYS = (monday, tuesday, wednesday, thursday, friday)


@contextmanager
def lived(profile: Path, language: str) -> Iterator[Week]:
    """The program on this profile; ends it."""
    hands = Hands(profile, language)
    try:
        yield Week(hands)
    finally:
        hands.stop()
