"""Records as text and back: tuples, mappings, dates, enums and the records given; exact, and nothing else is read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from enum import Enum
from typing import Any

PLAIN = (str, int, float, bool, type(None))
TUPLE, MAPPING, DATE = "()", "{}", "date"


def pack(value: Any) -> str:
    """The text; TypeError for what is none of the kinds above."""
    return json.dumps(_packed(value), ensure_ascii=False, separators=(",", ":"))


def unpack(text: str, kinds: Iterable[type]) -> Any:
    """The value; `kinds` are the records and enums that may appear in it. KeyError for any other."""
    makers: dict[str, Callable[..., Any]] = {kind.__name__: kind for kind in kinds}
    makers[TUPLE], makers[MAPPING] = lambda *parts: parts, lambda *pairs: dict(pairs)
    makers[DATE] = date.fromisoformat
    return _unpacked(json.loads(text), makers)


def _packed(value: Any) -> Any:
    kind = type(value)
    if kind in PLAIN:
        return value
    if kind is tuple:
        return [TUPLE, *map(_packed, value)]
    if kind is dict:
        return [MAPPING, *(_packed(pair) for pair in value.items())]
    if kind is date:
        return [DATE, value.isoformat()]
    if isinstance(value, Enum):
        return [kind.__name__, value.value]
    if hasattr(kind, "__slots__") and hasattr(kind, "__match_args__"):
        return [kind.__name__, *(_packed(getattr(value, name)) for name in kind.__match_args__)]
    raise TypeError(f"cannot pack {kind.__name__}")


def _unpacked(value: Any, makers: dict[str, Callable[..., Any]]) -> Any:
    if type(value) is not list:
        return value
    return makers[value[0]](*[_unpacked(part, makers) for part in value[1:]])
