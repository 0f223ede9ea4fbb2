"""Joining a team hub: its address, who one is, and the first load."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from rmdesk.base.text import _
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import column, label


class JoinDialog(QDialog):
    """Asks for address, user and password."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(theme.window())
        self.setWindowTitle(_("Join a team hub"))
        self.setLayout(column(label(_("Join a team hub"), "title")))
