"""What this desk may give out."""

from __future__ import annotations

import json
from typing import Any

from rmdesk.services import settings
from rmdesk.services.exports.rules import Permit, Policy
from rmdesk.services.exports.settings import POLICY, ROWS
from rmdesk.services.settings.policy import policy
from rmdesk.services.store.reads import Reads
from rmdesk.wire import signed

STRICTER = tuple(Policy)


def permit_of(reads: Reads) -> Permit:
    """What may go out: as the hub signed it with the lease, else as the settings have it; and never more than the
    bank's policy for this computer allows.
    """
    permit, told = _permit_of(reads), policy()
    rows = min(permit.rows, told.rows) if told.rows else permit.rows
    if not told.exports:
        return Permit(permit.policy, rows, permit.by_hub)
    most = Policy(told.exports) if told.exports in set(Policy) else Policy.NONE  # of a newer program: nothing
    if STRICTER.index(most) <= STRICTER.index(permit.policy):
        return Permit(permit.policy, rows, permit.by_hub)
    return Permit(most, rows, by_hub=True)


def _permit_of(reads: Reads) -> Permit:
    told = _told_by_hub(reads)
    if told is None:
        return Permit(Policy(settings.value(reads, POLICY)), settings.value(reads, ROWS), by_hub=False)
    policy = str(told["exports"])
    # A word of a newer hub that is not understood allows nothing.
    return Permit(Policy(policy) if policy in set(Policy) else Policy.NONE, int(told.get("rows", 0)), by_hub=True)


def _told_by_hub(reads: Reads) -> dict[str, Any] | None:
    """The hub's signed word for this desk; None without a hub, or with one that says nothing of it."""
    facts = "SELECT name, value FROM sync_state WHERE name IN ('hub', 'lease', 'device')"
    found = {name: json.loads(value) for name, value in reads.rows(facts)}
    hub = found.get("hub")
    if not hub or not hub.get("key"):
        return None
    told = signed.opened(str(found.get("lease") or ""), "lease", hub["key"])
    if told is None or (told.get("hub"), told.get("device")) != (hub["id"], found.get("device")):
        return None
    return told if told.get("exports") else None
