"""What a team lead may change about the sample of records to look at."""

from __future__ import annotations

from rmdesk.base.text import N_
from rmdesk.services.settings.declared import Setting
from rmdesk.services.team import rules

_TEAM = N_("Team review")
SHARE = Setting(
    "team.review_share",
    rules.number("sampling", "share"),
    N_("Sample of other visits"),
    _TEAM,
    note=N_("Visits of the highest tier, gifts and complaints are all looked at; of the other visits this share."),
    source=N_("Proposed; the rule book of the team names what is always looked at."),
    unit="%",
    least=0,
    most=100,
    step=5,
)
SEED = Setting(
    "team.review_seed",
    "",
    N_("Seed of the sample"),
    _TEAM,
    note=N_("Which visits the sample draws follows from this word alone; another word draws others."),
)
