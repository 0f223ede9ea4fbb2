"""Names that several screens show: tiers, familiarity, groups, lanes, purposes."""

from __future__ import annotations

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import Lane, Tier
from rmdesk.services.scoring.words import PURPOSES
from rmdesk.services.segments import tables
from rmdesk.ui.kit.names import STATUS_KINDS, STATUSES, familiarity, status, tier

__all__ = [
    "LANES",
    "LANE_NOTES",
    "PURPOSES",
    "STATUSES",
    "STATUS_KINDS",
    "familiarity",
    "group",
    "status",
    "tier",
    "tier_whole",
]

LANES: dict[Lane, str] = {
    Lane.MUST: N_("Must do"),
    Lane.PRIORITY: N_("Priority"),
    Lane.SILENT_LOYAL: N_("Silent and loyal"),
    Lane.OPPORTUNITY: N_("Opportunity"),
    Lane.INCOMPLETE: N_("Data missing"),
}

LANE_NOTES: dict[Lane, str] = {
    Lane.MUST: N_("A complaint, a promise or a large maturity is due"),
    Lane.PRIORITY: N_("By points"),
    Lane.SILENT_LOYAL: N_("Loyal for years, not heard from, overdue"),
    Lane.OPPORTUNITY: N_("Has money, decides, has a need"),
    Lane.INCOMPLETE: N_("No balance is known, so money was left out"),
}


def tier_whole(code: Tier | None) -> str:
    """The full name of a tier: Private banking, 私行客户."""
    return _("Unknown tier") if code is None else tables.table().tier_names[tables.TIERS.index(code)].said


def group(code: str | None) -> str:
    """The name of one of the nine groups: Core, 核心客户."""
    return "" if code is None else tables.table().groups[tables.GROUPS.index(code)].name.said
