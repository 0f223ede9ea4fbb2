"""Where one was: pages with what they showed, for Back."""

from __future__ import annotations

from typing import Any

from rmdesk.base.record import record

KEPT = 50


@record
class Place:
    """A page by name, and what it showed."""

    page: str
    what: dict[str, Any]


class History:
    """A stack of places; the last is where one is."""

    def __init__(self) -> None:
        self._places: list[Place] = []

    @property
    def here(self) -> Place | None:
        """Where one is."""
        return self._places[-1] if self._places else None

    def went(self, place: Place) -> None:
        """Note a new place; the same one again is not noted twice."""
        if place != self.here:
            self._places.append(place)
            del self._places[:-KEPT]

    def back(self) -> Place | None:
        """Leave this place, and say which one was before; None when this is the first."""
        if len(self._places) < 2:
            return None
        self._places.pop()
        return self._places[-1]

    def all(self) -> tuple[Place, ...]:
        """All places, the one where one is last."""
        return tuple(self._places)

    def clear(self) -> None:
        """Forget all places."""
        self._places.clear()
