"""What the states of a question are called."""

from __future__ import annotations

from rmdesk.base.text import N_
from rmdesk.models.kinds import RequestState

STATES: dict[str, str] = {
    RequestState.OPEN: N_("Waits for an answer"),
    RequestState.ANSWERED: N_("Answered"),
    RequestState.CLOSED: N_("Followed up"),
    RequestState.WITHDRAWN: N_("Withdrawn"),
}
