"""Lines of the ledger in words."""

from __future__ import annotations

from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import PointsKind
from rmdesk.services.points import tables


class _Named:
    """The name of a rule, in the language in use when it is shown."""

    def __init__(self, rule: str) -> None:
        self._rule = rule

    def __str__(self) -> str:
        return tables.rule_name(self._rule)


def said(kind: PointsKind, rule: str) -> Phrase:
    """What a line is for."""
    if kind is PointsKind.EXPIRE:
        return phrase("Expired")
    if kind is PointsKind.CORRECT:
        return phrase("Correction")
    return phrase("{text}", text=_Named(rule))
