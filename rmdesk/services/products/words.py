"""What the ways of a maturity are called."""

from __future__ import annotations

from rmdesk.base.text import N_
from rmdesk.models.kinds import RenewalWay

WAYS: dict[str, str] = {
    RenewalWay.UNDECIDED: N_("Undecided"),
    RenewalWay.RENEW: N_("Renew"),
    RenewalWay.MOVE: N_("Move to another product"),
    RenewalWay.PAY_OUT: N_("Pay out"),
}
STATES: dict[str, str] = WAYS | {"renewed": N_("Renewed (bank)"), "open": N_("No plan")}
