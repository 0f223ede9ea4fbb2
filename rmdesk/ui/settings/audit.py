"""The way from the settings to the audit log."""

from __future__ import annotations

from rmdesk.base.text import _
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.widgets import Button, Card, label, row


class AuditCard(Card):
    """What is kept in the log, and a button that shows it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Audit log"))
        told = _("Unlocking, client files opened, exports, prints and changes of rules are kept in a log.")
        self.show_log = Button(_("Show the audit log"), lambda: desk.go("audit"), icon="shield")
        self.add(label(told, "soft", wrap=True), row(self.show_log, None))
