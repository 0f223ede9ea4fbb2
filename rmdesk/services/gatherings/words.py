"""What states of an event and answers to an invitation are called."""

from __future__ import annotations

from rmdesk.base.text import N_
from rmdesk.models.kinds import GatheringState, Reply

STATES: dict[str, str] = {
    GatheringState.PLANNED: N_("Planned"),
    GatheringState.HELD: N_("Took place"),
    GatheringState.CANCELLED: N_("Cancelled"),
}
REPLIES: dict[str, str] = {
    Reply.YES: N_("Will come"),
    Reply.MAYBE: N_("Perhaps"),
    Reply.NO: N_("Will not come"),
}
