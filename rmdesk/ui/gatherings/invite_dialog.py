"""The form that puts clients on the list of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import ClientId, GatheringState, RecordId
from rmdesk.services.gatherings.queries import GatheringRow, gatherings
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog, choices
from rmdesk.ui.kit.opening import opened

if TYPE_CHECKING:
    from rmdesk.services.store.command import Command
from rmdesk.ui.gatherings.dialogs import open_gathering


class InviteDialog(FormDialog):
    """To which of the events ahead some clients are asked; or a new one."""

    def __init__(self, desk: Desk, clients: tuple[ClientId, ...], events: tuple[GatheringRow, ...]) -> None:
        super().__init__(desk, _("Add to an event"), answer=_("Add"))
        self._clients = clients
        pairs = [(event.id, f"{event.on:%m-%d} {event.title}") for event in events]
        self.form.add("event", _("Event"), choices(*pairs), needed=True)

    def command(self) -> Command[Any]:
        from rmdesk.services.gatherings.inviting import AddGuests

        chosen = self.form.value("event")
        if not chosen:
            raise Refused(N_("No event is planned."), do=N_("Plan one first."), field="event", code="no_event")
        return AddGuests(RecordId(str(chosen)), self._clients)


def open_invite(desk: Desk, clients: tuple[int, ...] = ()) -> None:
    """Put clients on the list of an event that is planned; without one, plan it first."""

    def ask(events: tuple[GatheringRow, ...]) -> None:
        planned = tuple(one for one in events if one.on >= clock.today())
        if planned:
            opened(InviteDialog(desk, tuple(map(ClientId, clients)), planned))
        else:
            open_gathering(desk, clients=clients)

    desk.tasks.fetch(gatherings, GatheringState.PLANNED).done.connect(ask)
