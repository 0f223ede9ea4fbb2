"""Occasions as an iCalendar file (RFC 5545), for a calendar outside: whole days, with a reminder by lead time.

Lunar days follow no rule that iCalendar knows, so each occurrence is an event of its own. Its UID stays the same from
one export to the next, so that taking a file in again changes events instead of doubling them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from rmdesk.base import clock
from rmdesk.base.text import _
from rmdesk.services.calendar.lead import LeadTimes
from rmdesk.services.occasions import written
from rmdesk.services.occasions.queries import NamedDue, named
from rmdesk.services.store.reads import Reads

if TYPE_CHECKING:
    from rmdesk.base.progress import Progress
    from rmdesk.services.exports.door import Make
    from rmdesk.services.exports.rules import Mark

CALENDAR = "calendar"  # what goes out, as services/exports has it
OCTETS = 75  # of a line, without its end (RFC 5545 section 3.1)
_SPACE = UUID("6d0f7a52-2f0f-5d36-9c7e-3a1c0f4be0b1")  # where the UIDs of rmdesk live
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar file as text, and how many events are in it."""

    text: str
    count: int


def calendar_of(reads: Reads, first: date, last: date, *, reminders: bool = True, mark: str = "") -> Calendar:
    """The occasions from `first` to `last` of clients who may be greeted; `mark`: whose export it is."""
    found = named(reads, first, last)
    lead = LeadTimes(reads) if reminders and found else None
    return Calendar(as_text(found, clock.now(), lead, mark), len(found))


def as_made(first: date, last: date, *, reminders: bool = True) -> Make:
    """What makes the file, for services/exports."""

    def make(reads: Reads, mark: Mark, _progress: Progress) -> tuple[bytes, int]:
        made = calendar_of(reads, first, last, reminders=reminders, mark=mark.line)
        return made.text.encode("utf-8"), made.count

    return make


def told(first: date, last: date) -> dict[str, list[str]]:
    """What the change record says of an export."""
    return {"columns": [first.isoformat(), last.isoformat()]}


def as_text(found: Iterable[NamedDue], now: datetime, lead: LeadTimes | None = None, mark: str = "") -> str:
    """The file: CRLF line ends, folded lines. Without `lead` there are no reminders."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//rmdesk//occasions//ZH", "CALSCALE:GREGORIAN",
             "METHOD:PUBLISH", f"X-WR-CALNAME:{_escaped(_('Occasions of clients'))}"]  # fmt: skip
    lines += [f"X-WR-CALDESC:{_escaped(mark)}"] if mark else []
    for one in found:
        lines += _event(one, now, lead)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(one: NamedDue, now: datetime, lead: LeadTimes | None) -> Iterator[str]:
    title = f"{one.name} · {one.said.said}"
    if one.years:
        title = _("{title} ({years})").format(title=title, years=one.years)
    key = f"{one.occasion or one.client}/{one.key}/{one.on}"
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid5(_SPACE, key)}@rmdesk"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{one.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{one.on + timedelta(1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(title)}"
    lunar = written.whole_of(one.on)
    if lunar:
        yield f"DESCRIPTION:{_escaped(lunar)}"
    yield f"CATEGORIES:{one.kind.value.upper()}"
    yield "TRANSP:TRANSPARENT"
    yield "CLASS:CONFIDENTIAL"
    if lead is not None:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:-P{lead.of(one.client, one.lead_days)}D",
                    f"DESCRIPTION:{_escaped(title)}", "END:VALARM")  # fmt: skip
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """TEXT as RFC 5545 section 3.3.11 has it; control characters have no place in it."""
    plain = _HIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, each after the first behind a blank; no character is cut in two."""
    piece, room = "", OCTETS
    for sign in line:
        size = len(sign.encode("utf-8"))
        if size > room:
            yield piece
            piece, room = " ", OCTETS - 1
        piece += sign
        room -= size
    yield piece
