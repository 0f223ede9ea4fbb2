"""Why the desk was locked, and the words for it."""

from __future__ import annotations

from enum import StrEnum

from rmdesk.base.text import _, plural


class Reason(StrEnum):
    """The value is what the audit log keeps."""

    KEY = "key"
    IDLE = "idle"
    SYSTEM = "system"
    SLEEP = "sleep"
    LID = "lid"
    LEASE = "lease"


def said(reason: Reason, minutes: int = 0) -> str:
    """The reason as a sentence; `minutes` is how long the desk may lie idle."""
    if reason is Reason.IDLE:
        return plural(
            "Locked because nobody used it for {count} minute.",
            "Locked because nobody used it for {count} minutes.",
            max(1, minutes),
        )
    return {
        Reason.KEY: _("You locked it."),
        Reason.SYSTEM: _("Locked because the computer's screen was locked."),
        Reason.SLEEP: _("Locked because the computer went to sleep."),
        Reason.LID: _("Locked because the lid was closed."),
        Reason.LEASE: _("Locked because the time to work without the hub is over."),
    }[reason]
