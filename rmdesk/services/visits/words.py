"""Names of channels, long as a timeline says them."""

from __future__ import annotations

from rmdesk.base.text import N_
from rmdesk.models.kinds import Channel

CHANNELS: dict[str, str] = {
    Channel.AT_CLIENT: N_("Visit at the client's"),
    Channel.BRANCH: N_("In the branch"),
    Channel.PHONE: N_("Call"),
    Channel.CHAT: N_("Message"),
    Channel.VIDEO: N_("Video call"),
    Channel.EVENT: N_("Event"),
}
