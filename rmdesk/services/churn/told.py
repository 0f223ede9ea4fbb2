"""Figures that exports tell of an account in columns of their own, kept beside it as `extra`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from rmdesk.services.churn.tables import TOLD, RiskTable
from rmdesk.services.store.reads import Reads

_JOINTS = re.compile(r"[\s_\-./]+")

Names = dict[str, tuple[str, ...]]  # a figure, and the columns that tell it in this portfolio, best first


def names(reads: Reads, table: str, rule: RiskTable) -> Names:
    """The columns kept in `table` that tell a figure, by the names in the rules, whatever their case and joints."""
    wanted = {_plain(name): (figure, place) for figure, known in rule.told.items() for place, name in enumerate(known)}
    found: dict[str, list[tuple[int, str]]] = {figure: [] for figure in TOLD}
    sql = f"SELECT DISTINCT key FROM {table}, json_each({table}.extra) WHERE json_type({table}.extra) = 'object'"
    for page in reads.pages(sql):
        for (key,) in page:
            if _plain(key) in wanted:
                figure, place = wanted[_plain(key)]
                found[figure].append((place, key))
    return {figure: tuple(key for _place, key in sorted(keys)) for figure, keys in found.items()}


def values(known: Names, extra: str | Mapping[str, Any] | None) -> list[float | None]:
    """The figures TOLD as numbers, from one `extra` as text or plain data."""
    told = json.loads(extra) if isinstance(extra, str) else extra or {}
    return [next((n for n in (_number(told.get(key)) for key in known[figure]) if n is not None), None)
            for figure in TOLD]  # fmt: skip


def _number(told: Any) -> float | None:
    try:
        return float(str(told).replace(",", "")) if told is not None else None
    except ValueError:
        return None


def _plain(name: str) -> str:
    return _JOINTS.sub("", name).casefold()
