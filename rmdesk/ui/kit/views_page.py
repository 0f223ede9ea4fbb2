"""A page of several views on one card, each under its tab."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from rmdesk.base.text import _
from rmdesk.ui.kit import format
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.page import Page
from rmdesk.ui.kit.tab_buttons import tab_buttons
from rmdesk.ui.kit.widgets import Card


class ViewsPage(Page):
    """`views`: name and title of each; add a widget or a place for each to `self.stack`.

    `go(page, view=name)` shows one; `at` is the view that is shown, or on its way.
    """

    def __init__(self, desk: Desk, views: Sequence[tuple[str, str]]) -> None:
        super().__init__(desk)
        self._views = views
        self.at = 0
        self._tabs, line = tab_buttons(self, (_(title) for _name, title in views))
        line.addStretch(1)
        self.stack = self.new_stack()
        card = Card("", "")
        card.add(line, self.stack)
        card.body.setStretchFactor(self.stack, 1)
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._tabs.idClicked.connect(self.show_view)
        self.body.addWidget(card, 1)

    def open(self, **what: Any) -> None:
        names = [name for name, _title in self._views]
        if what.get("view") in names:
            self.show_view(names.index(str(what["view"])))

    def place(self) -> dict[str, Any]:
        return {"view": self._views[self.at][0]}

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def show_view(self, at: int) -> None:
        """Show a view by its place."""
        self._tabs.button(at).setChecked(True)
        self.at = at
        self.stack.bring_at(at)
        self._fit()

    def count_view(self, at: int, count: int) -> None:
        """Say behind the title of a view how many there are."""
        title = _(self._views[at][1])
        self._tabs.button(at).setText(f"{title} {format.whole(count)}" if count else title)

    def _fit(self) -> None:
        """The room has changed; a page leaves out the columns that have none."""
