"""What the parts of a churn case are called."""

from __future__ import annotations

from rmdesk.base.text import N_
from rmdesk.models.kinds import Loss, WinBack

LOSSES: dict[Loss, str] = {
    Loss.FALL: N_("Assets gone"),
    Loss.CLOSED: N_("Accounts closed"),
    Loss.NO_PRODUCT: N_("Holds nothing any more"),
}
OUTCOMES: dict[WinBack, str] = {
    WinBack.WON: N_("Won back"),
    WinBack.PARTLY: N_("Won back in part"),
    WinBack.LOST: N_("Not won back"),
    WinBack.MISTAKEN: N_("Was never lost"),
}
SIGNALS: dict[str, str] = {
    "fall": N_("AUM below its 3-month high"),
    "decline": N_("AUM falling for three months"),
    "transfers": N_("Large transfers out"),
    "lapsed": N_("Matured, not renewed"),
    "dormant": N_("No own transactions"),
    "cancelled": N_("Meetings called off"),
    "manager": N_("Manager changed"),
    "complaint": N_("Complaint ended badly"),
    "silence": N_("No contact from us"),
}
