"""The form of an answer on satisfaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmdesk.base.text import _
from rmdesk.models.kinds import ClientId
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import choices

if TYPE_CHECKING:
    from rmdesk.services.store.command import Command
from rmdesk.ui.complaints.dialog import AboutClient


class SatisfactionDialog(AboutClient):
    """Notes how satisfied a client says they are."""

    def __init__(self, desk: Desk, client: ClientId | None = None) -> None:
        super().__init__(desk, _("Note satisfaction"), _("Answer noted"), client)
        csat = [(str(value), str(value)) for value in range(5, 0, -1)]
        nps = [(str(value), str(value)) for value in range(10, -1, -1)]
        self.form.add(
            "csat", _("Satisfaction"), choices(("", _("not asked")), *csat), note=_("1 not at all, 5 very satisfied")
        )
        self.form.add(
            "nps", _("Would recommend us"), choices(("", _("not asked")), *nps), note=_("0 never, 10 certainly")
        )
        self.channels()
        self.day("on", _("Day"))
        self.form.side_by_side("csat", "nps")
        self.form.side_by_side("channel", "on")
        self.lines("note", _("Note"), needed=False)
        self.form.fields["csat" if client is not None else "client"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.satisfaction.commands import NoteSatisfaction

        def number(name: str) -> int | None:
            return int(self.form.value(name)) if str(self.form.value(name)).isdigit() else None

        return NoteSatisfaction(
            self.client, self.given_day("on"), number("csat"), number("nps"), self.channel, self.form.value("note")
        )
