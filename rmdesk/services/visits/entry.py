"""What is entered about a visit, and what of it is refused, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import ClientId
from rmdesk.services.profile.secrets import check_text, limit_of
from rmdesk.services.visits import rules
from rmdesk.services.visits.rules import Found, Owed

LINES = ("purpose", "participants", "place", "district", "next_step")


@dataclass(frozen=True, slots=True)
class Entry:
    """A visit as it was held, or as it is planned; of a held one client, channel and content suffice.

    `two_way` false: a message without an answer. `inbound`: the client came to us. `on` None is today.
    """

    client: ClientId | None
    channel: str | None
    content: str = ""
    on: date | None = None
    at: str | None = None
    minutes: int | None = None
    two_way: bool = True
    inbound: bool = False
    marketing: bool = False
    purpose: str = ""
    participants: str = ""
    place: str = ""
    district: str = ""
    found: tuple[Found, ...] = ()
    mood: str | None = None
    promises: tuple[Owed, ...] = ()
    next_step: str = ""
    next_on: date | None = None


def checked_held(entry: Entry, now: datetime) -> Entry:
    """The entry of a held visit as it is kept; Refused names the field. `now` is the desk's own time."""
    known = _checked(replace(entry, on=entry.on or now.date()))
    assert known.on is not None
    rules.check_held(known.on, known.at, now)
    if not known.content:
        raise Refused(
            N_("Say in a line what it was about."), do=N_("One line suffices."), field="content", code="no_content"
        )
    for owed in known.promises:
        _check_due(owed.due, known.on, "promises")
    if known.next_on is not None:
        if not known.next_step:
            raise Refused(N_("Say what the next step is."), field="next_step", code="no_text")
        rules.check_ahead(known.next_on, known.on, "next_on")
    return known


def checked_plan(entry: Entry, now: datetime) -> Entry:
    """The entry of a planned visit as it is kept; Refused names the field. `now` is the desk's own time."""
    if entry.on is None:
        raise Refused(N_("A plan needs a day."), field="on", code="no_day")
    known = _checked(entry)
    rules.check_ahead(entry.on, now.date(), "on")
    return known


def line(text: str | None, field: str) -> str:
    """One line of a form as it is kept."""
    return " ".join(check_text(text, field, limit_of("line")).split("\n"))


def needed(text: str | None, field: str, message: str) -> str:
    """One line that must not be empty; refused with this message."""
    kept = line(text, field)
    if not kept:
        raise Refused(message, field=field, code="no_text")
    return kept


def _check_due(due: date, made: date, field: str) -> None:
    if due < made:
        raise Refused(
            N_("A promise cannot be due before it was made."),
            do=N_("Correct the day."),
            field=field,
            code="past",
            guide="visits",
        )
    rules.check_ahead(due, made, field)


def _checked(entry: Entry) -> Entry:
    if entry.client is None:
        raise Refused(N_("Say who it was."), do=N_("Choose a client."), field="client", code="no_client")
    chip = limit_of("line")
    found = [Found(check_text(one.text, "found", chip), one.kind) for one in entry.found]
    promises = [Owed(needed(one.text, "promises", N_("Say what was promised.")), one.due) for one in entry.promises]
    lines: dict[str, Any] = {name: line(getattr(entry, name), name) for name in LINES}
    return replace(
        entry,
        channel=rules.channel_of(entry.channel),
        content=check_text(entry.content, "content"),
        at=rules.time_of(entry.at),
        minutes=rules.minutes_of(entry.minutes),
        mood=rules.mood_of(entry.mood),
        found=tuple(one for one in dict.fromkeys(found) if one.text and one.kind in rules.FOUND),
        promises=tuple(promises),
        **lines,
    )
