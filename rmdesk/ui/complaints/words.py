"""Names that the forms and the tab of complaints show."""

from __future__ import annotations

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import Channel, Verdict
from rmdesk.services.satisfaction.rules import Stance
from rmdesk.services.visits.words import CHANNELS

VERDICT_KINDS: dict[Verdict, str] = {
    Verdict.SATISFIED: "good",
    Verdict.ACCEPTED: "plain",
    Verdict.UNFAVOURABLE: "risk",
}
STANCES: dict[Stance, str] = {
    Stance.APOSTLE: N_("Apostle"),
    Stance.MERCENARY: N_("Mercenary"),
    Stance.HOSTAGE: N_("Hostage"),
    Stance.DEFECTOR: N_("Defector"),
}
STANCE_KINDS: dict[Stance, str] = {
    Stance.APOSTLE: "good",
    Stance.MERCENARY: "occasion",
    Stance.HOSTAGE: "overdue",
    Stance.DEFECTOR: "risk",
}


def channel(value: Channel | None) -> str:
    """The name of a channel; empty for none."""
    return _(CHANNELS[value]) if value is not None else ""
