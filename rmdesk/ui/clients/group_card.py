"""What to do for the clients of a group: its strategy and tools, from the rule book."""

from __future__ import annotations

from PySide6.QtCore import Signal

from rmdesk.base.text import _
from rmdesk.services.segments import tables
from rmdesk.ui.care import words
from rmdesk.ui.kit.widgets import Button, Card, clear, label, row


class GroupCard(Card):
    """The strategy of the group that is chosen, or of the client that is looked at. `planned(group)` asks for a
    campaign for it, where there is a place for that (`plans`)."""

    planned = Signal(str)

    def __init__(self, *, plans: bool = False) -> None:
        super().__init__(_("Group strategy"), "", gap=8)
        self.head.setWordWrap(True)
        self.group: str | None = None
        self._plans = plans
        self.show_group(None)

    def show_group(self, code: str | None) -> None:
        """Show this group; None asks to choose one."""
        self.group = code
        clear(self.body)
        if code is None:
            self.title(_("Group strategy"))
            self.add(label(_("Choose a cell above, or a client in the table."), "note", wrap=True))
            return
        group = tables.table().groups[tables.GROUPS.index(code)]
        self.title(_("Group strategy: {group}").format(group=group.name.said))
        self.add(label(group.strategy.said, "soft", wrap=True))
        self.add(label(_("Tools: {tools}").format(tools=group.tools.said), "soft", wrap=True))
        paces = [
            _("{tier} every {days} days").format(tier=words.tier(tier), days=group.cadence[tier])
            for tier in tables.TIERS
            if tier in group.cadence
        ]
        self.add(label(_("Contact: {paces}").format(paces=_(", ").join(paces) or _("by event")), "note", wrap=True))
        if self._plans:
            self.add(row(Button(_("Plan a campaign"), lambda: self.planned.emit(code), kind="small"), None))
