"""The conditions of a target list: plain values that a campaign keeps, each a chip that can be turned into its
opposite. All of them have to hold."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from rmdesk.base.errors import Refused
from rmdesk.base.record import record
from rmdesk.base.text import N_
from rmdesk.models.kinds import AssetKind, ClientKind, Familiarity, Tier
from rmdesk.services.segments.tables import GROUPS


class Ask(StrEnum):
    """How a condition is answered."""

    SEVERAL = "several"  # one of the values
    LEAST = "least"  # at least so many
    MOST = "most"  # at most so many
    WITHIN = "within"  # within so many days


@record
class Kind:
    """One thing to ask; `values` are the codes to choose from, or numbers that are offered."""

    name: str
    ask: Ask
    values: tuple[str, ...]


MAN = ("easy", "open", "hard")
LEVELS = tuple(str(level) for level in range(1, 6))
KINDS: dict[str, Kind] = {
    "tier": Kind(N_("Tier"), Ask.SEVERAL, tuple(str(one) for one in Tier)),
    "group": Kind(N_("Group"), Ask.SEVERAL, GROUPS),
    "familiarity": Kind(N_("Familiarity"), Ask.SEVERAL, tuple(str(one) for one in Familiarity)),
    "man": Kind(N_("MAN"), Ask.SEVERAL, MAN),
    "kind": Kind(N_("Person or company"), Ask.SEVERAL, tuple(str(one) for one in ClientKind)),
    "risk": Kind(N_("Risk level"), Ask.SEVERAL, LEVELS),
    "holds": Kind(N_("Holds"), Ask.SEVERAL, tuple(str(one) for one in AssetKind)),
    "least_aum": Kind(N_("AUM from"), Ask.LEAST, ("50000", "200000", "1000000", "10000000")),
    "matures": Kind(N_("Money maturing"), Ask.WITHIN, ("7", "30", "90")),
    "birthday": Kind(N_("Birthday"), Ask.WITHIN, ("7", "14", "30")),
    "quiet": Kind(N_("No contact"), Ask.LEAST, ("30", "60", "90", "180")),
    "dormant": Kind(N_("No transactions"), Ask.LEAST, ("30", "60", "90", "180")),
    "recency": Kind(N_("RFM recency class"), Ask.LEAST, ("5", "4", "3", "2")),
    "frequency": Kind(N_("RFM frequency class"), Ask.LEAST, ("5", "4", "3", "2")),
    "money": Kind(N_("RFM money class"), Ask.LEAST, ("5", "4", "3", "2")),
    "loyalty": Kind(N_("Loyalty"), Ask.LEAST, ("0.3", "0.5", "0.7")),
    "churn": Kind(N_("Churn risk"), Ask.LEAST, ("0.2", "0.3", "0.5")),
    "oldest": Kind(N_("Age up to"), Ask.MOST, ("35", "45", "60")),
    "youngest": Kind(N_("Age from"), Ask.LEAST, ("18", "45", "60")),
}


@record
class Condition:
    """One chip: what is asked, the values chosen, and whether the opposite is meant."""

    what: str
    values: tuple[str, ...]
    negated: bool = False

    @property
    def number(self) -> float:
        """The one number of a condition that asks for one."""
        return float(self.values[0])


def plain(conditions: Sequence[Condition]) -> list[dict[str, Any]]:
    """As JSON can keep them."""
    return [{"what": one.what, "values": list(one.values), "not": one.negated} for one in conditions]


def read(kept: Any) -> tuple[Condition, ...]:
    """From what `plain` gave; what this version does not know is left out."""
    found = []
    for one in kept if isinstance(kept, list) else ():
        made = Condition(str(one.get("what")), tuple(map(str, one.get("values") or ())), bool(one.get("not")))
        if _known(made):
            found.append(made)
    return tuple(found)


def checked(conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    """The conditions, each once; refused when one cannot be asked."""
    for one in conditions:
        if not _known(one):
            raise Refused(N_("This condition is incomplete."), do=N_("Choose a value, or remove it."), field="filter",
                          code="bad_condition")  # fmt: skip
    return tuple(dict.fromkeys(conditions))


def _known(one: Condition) -> bool:
    kind = KINDS.get(one.what)
    if kind is None or not one.values:
        return False
    if kind.ask is Ask.SEVERAL:
        return set(one.values) <= set(kind.values)
    try:
        return len(one.values) == 1 and 0 <= one.number < float("inf")
    except ValueError:
        return False
