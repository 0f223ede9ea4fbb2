"""The settings page, derived from what the features declare."""

from __future__ import annotations

from rmdesk.base.text import _
from rmdesk.models.kinds import Topic
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.page import Page


class SettingsPage(Page):
    """All settings in sections, each with its source."""

    watches = frozenset({Topic.SETTINGS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.show_empty(_("Settings"))

    def title(self) -> str:
        return _("Settings")
