"""What the table of clients is narrowed and ordered by: plain values that a saved view can keep."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from rmdesk.models.kinds import ClientStatus, Familiarity, Tier

GROUPS = tuple(f"G{number}" for number in range(1, 10))


@dataclass(frozen=True, slots=True)
class ClientFilter:
    """Which clients are shown; an empty tuple, None or "" narrows nothing.

    `quiet_days`: no two-way contact for at least so many days; who was never contacted counts in. `matures_days`:
    something matures within so many days. `text` is looked for in name, initials, number and phone. `among`: of
    these clients only, as another page chose them, called `among_name`; no saved view keeps that.
    """

    tiers: tuple[Tier, ...] = ()
    familiarities: tuple[Familiarity, ...] = ()
    groups: tuple[str, ...] = ()
    quiet_days: int | None = None
    matures_days: int | None = None
    branches: tuple[int, ...] = ()
    statuses: tuple[ClientStatus, ...] = (ClientStatus.ACTIVE,)
    prospects_only: bool = False
    text: str = ""
    among: tuple[int, ...] | None = None
    among_name: str = ""

    @property
    def narrows(self) -> bool:
        """Whether anything but the usual (active clients) is asked for."""
        return self != ClientFilter()

    def plain(self) -> dict[str, Any]:
        """As JSON can keep it; only what differs from no filter at all."""
        return {
            field.name: list(value) if isinstance(value, tuple) else value
            for field in fields(self)
            if not field.name.startswith("among")
            and (value := getattr(self, field.name)) != getattr(ClientFilter(), field.name)
        }

    @classmethod
    def of(cls, plain: dict[str, Any]) -> ClientFilter:
        """From what `plain` gave; values that this version does not know are left out."""
        made = cls()
        readers: dict[str, Any] = {
            "tiers": lambda value: _known(Tier, value),
            "familiarities": lambda value: _known(Familiarity, value),
            "groups": lambda value: tuple(group for group in value if group in GROUPS),
            "statuses": lambda value: _known(ClientStatus, value),
            "branches": lambda value: tuple(int(branch) for branch in value),
            "quiet_days": int,
            "matures_days": int,
            "prospects_only": bool,
            "text": str,
        }
        for name, value in plain.items():
            if name in readers and value is not None:
                made = replace(made, **{name: readers[name](value)})
        return made


@dataclass(frozen=True, slots=True)
class Order:
    """By which column the table is ordered; unknown values always come last."""

    column: str = "score"
    descending: bool = True


def _known(kind: type[Any], values: list[str]) -> tuple[Any, ...]:
    known = {str(member) for member in kind}
    return tuple(kind(value) for value in values if value in known)
