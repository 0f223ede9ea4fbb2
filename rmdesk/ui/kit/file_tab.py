"""A tab of a client's file: a page of its own inside the page, made when it is first seen."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from rmdesk.models.kinds import ClientId
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.page import Page
from rmdesk.ui.kit.panes import Panes


class FileTab(Page):
    """Fill `self.body` in `__init__`, ask for `self.client` in `reload`, and say in `watches` what makes it stale.

    `reload` comes when the tab is seen and the client or a watched topic has changed meanwhile. While the user is in
    the middle of something, `editing` keeps a reload away, as on a page.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.client: ClientId | None = None
        self.body.setContentsMargins(0, 0, 0, 0)

    def side_by_side(
        self, main: QWidget, side: QWidget, names: tuple[str, str], shares: tuple[int, int] = (5, 3)
    ) -> None:
        """Two columns: what the tab is for, and what goes with it at the right; in turns where room is scarce."""
        self.body.addWidget(Panes(main, side, names, shares))

    def show_client(self, client: ClientId) -> None:
        """Show this client's."""
        if client != self.client:
            self.client = client
            self.mark_stale()
        self.refresh_if_stale()
