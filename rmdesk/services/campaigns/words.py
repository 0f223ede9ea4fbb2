"""What codes of campaigns are called."""

from __future__ import annotations

from rmdesk.base.text import N_
from rmdesk.models.kinds import CampaignState, TouchOutcome

STATES: dict[str, str] = {
    CampaignState.DRAFT: N_("Draft"),
    CampaignState.RUNNING: N_("Running"),
    CampaignState.CLOSED: N_("Ended"),
}
OUTCOMES: dict[str, str] = {
    TouchOutcome.NOT_REACHED: N_("Not reached"),
    TouchOutcome.REACHED: N_("Reached"),
    TouchOutcome.INTERESTED: N_("Interested"),
    TouchOutcome.DECLINED: N_("Declined"),
    TouchOutcome.BOUGHT: N_("Sale made"),
}
