"""Actions as data: declared once, they become menu entry, shortcut, button, palette line and help line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rmdesk.base.record import record
from rmdesk.base.text import N_

GO = N_("Go to")
EDIT = N_("Edit")
VIEW = N_("View")
PROGRAM = N_("Program")
PAGE = N_("This page")


@record
class Action:
    """One thing a user can do. `run` gets the page (or the window) that declares it.

    `button` puts it into the top bar of its page, `primary` makes it the one coloured button there.
    """

    name: str
    text: str
    run: Callable[[Any], object]
    shortcut: str = ""
    icon: str = ""
    group: str = PAGE
    button: bool = False
    primary: bool = False
    enabled: Callable[[Any], bool] | None = None

    def is_enabled(self, place: Any) -> bool:
        """Whether it can be done now."""
        return self.enabled is None or self.enabled(place)
