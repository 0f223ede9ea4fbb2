"""What the lines of the score and the purposes of a list are called."""

from __future__ import annotations

from rmdesk.base.text import N_
from rmdesk.models.kinds import Purpose

LINES: dict[str, str] = {
    "C": N_("Contact gap"),
    "F": N_("Familiarity gap"),
    "O": N_("Occasion"),
    "M": N_("Maturity"),
    "R": N_("Churn risk"),
    "S": N_("Service debt"),
}
# The help page of each line (resources/guide/rules.toml); whatever else enters a score is told on that of the score.
PAGES: dict[str, str] = {"F": "familiarity", "O": "occasions", "R": "churn", "S": "complaints"}
WHOLE = "score"
PURPOSES: dict[Purpose, str] = {
    Purpose.MAINTAIN: N_("Maintain"),
    Purpose.SELL: N_("Sell a product"),
    Purpose.WAKE: N_("Wake sleepers"),
}
