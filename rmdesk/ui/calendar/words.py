"""How kinds of entries are called and coloured; colour never stands alone: the legend and each row say it, too."""

from __future__ import annotations

from datetime import date, timedelta

from rmdesk.base import clock
from rmdesk.base.text import N_, _
from rmdesk.services.calendar.rows import Entry, EntryKind
from rmdesk.services.calendar.words import SINGLE
from rmdesk.services.occasions import rules, workdays, written

NAMES: dict[EntryKind, str] = {
    EntryKind.VISIT: N_("Visits"),
    EntryKind.EVENT: N_("Events"),
    EntryKind.PROMISE: N_("Promises"),
    EntryKind.TASK: N_("Tasks"),
    EntryKind.BIRTHDAY: N_("Birthdays"),
    EntryKind.FAMILY: N_("Family"),
    EntryKind.ANNIVERSARY: N_("Milestones"),
    EntryKind.FESTIVAL: N_("Festivals"),
    EntryKind.PREPARE: N_("Gifts to prepare"),
    EntryKind.MATURITY: N_("Maturities"),
}
# Kinds of the tokens: a chip stands on <kind>_soft in <kind>_ink.
COLOURS: dict[EntryKind, str] = {
    EntryKind.VISIT: "value",
    EntryKind.EVENT: "occasion",
    EntryKind.PROMISE: "opportunity",
    EntryKind.TASK: "opportunity",
    EntryKind.BIRTHDAY: "occasion",
    EntryKind.FAMILY: "occasion",
    EntryKind.ANNIVERSARY: "overdue",
    EntryKind.FESTIVAL: "good",
    EntryKind.PREPARE: "plain",
    EntryKind.MATURITY: "risk",
}


def name(kind: EntryKind) -> str:
    """The name of the entries of a kind."""
    return _(NAMES[kind])


def single(kind: EntryKind) -> str:
    """The name of one entry of a kind."""
    return _(SINGLE[kind])


def chip(entry: Entry) -> str:
    """An entry on a chip in the month: time, whose, what."""
    if entry.kind is EntryKind.PREPARE:
        return _("Gift: {name}").format(name=entry.name)
    said = f"{entry.name} {entry.text.said}" if entry.name else entry.text.said
    if entry.due is not None and entry.due.years and entry.kind in (EntryKind.BIRTHDAY, EntryKind.FAMILY):
        said = f"{said} {entry.due.years}"
    return f"{entry.at} {said}" if entry.at else said


def two_lines(entry: Entry) -> tuple[str, str]:
    """An entry where there is room: time and name, and below it what."""
    upper = f"{entry.at} {entry.name}" if entry.at else entry.name
    lower = single(entry.kind) if entry.kind is EntryKind.PREPARE else entry.text.said
    if entry.due is not None and entry.due.years and entry.kind in (EntryKind.BIRTHDAY, EntryKind.FAMILY):
        lower = f"{lower} {entry.due.years}"
    return (upper, lower) if upper else (lower, "")


def festival(day: date) -> str:
    """The festival of a day; empty on others."""
    found = [one for on, one in rules.festival_days(day, day) if on == day]
    return found[0].said if found else ""


def small(day: date) -> tuple[str, bool]:
    """The small line of a day, and whether it stands out: festival, solar term, lunar day."""
    kept = festival(day)
    if kept:
        return kept, True
    return written.small(day), False


def learn() -> None:
    """Read the tables of festivals, solar terms, lunar years and holidays, ahead of the first look at a month."""
    for ahead in range(16):  # a solar term is among them
        small(clock.today() + timedelta(ahead))
    workdays.is_workday(clock.today())


def holiday(day: date) -> tuple[str, str]:
    """The mark of a holiday or a worked weekend day and the kind of its colour: 休, 班 in Chinese; empty on others."""
    if workdays.holiday(day) is not None:
        return _("off"), "good"
    if workdays.moved(day) is not None:
        return _("work"), "risk"
    return "", ""


def holiday_said(day: date) -> str:
    """What a holiday or a worked weekend day is for; empty on others."""
    off, worked = workdays.holiday(day), workdays.moved(day)
    if off is not None:
        return _("{holiday}, day off").format(holiday=off.said)
    if worked is not None:
        return _("worked for {holiday}").format(holiday=worked.said)
    return ""
