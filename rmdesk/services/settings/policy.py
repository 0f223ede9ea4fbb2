"""What the bank prescribes for every desk on this computer: a small file that only an administrator can write.

`policy.toml` in the folder `paths.policies()`:

    [lock]
    minutes_at_most = 5
    [screen]
    hide_from_capture = true
    watermark = true
    [exports]
    allow = "encrypted"        # free, encrypted, files (no prints), none
    rows_at_most = 2000
    [hub]
    address = "https://hub.bank.example"
    [updates]
    manifest = "https://software.bank.example/rmdesk/manifest.json"
    key = "base64 of the bank's public key"

It only makes the user's own settings stricter, and says where the bank's hub and its updates are. A file that is
broken, says something else, or is not the administrators' own (owner.py) counts as absent, and the settings hold.
"""

from __future__ import annotations

import tomllib
from typing import Any

from rmdesk.base import paths
from rmdesk.base.record import record
from rmdesk.services.settings import owner


@record
class Policy:
    """`minutes`: after how many idle minutes a desk locks at the latest; 0: as the user set it.

    `hub`: what is offered as the address when a desk joins. `exports`: what may go out at most,
    `rows`: how many records in one file, 0 for no cap. `updates`: a file or an https address; `update_key`: base64
    of an Ed25519 public key. Empty where nothing is said.
    """

    minutes: int = 0
    hide: bool = False
    watermark: bool = False
    exports: str = ""
    rows: int = 0
    hub: str = ""
    updates: str = ""
    update_key: str = ""

    def at_most(self, minutes: int) -> int:
        """The idle minutes that count."""
        return min(minutes, self.minutes) if self.minutes > 0 else minutes


def policy() -> Policy:
    """What is prescribed here."""
    file = paths.policies() / "policy.toml"
    try:
        told: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Policy()
    if not owner.may_prescribe(file):
        return Policy()
    lock, screen, updates = _part(told, "lock"), _part(told, "screen"), _part(told, "updates")
    exports = _part(told, "exports")
    return Policy(
        _count(lock, "minutes_at_most"),
        screen.get("hide_from_capture") is True,
        screen.get("watermark") is True,
        _text(exports, "allow"),
        _count(exports, "rows_at_most"),
        _text(_part(told, "hub"), "address"),
        _text(updates, "manifest"),
        _text(updates, "key"),
    )


def _part(told: dict[str, Any], name: str) -> dict[str, Any]:
    part = told.get(name)
    return part if isinstance(part, dict) else {}


def _count(part: dict[str, Any], name: str) -> int:
    value = part.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def _text(part: dict[str, Any], name: str) -> str:
    value = part.get(name)
    return value.strip() if isinstance(value, str) else ""
