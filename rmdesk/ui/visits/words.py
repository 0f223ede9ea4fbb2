"""Short names on the screens of visits."""

from __future__ import annotations

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import Channel, Mood, PromiseState, TaskState, VisitState, Word

CHANNELS: dict[str, str] = {
    Channel.AT_CLIENT: N_("At client's"),
    Channel.BRANCH: N_("Branch"),
    Channel.PHONE: N_("Call"),
    Channel.CHAT: N_("Message"),
    Channel.VIDEO: N_("Video"),
    Channel.EVENT: N_("Event"),
}
MOODS: dict[str, str] = {
    Mood.UNHAPPY: N_("Unhappy"),
    Mood.CALM: N_("Calm"),
    Mood.PLEASED: N_("Pleased"),
}
MOOD_KINDS: dict[str, str] = {Mood.UNHAPPY: "risk", Mood.CALM: "plain", Mood.PLEASED: "good"}
STATES: dict[str, tuple[str, str]] = {
    VisitState.PLANNED: (N_("Planned"), "plain"),
    VisitState.HELD: (N_("Held"), "good"),
    VisitState.CANCELLED: (N_("Cancelled"), "risk"),
    VisitState.POSTPONED: (N_("Postponed"), "occasion"),
}
REVIEWS: dict[str, tuple[str, str]] = {  # the team lead's word
    Word.APPROVED: (N_("Passed"), "good"),
    Word.EXEMPLARY: (N_("Exemplary"), "value"),
    Word.DISCUSS: (N_("To discuss"), "occasion"),
    Word.RETURNED: (N_("Given back"), "risk"),
}
PROMISES: dict[str, tuple[str, str]] = {
    PromiseState.OPEN: (N_("Pending"), "overdue"),
    PromiseState.KEPT: (N_("Kept"), "good"),
    PromiseState.WITHDRAWN: (N_("Withdrawn"), "plain"),
    PromiseState.HANDED_OVER: (N_("Handed over"), "plain"),
}
TASKS: dict[str, tuple[str, str]] = {
    TaskState.OPEN: (N_("Pending"), "overdue"),
    TaskState.DONE: (N_("Done"), "good"),
    TaskState.DROPPED: (N_("Dropped"), "plain"),
}


def channel(code: str) -> str:
    """The short name of a channel."""
    return _(CHANNELS[code]) if code in CHANNELS else code


def mood(code: str) -> str:
    """The name of a mood."""
    return _(MOODS[code]) if code in MOODS else ""
