"""Agreed cadences in words."""

from __future__ import annotations

from rmdesk.base.text import N_, Phrase, phrase
from rmdesk.services.team.cadences import CadenceRow
from rmdesk.services.team.rules import Agreement

STATES: dict[Agreement, str] = {
    Agreement.PROPOSED: N_("Proposed"),
    Agreement.DECLINED: N_("Turned down"),
    Agreement.AGREED: N_("Agreed"),
    Agreement.ENDED: N_("Ended"),
}


def cadence_said(row: CadenceRow) -> Phrase:
    """One agreement as a sentence."""
    group = row.group_name or phrase("all groups")
    return phrase(
        "{manager}: {tier}, {group}: every {days} days ({state}: {note})",
        manager=row.member, tier=row.tier_name, group=group, days=row.days, state=phrase(STATES[row.state]),
        note=row.note,
    )  # fmt: skip
