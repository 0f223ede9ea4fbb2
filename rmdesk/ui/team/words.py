"""Names and colours of what the screens of reviews show."""

from __future__ import annotations

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import Tier, Word
from rmdesk.services.team import rules
from rmdesk.services.team.rows import QueueRow
from rmdesk.services.team.rules import Why
from rmdesk.ui.kit import format, names
from rmdesk.ui.kit.widgets import tier_kind

WHY_KINDS: dict[Why, str] = {
    Why.REQUEST: "overdue",
    Why.CHANGED: "occasion",
    Why.ADDED: "occasion",
    Why.COMPLAINT: "risk",
    Why.GIFT: "occasion",
    Why.TIER: "opportunity",
    Why.SAMPLE: "value",
    Why.OTHER: "plain",
}
WORD_KINDS: dict[str, str] = {
    Word.APPROVED: "good",
    Word.EXEMPLARY: "value",
    Word.DISCUSS: "occasion",
    Word.RETURNED: "risk",
}
ENTITIES: dict[str, str] = {
    "visit": N_("Visits"),
    "gift": N_("Gifts"),
    "complaint": N_("Complaints"),
    "gift_approval": N_("Requests"),
}
DID: dict[str, str] = {
    "visit": N_("{member} visited {client}"),
    "gift": N_("{member}'s gift for {client}"),
    "complaint": N_("Complaint of {client}, with {member}"),
}


def word(code: str) -> str:
    """A word on a record, such as "Passed"."""
    return _(rules.WORDS[code]) if code in rules.WORDS else code


def why(row: QueueRow) -> tuple[str, str]:
    """Why a row is in the queue, as a chip: the tier by its name."""
    if row.why is Why.TIER and row.tier:
        return names.tier(Tier(row.tier)), tier_kind(row.tier)
    return _(rules.NAMES[row.why]), WHY_KINDS[row.why]


def detail(row: QueueRow) -> str:
    """The second line of a row: how, how long, what about."""
    parts = [names.channel(row.channel) if row.channel else ""]
    parts.append(_("{count} min").format(count=row.minutes) if row.minutes else "")
    parts.append("" if row.amount_minor is None else format.amount(row.amount_minor, row.currency or "CNY", sign=True))
    parts.append(" ".join(row.text.split()))
    return " · ".join(part for part in parts if part)


def tag(code: str) -> str:
    """The name of a coaching tag."""
    found = rules.tags().get(code)
    return "" if found is None else found.said
