"""The steps of the tour."""

from __future__ import annotations

from functools import cache

from rmdesk.base.record import record
from rmdesk.services.guide.topics import told
from rmdesk.services.rulebook import Words, words


@record
class Step:
    """One step: `at` names what it points at, `page` the page that is shown for it, "" for whichever is there."""

    at: str
    page: str
    title: Words
    text: Words


@cache
def steps() -> tuple[Step, ...]:
    """All steps, in their order."""
    return tuple(
        Step(one["at"], one.get("page", ""), words(one["title"]), words(one["text"])) for one in told("tour")["step"]
    )
