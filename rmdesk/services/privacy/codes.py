"""Coded values in the words of a reader, for the copy that a client is given."""

from __future__ import annotations

import json
from typing import Any

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import Purpose

# What is kept as 0 and 1.
FLAGS = frozenset({
    "marketing_consent", "hard", "given", "valued", "renewed", "both", "leap", "once", "official", "confirmed",
    "inbound", "marketing", "two_way",
})  # fmt: skip
KINDS: dict[str, str] = {
    "demand": N_("Demand deposit"), "time": N_("Time deposit"), "wealth": N_("Wealth product"), "fund": N_("Fund"),
    "insurance": N_("Insurance"), "bond": N_("Bond"), "metal": N_("Precious metal"), "trust": N_("Trust"),
    "loan": N_("Loan"), "card": N_("Card"), "standing_order": N_("Standing order"), "other": N_("Other"),
}  # fmt: skip
PURPOSES: dict[str, str] = {
    Purpose.MAINTAIN: N_("Maintain"),
    Purpose.SELL: N_("Sell a product"),
    Purpose.WAKE: N_("Wake sleepers"),
}
NAMES: dict[tuple[str, str], dict[str, str]] = {
    ("account", "kind"): KINDS,
    ("holding", "kind"): KINDS,
    ("client", "id_kind"): {"resident": N_("Resident ID card"), "passport": N_("Passport"), "other": N_("Other")},
    ("journal", "purpose"): PURPOSES,
}
# Packed for the program alone; what they were made of is copied.
PACKED = frozenset({("gift", "breach"), ("gift_approval", "gates"), ("client", "kept"), ("attachment", "entity")})


def said(table: str, field: str, value: Any) -> str:
    """A value as a reader reads it; one that is no code stays as it is."""
    from rmdesk.services.sync.words import code_name

    if field in FLAGS and value in (0, 1):
        return _("yes") if value else _("no")
    if (table, field) == ("journal", "group"):
        return _group(str(value))
    names = NAMES.get((table, field))
    if names is not None:
        return _(names.get(str(value), "")) or str(value)
    if isinstance(value, str) and value[:1] in "[{":
        return _listed(value)
    told = code_name(table, field, value)
    return told or (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _group(code: str) -> str:
    from rmdesk.services.segments import tables

    return tables.table().groups[tables.GROUPS.index(code)].name.said if code in tables.GROUPS else code


def _listed(value: str) -> str:
    """The texts of a list that is kept as JSON; what is no such list stays as it is."""
    try:
        told = json.loads(value)
    except ValueError:
        return value
    texts = [one.get("text") if isinstance(one, dict) else one for one in told] if isinstance(told, list) else []
    whole = [text for text in texts if isinstance(text, str)]
    return ", ".join(whole) if whole and len(whole) == len(texts) else value
