"""Plain rules about visits: what counts as contact, what is a late entry, what an entry may say. No I/O."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import Channel, Mood, VisitState
from rmdesk.services.rulebook import book

_TIME = re.compile(r"(\d{1,2})(?::?([0-5]\d))?")
FOUND = ("need", "signal")


@dataclass(frozen=True, slots=True)
class Found:
    """A need or a signal that showed in a visit."""

    text: str
    kind: str = "need"


@dataclass(frozen=True, slots=True)
class Owed:
    """Something promised in a visit, due on a day."""

    text: str
    due: date


def limit(section: str, name: str) -> Any:
    """A number of rules/visits.toml."""
    return book("visits")[section][name]["value"]


def is_late(on: date, at: str | None, entered: datetime) -> bool:
    """Whether a held visit was entered more than 24 hours after it (补录). `entered` is in the desk's time zone.

    Without a time of day the visit counts as held at the end of its day: only what is surely late is marked.
    """
    hour, minute = (int(part) for part in at.split(":")) if at else (23, 59)
    held = datetime(on.year, on.month, on.day, hour, minute, tzinfo=entered.tzinfo)
    return entered - held > timedelta(hours=limit("late", "hours"))


def counts_as_contact(state: str, *, two_way: bool) -> bool:
    """Whether a visit resets the contact clock: held and two-way; an unanswered message is no contact."""
    return state == VisitState.HELD and two_way


def last_contact(visits: Iterable[tuple[date, str, bool]], day: date) -> date | None:
    """The last contact up to `day` among visits (day, state, two-way), in whatever order they were entered."""
    return max((on for on, state, two_way in visits if on <= day and counts_as_contact(state, two_way=two_way)),
               default=None)  # fmt: skip


def touches_full(days: Iterable[date], on: date, most: int, window: int) -> bool:
    """Whether a touch on `on` makes more than `most` in some `window` days in a row, given the days of the others."""
    others = list(days)
    firsts = (on - timedelta(days=back) for back in range(window))
    return any(sum(first <= one < first + timedelta(days=window) for one in others) >= most for first in firsts)


def time_of(text: str | None) -> str | None:
    """A time of day as HH:MM, typed as 9:30, 930, 0930, 9 or 9：30; None when nothing is typed. Refused otherwise."""
    plain = (text or "").strip().replace("：", ":").replace(".", ":")
    if not plain:
        return None
    found = _TIME.fullmatch(plain) if plain.isascii() else None
    if found is None or int(found[1]) > 23:
        raise Refused(N_("This is not a time of day."), do=N_("Write it as 9:30."), field="at", code="bad_time")
    return f"{int(found[1]):02}:{found[2] or '00'}"


def minutes_of(minutes: int | None) -> int | None:
    """How long a visit lasted, in minutes; refused below one and above a day."""
    most = limit("entry", "minutes_most")
    if minutes is not None and not 1 <= minutes <= most:
        raise Refused(
            N_("A visit lasts from 1 to {most} minutes."), field="minutes", code="bad_minutes", most=most,
        )  # fmt: skip
    return minutes


def typed_minutes(text: str | None) -> int | None:
    """Minutes as typed: 45, 45 min, 45 分钟, 1h, 1.5 小时; None when nothing is typed. Refused otherwise."""
    plain = (text or "").strip().lower()
    if not plain:
        return None
    found = re.fullmatch(r"([0-9]{1,4}(?:\.[0-9]{1,2})?)\s*(m|min|minutes?|分|分钟|h|hours?|小时)?", plain)
    if found is None:
        raise Refused(
            N_("This is not a length of time."), do=N_("Write minutes, as in 45."), field="minutes", code="bad_minutes"
        )
    hours = (found[2] or "m")[0] in ("h", "小")
    return minutes_of(round(float(found[1]) * (60 if hours else 1)))


def check_held(on: date, at: str | None, now: datetime) -> None:
    """Refuse a held visit that has not been yet, or lies further back than anybody remembers. `now` at the desk."""
    today = now.date()
    if on > today:
        raise Refused(
            N_("A visit in the future has not been held yet."),
            do=N_("Plan it instead."),
            field="on",
            code="future",
            guide="visits",
        )
    if today.year - on.year > limit("entry", "back_years"):
        raise Refused(
            N_("This day is too long ago."), do=N_("Check the year."), field="on", code="too_old", guide="visits"
        )
    grace = now + timedelta(minutes=limit("entry", "grace_minutes"))
    if on == today and at is not None and (grace.date(), at) > (today, f"{grace:%H:%M}") and grace.date() == today:
        raise Refused(
            N_("This time of day is still to come."), do=N_("Correct the time, or leave it empty."), field="at",
            code="future", guide="visits")  # fmt: skip


def check_ahead(on: date, day: date, field: str) -> None:
    """Refuse a day of a plan, promise or task that has passed or is years off."""
    if on < day:
        raise Refused(
            N_("This day has passed."), do=N_("Choose today or a later day."), field=field, code="past", guide="visits"
        )
    if on.year - day.year > limit("entry", "ahead_years"):
        raise Refused(
            N_("This day is too far off."), do=N_("Check the year."), field=field, code="too_far", guide="visits"
        )


def channel_of(channel: str | None) -> str:
    """A channel that exists; refused otherwise."""
    if channel not in set(Channel):
        raise Refused(
            N_("Say how you were in contact."), do=N_("Choose a channel."), field="channel", code="no_channel"
        )
    return str(channel)


def mood_of(mood: str | None) -> str | None:
    """A mood that exists, or None; refused otherwise."""
    if mood and mood not in set(Mood):
        raise Refused(N_("There is no such mood."), do=N_("Choose one of the three."), field="mood", code="no_mood")
    return mood or None
