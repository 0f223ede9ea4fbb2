"""Names of what a client is, as every screen shows them: tier, familiarity, status."""

from __future__ import annotations

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import Channel, ClientStatus, Familiarity, Tier
from rmdesk.services.segments import tables

STATUSES: dict[ClientStatus, str] = {
    ClientStatus.ACTIVE: N_("Active"),
    ClientStatus.CLOSED: N_("Closed"),
    ClientStatus.DECEASED: N_("Deceased"),
    ClientStatus.DO_NOT_CONTACT: N_("Do not contact"),
}

STATUS_KINDS: dict[ClientStatus, str] = {
    ClientStatus.ACTIVE: "good",
    ClientStatus.CLOSED: "plain",
    ClientStatus.DECEASED: "plain",
    ClientStatus.DO_NOT_CONTACT: "risk",
}

# How a client likes to be reached.
CHANNELS: dict[Channel, str] = {
    Channel.CHAT: N_("WeChat"),
    Channel.PHONE: N_("Phone"),
    Channel.AT_CLIENT: N_("Visit"),
    Channel.BRANCH: N_("In the branch"),
    Channel.VIDEO: N_("Video call"),
    Channel.EVENT: N_("Event"),
}


def tier(code: Tier | None) -> str:
    """The short name of a tier: Private, 私行."""
    return "" if code is None else tables.table().tier_shorts[tables.TIERS.index(code)].said


def familiarity(known: Familiarity | None) -> str:
    """How well a client is known: Familiar, 熟客."""
    return "" if known is None else tables.table().class_names[tables.CLASSES.index(known)].said


def status(code: ClientStatus) -> str:
    """The name of a client's status."""
    return _(STATUSES[code])


def channel(code: str | None) -> str:
    """The name of a channel that a client prefers; empty when it is not known."""
    return _(CHANNELS[Channel(code)]) if code in list(Channel) else ""
