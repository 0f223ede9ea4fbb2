"""How a client likes to be reached: what the desk itself keeps, also of a client of the bank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.clients import Client
from rmdesk.models.kinds import Channel, ClientId
from rmdesk.services.profile.secrets import check_text, limit_of
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import PutBack, fields_of
from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class SetReach:
    """Say how a client likes to be reached, and where: the desk's own fields, also of a client of the bank.

    None leaves a field as it is, an empty text makes it unknown. What is set stays, whatever hand-overs tell.
    """

    label: ClassVar[str] = N_("Edit how to reach the client")
    client: ClientId
    channel: Channel | str | None = None
    hours: str | None = None
    district: str | None = None
    wechat: str | None = None

    def apply(self, work: UnitOfWork) -> Done[int]:
        client = work.get(Client, self.client)
        if self.channel and self.channel not in list(Channel):
            raise Refused(N_("There is no such channel."), field="channel", code="no_channel")
        wanted = {"preferred_channel": self.channel, "preferred_hours": self.hours}
        wanted |= {"district": self.district, "wechat": self.wechat}
        fields = {"preferred_channel": "channel", "preferred_hours": "hours"}
        values = {
            name: check_text(str(value), fields.get(name, name), limit_of("line")) or None
            for name, value in wanted.items()
            if value is not None
        }
        changed = {name: value for name, value in values.items() if (getattr(client, name) or None) != value}
        before = fields_of(client, *changed, "kept")
        for name, value in changed.items():
            setattr(client, name, value)
        # Also what stays as it is: it was said again today.
        client.kept = {**(client.kept or {}), **dict.fromkeys(values, clock.today().isoformat())}
        return Done(len(changed), inverse=PutBack(Client, self.client, before))
