"""What the lines of the score and the purposes of a list are called."""

from __future__ import annotations

from rmdesk.base.text import N_
from rmdesk.models.kinds import Purpose

LINES: dict[str, str] = {
    "C": N_("Contact gap"),
    "F": N_("Familiarity gap"),
    "O": N_("Occasion"),
    "M": N_("Maturity"),
    "R": N_("Risk of loss"),
    "S": N_("Service debt"),
}
PURPOSES: dict[Purpose, str] = {
    Purpose.MAINTAIN: N_("Maintain"),
    Purpose.SELL: N_("Sell a product"),
    Purpose.WAKE: N_("Wake sleepers"),
}
