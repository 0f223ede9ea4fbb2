"""What drawing is told, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping

from rmdesk.base.record import record


@record
class Style:
    """How to draw: size in pixels of the page at a ratio of one, colours by token, fonts in order of liking.

    `ratio` is the number of device pixels to one, `percent` the size of text. `form` is `rgba` (rows of four bytes,
    not premultiplied), `png`, or `svg` with texts as outlines. A `ground` fills the picture; without one it is clear.
    """

    width: float
    height: float
    colours: Mapping[str, str]
    families: tuple[str, ...] = ()
    ratio: float = 1.0
    percent: int = 100
    form: str = "rgba"
    ground: str = ""


@record
class Mark:
    """A place that can be pressed, in pixels at a ratio of one from the upper left; a circle fills its box."""

    pick: str
    label: str
    left: float
    top: float
    width: float
    height: float
    circle: bool = False

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is on it."""
        if not (self.left <= x <= self.left + self.width and self.top <= y <= self.top + self.height):
            return False
        if not self.circle:
            return True
        across, down = self.width / 2, self.height / 2
        return ((x - self.left - across) / across) ** 2 + ((y - self.top - down) / down) ** 2 <= 1.0

    def far(self, x: float, y: float) -> float:
        """How far its middle is from a point, squared."""
        return (x - self.left - self.width / 2) ** 2 + (y - self.top - self.height / 2) ** 2


@record
class Drawn:
    """A picture of so many device pixels, and what can be pressed on it: what lies on top comes last."""

    form: str
    data: bytes
    width: int
    height: int
    marks: tuple[Mark, ...]

    def at(self, x: float, y: float) -> Mark | None:
        """The uppermost mark at a point; of boxes of one size, as the points of a line have, the nearest."""
        found = [mark for mark in reversed(self.marks) if mark.holds(x, y)]
        alike = [mark for mark in found if (mark.width, mark.height) == (found[0].width, found[0].height)]
        return min(alike, key=lambda mark: mark.far(x, y)) if alike else None
