"""The Loyalty page: five views of the portfolio, each made when it is first looked at."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from rmdesk.base.text import _
from rmdesk.models.kinds import Topic
from rmdesk.services.loyalty.views import Views
from rmdesk.services.store.reads import Reads
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.views_page import ViewsPage
from rmdesk.ui.loyalty.parts import PARTS, Part, RfmPart

VIEWS = tuple((part.name, part.title) for part in PARTS)


class LoyaltyPage(ViewsPage):
    """`go("loyalty", view="rfm")`."""

    watches: ClassVar[frozenset[Topic]] = frozenset(
        {Topic.CLIENTS, Topic.SEGMENTS, Topic.HOLDINGS, Topic.VISITS, Topic.COMPLAINTS, Topic.SETTINGS}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, VIEWS)
        self.views: Views | None = None
        self.parts: dict[int, Part] = {}
        self._fifths = False
        for at in range(len(PARTS)):
            self.stack.add_place(partial(self._part, at))
        self.stack.fill(0)

    def title(self) -> str:
        return _("Loyalty")

    def reload(self) -> None:
        self.fetch(_views, quintiles=self._fifths).done.connect(self.show_views)

    def show_views(self, found: Views) -> None:
        """Draw everything that is there."""
        self.views = found
        if not len(found.pareto.client) and not found.stood and not found.cells.any():
            self.show_empty(
                _("There is nothing to look into yet."),
                _("Take in the bank's export: tiers, groups and figures come from it."),
                icon="insights", button=_("Import a file"), press=lambda: self.desk.go("imports"),
            )  # fmt: skip
            return
        self.in_slices([partial(part.show_views, found) for part in self.parts.values()])

    def _part(self, at: int) -> Part:
        part = self.parts.get(at)
        if part is None:
            part = self.parts[at] = PARTS[at](self)
            if isinstance(part, RfmPart):
                part.fifths.toggled.connect(self._by_fifths)
            if self.views is not None:
                part.show_views(self.views)
        return part

    def _by_fifths(self, on: bool) -> None:
        self._fifths = on
        self.reload()


def _views(reads: Reads, *, quintiles: bool) -> Views:
    from rmdesk.services.loyalty.views import views

    return views(reads, quintiles=quintiles)
