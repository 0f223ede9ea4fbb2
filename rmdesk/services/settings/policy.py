"""What the bank prescribes for every desk on this computer: a small file that only an administrator can write.

`policy.toml` in the folder `paths.policies()`:

    [lock]
    minutes_at_most = 5
    [screen]
    hide_from_capture = true
    watermark = true

It only makes the user's own settings stricter. A file that is broken or says something else counts as absent, and the
settings hold.
"""

from __future__ import annotations

import tomllib
from typing import Any

from rmdesk.base import paths
from rmdesk.base.record import record


@record
class Policy:
    """`minutes`: after how many idle minutes a desk locks at the latest; 0: as the user set it."""

    minutes: int = 0
    hide: bool = False
    watermark: bool = False

    def at_most(self, minutes: int) -> int:
        """The idle minutes that count."""
        return min(minutes, self.minutes) if self.minutes > 0 else minutes


def policy() -> Policy:
    """What is prescribed here."""
    try:
        told: dict[str, Any] = tomllib.loads((paths.policies() / "policy.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Policy()
    lock, screen = _part(told, "lock"), _part(told, "screen")
    minutes = lock.get("minutes_at_most")
    return Policy(
        minutes if isinstance(minutes, int) and not isinstance(minutes, bool) and minutes > 0 else 0,
        screen.get("hide_from_capture") is True,
        screen.get("watermark") is True,
    )


def _part(told: dict[str, Any], name: str) -> dict[str, Any]:
    part = told.get(name)
    return part if isinstance(part, dict) else {}
