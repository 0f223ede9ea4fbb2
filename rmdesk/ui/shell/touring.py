"""When the tour is shown: by itself on the first Today of the demo, offered on the first of a new profile, and then
only when it is asked for. What it takes is imported once somebody is at the desk and Today is filled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from rmdesk.base.text import _
from rmdesk.ui.shell.desk import WindowDesk

if TYPE_CHECKING:
    from rmdesk.ui.shell.tour import Tour

OVER = "tour/over"  # seen to its end, skipped, or offered: never again by itself
NEW = "tour/new"  # the profile was made at this window


class Touring(QObject):
    """`began` when the desk is open, `ended` when it is closed; `begin` whenever one asks for the tour."""

    def __init__(self, desk: WindowDesk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._waits = self._offers = False
        self.tour: Tour | None = None
        desk.tour_wanted.connect(self.begin)

    def made_new(self) -> None:
        """The profile is new: the tour will be offered."""
        self._desk.state.keep(NEW, True)

    def began(self, *, demo: bool) -> None:
        """Wait for the first touch, if there is anything to show or to offer."""
        state = self._desk.state
        self._offers = not demo
        self._waits = not state.value(OVER) and bool(demo or state.value(NEW))

    def ended(self) -> None:
        """The desk is closed; a tour that was not over begins anew another time."""
        self._waits = False
        if self.tour is not None:
            self.tour.leave()

    def touched(self) -> None:
        """Somebody is there: is Today there too, with nothing over it?"""
        if not self._waits:
            return
        page, places = self._desk.window.page(), self._desk.places()
        ready = page is not None and not page.stale and not page.building and not self._desk.tasks.running
        if not ready or places[-1].page != "today" or QApplication.activeModalWidget() is not None:
            return
        self._waits = False
        if self._offers:
            self._over()
            said = _("New here? A tour of five steps shows the way.")
            self._desk.toast(said, button=_("Take the tour"), press=self.begin)
        else:
            self.begin()

    def begin(self) -> None:
        """Show it from its first step."""
        self._waits = False
        if self._desk.tasks.store is not None and self.tour is None:
            self._desk.imports.begin("tour", self._begin)

    def skip(self) -> bool:
        """Take the tour away, if it is there."""
        if self.tour is None:
            return False
        self.tour.skip()
        return True

    def _begin(self) -> None:
        from rmdesk.ui.shell.tour import Tour

        if self._desk.tasks.store is None or self.tour is not None:
            return
        self.tour = Tour(self._desk)
        self.tour.ended.connect(self._tour_ended)

    def _tour_ended(self, over: bool) -> None:
        self.tour = None
        if over:
            self._over()
            self._desk.toast(_("The tour is in the help (F1) whenever you want it."))

    def _over(self) -> None:
        self._desk.state.keep(OVER, True)
