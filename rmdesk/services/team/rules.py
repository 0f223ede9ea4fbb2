"""Which records a lead looks at: some always, of the others a share that anybody can work out again."""

from __future__ import annotations

import hashlib
from enum import StrEnum

from rmdesk.base.text import N_
from rmdesk.models.kinds import Word
from rmdesk.services.rulebook import Words, book, words

_WHOLE = 2**64


class Agreement(StrEnum):
    """Where an agreed cadence stands."""

    PROPOSED = "proposed"
    DECLINED = "declined"
    AGREED = "agreed"
    ENDED = "ended"


class Why(StrEnum):
    """Why a record stands in the queue."""

    REQUEST = "request"  # a gift waits for the lead's decision
    CHANGED = "changed_after_review"
    ADDED = "addendum"  # something was added after the review
    COMPLAINT = "complaint"
    GIFT = "gift"
    TIER = "tier"  # of the tier that is always looked at
    SAMPLE = "sample"
    OTHER = "other"  # not drawn: seen when one asks for all


NAMES: dict[Why, str] = {
    Why.REQUEST: N_("Waits for decision"),
    Why.CHANGED: N_("Changed after review"),
    Why.ADDED: N_("Addendum"),
    Why.COMPLAINT: N_("Complaint"),
    Why.GIFT: N_("Gift"),
    Why.TIER: N_("Highest tier"),
    Why.SAMPLE: N_("Sample"),
    Why.OTHER: N_("Not in the sample"),
}
WORDS: dict[str, str] = {
    Word.APPROVED: N_("Passed"),
    Word.EXEMPLARY: N_("Exemplary"),
    Word.DISCUSS: N_("To discuss"),
    Word.RETURNED: N_("Given back"),
}


def number(section: str, name: str) -> int:
    """A whole number of rules/team.toml."""
    return int(book("team")[section][name]["value"])


def windows() -> tuple[int, ...]:
    """The stretches of days that coverage is told for."""
    return tuple(book("team")["coverage"]["windows"]["value"])


def always_tier() -> str:
    """The tier whose visits are all looked at (domain §7: T5)."""
    return str(book("team")["sampling"]["always_tier"]["value"])


def tags() -> dict[str, Words]:
    """The coaching tags by code, in the order of the rule book."""
    return {code: words(entry) for code, entry in book("team")["tags"].items() if isinstance(entry, dict)}


def draw(seed: str, record: str) -> float:
    """A number in [0, 1) that this seed gives a record: the same on every machine, whatever else is there."""
    told = hashlib.sha256(f"{seed}\x1f{record}".encode()).digest()
    return int.from_bytes(told[:8]) / _WHOLE


def in_sample(seed: str, record: str, percent: float) -> bool:
    """Whether a record is drawn. A larger share draws the same records and some more."""
    return draw(seed, record) < percent / 100


def why(entity: str, record: str, tier: str | None, seed: str, percent: float) -> Why:
    """Why a record that nobody has looked at is in the queue (domain §7: T5 visits, gifts and complaints always)."""
    if entity == "complaint":
        return Why.COMPLAINT
    if entity == "gift":
        return Why.GIFT
    if tier == always_tier():
        return Why.TIER
    return Why.SAMPLE if in_sample(seed, record, percent) else Why.OTHER
