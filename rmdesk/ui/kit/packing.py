"""Values as plain JSON and back: what a form was opened with and what is typed into it, to be kept while locked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from importlib import import_module
from typing import Any

from PySide6.QtCore import QObject

OURS = "rmdesk."
_PLAIN = (str, int, float, bool, type(None))
_BY_TEXT: dict[str, Callable[[str], Any]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "decimal": Decimal,
}


class Unpackable(Exception):
    """A value that only lives in memory, such as a function made on the spot."""


def pack(value: Any) -> Any:
    """The value as JSON can say it; Unpackable when it cannot.

    Records, named tuples, enums, classes and functions of rmdesk are named by their module; a desk, and whatever
    passes for one, is the desk there is when it is unpacked; widgets are left out.
    """
    if isinstance(value, Enum):
        return {"$": _name(type(value)), "of": value.value}
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, Decimal):
        return {"$": "decimal", "of": str(value)}
    if isinstance(value, datetime | date | time):
        return {"$": type(value).__name__, "of": value.isoformat()}
    if isinstance(value, Mapping):
        return {"$": "dict", "of": [[pack(key), pack(one)] for key, one in value.items()]}
    if isinstance(value, type) or (callable(value) and hasattr(value, "__qualname__")):
        return {"$": "name", "of": _name(value)}
    if hasattr(value, "perform") and hasattr(value, "ask"):
        return {"$": "desk"}
    if isinstance(value, QObject):
        return None
    names = getattr(value, "_fields", None) or getattr(value, "__match_args__", None)
    if names:
        return {"$": _name(type(value)), "of": [pack(getattr(value, name)) for name in names]}
    if isinstance(value, list | tuple | set | frozenset):
        return {"$": type(value).__name__, "of": [pack(one) for one in value]}
    raise Unpackable(type(value).__name__)


def unpack(told: Any, desk: Any) -> Any:
    """The value again; Unpackable when what it names is not there any more."""
    if not isinstance(told, dict):
        return told
    kind, of = told.get("$"), told.get("of")
    if kind == "desk":
        return desk
    if kind in _BY_TEXT:
        return _BY_TEXT[kind](str(of))
    if kind == "dict":
        return {unpack(key, desk): unpack(one, desk) for key, one in of or ()}
    if kind == "name":
        return _found(str(of))
    if kind in ("list", "tuple", "set", "frozenset"):
        made = {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}[kind]
        return made(unpack(one, desk) for one in of or ())
    known = _found(str(kind))
    if isinstance(known, type) and issubclass(known, Enum):
        return known(of)
    return known(*(unpack(one, desk) for one in of or ()))


def _name(value: Any) -> str:
    name = f"{value.__module__}:{value.__qualname__}"
    if not name.startswith(OURS) or "<" in name:
        raise Unpackable(name)
    return name


def _found(name: str) -> Any:
    module, _colon, path = name.partition(":")
    if not module.startswith(OURS):
        raise Unpackable(name)
    try:
        found: Any = import_module(module)
        for part in path.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError) as error:
        raise Unpackable(name) from error
    return found
