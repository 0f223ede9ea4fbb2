"""Adding guests to an event: by tier, group, membership, or one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _, plural
from rmdesk.models.kinds import ClientId, Tier
from rmdesk.services.clients.filters import GROUPS, ClientFilter
from rmdesk.services.clubs.tables import clubs
from rmdesk.services.gatherings import choosing
from rmdesk.services.gatherings.queries import GatheringRow
from rmdesk.services.segments import tables
from rmdesk.ui.gatherings import words
from rmdesk.ui.kit import format, names
from rmdesk.ui.kit.client_field import ClientField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog, choices
from rmdesk.ui.kit.widgets import label

if TYPE_CHECKING:
    from rmdesk.services.gatherings.inviting import Listed
    from rmdesk.services.store.command import Command, Outcome


class GuestsDialog(FormDialog):
    """Whom to put on the list; how many that are is said at once."""

    def __init__(self, desk: Desk, event: GatheringRow) -> None:
        super().__init__(desk, _("Add guests"), answer=_("Add"))
        self.setMinimumWidth(520)
        self._event = event
        self._found: tuple[ClientId, ...] = ()
        self._line = desk.tasks.line(self)
        self.client = ClientField(desk)
        self.form.add("client", _("One client"), self.client, note=_("Or everybody of a tier, a group, a club:"))
        tiers = [(tier.value, names.tier(tier)) for tier in reversed(Tier)]
        self.form.add("tier", _("Tier"), choices(("", _("all")), *tiers))
        groups = [(code, f"{code} {tables.table().groups[at].name.said}") for at, code in enumerate(GROUPS)]
        self.form.add("group", _("Group"), choices(("", _("all")), *groups))
        members = [(code, club.name.said) for code, club in clubs().items()]
        self.form.add("club", _("Members of"), choices(("", _("all")), *members))
        self.form.side_by_side("tier", "group", "club")
        self.count = label("", "soft", wrap=True)
        self.extra.addWidget(self.count)
        for name in ("tier", "group", "club"):
            self.form.editor(name, QComboBox).currentIndexChanged.connect(lambda _at: self._look())
        self.client.chosen.connect(lambda _client: self._look())
        self.client.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.gatherings.inviting import AddGuests

        if not self._found:
            raise Refused(N_("Choose a client, a tier, a group or a club."), field="client", code="nobody")
        return AddGuests(self._event.id, self._found)

    def submit(self) -> None:
        # The toast says who was left out.
        self._said = self._said_of  # type: ignore[assignment]
        super().submit()

    def _said_of(self, outcome: Outcome[Listed]) -> str:
        done = plural("{count} guest added", "{count} guests added", outcome.result.done)
        return words.listed(outcome.result, done)

    def _look(self) -> None:
        client = self.client.client
        if client is not None:
            self._show((client,))
            return
        tier, group, club = (self.form.value(name) for name in ("tier", "group", "club"))
        club = club if club in clubs() else ""
        if tier not in list(Tier) and group not in GROUPS and not club:
            self._show(())
            return
        wanted = ClientFilter(
            tiers=(Tier(tier),) if tier in list(Tier) else (), groups=(group,) if group in GROUPS else ()
        )
        self._line.fetch(choosing.clients_of, wanted, club).done.connect(self._show)

    def _show(self, found: tuple[ClientId, ...]) -> None:
        self._found = found
        told = plural("{count} client", "{count} clients", len(found)) if found else ""
        self.count.setText(told.replace(str(len(found)), format.whole(len(found))))
