"""`occasions`: whose days lie ahead, also as iCalendar; `lunar`: days from one calendar to the other."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _, plural
from rmdesk.cli.context import Context
from rmdesk.cli.outgoing import add_options, wish_of
from rmdesk.cli.output import REFUSED, day_given, table

if TYPE_CHECKING:
    from rmdesk.services.occasions.queries import NamedDue
    from rmdesk.services.store.store import Store

LINE = re.compile(r"(?:(L)\s+)?(\d{4})-(\d{2})-(\d{2})(L)?")


def register(subparsers: Any) -> None:
    """Add the commands of this group."""
    occasions = subparsers.add_parser("occasions", help=_("birthdays and other days of clients, from a day to a day"))
    occasions.add_argument("--from", dest="first", metavar="YYYY-MM-DD", help=_("first day; today when not given"))
    occasions.add_argument("--to", dest="last", metavar="YYYY-MM-DD", help=_("last day; 30 days on when not given"))
    occasions.add_argument("--ical", metavar="FILE", help=_("write them to this file as iCalendar"))
    add_options(occasions)
    lunar = subparsers.add_parser(
        "lunar",
        help=_("days to and from the lunar calendar, one a line on standard input"),
        description=_(
            "Reads one day a line: YYYY-MM-DD is solar, L YYYY-MM-DD lunar, with L behind it for a leap month. "
            "Writes the solar day, a tab and the lunar day. A line that is no day is told with its number and reason; "
            "the other lines are written all the same, and the exit status is 2."
        ),
    )
    lunar.add_argument("days", metavar="-", nargs="*", help=_("- for standard input, or the days themselves"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Run one command of this group."""
    return {"occasions": _occasions, "lunar": _lunar}[args.command](args, context)


def _occasions(args: argparse.Namespace, context: Context) -> int:
    from datetime import timedelta

    from rmdesk.services.occasions import queries

    first = day_given(args.first, "from") or clock.today()
    last = day_given(args.last, "to") or first + timedelta(days=30)
    if last < first:
        raise Refused(N_("The last day lies before the first."), do=N_("Swap the two days."), field="to", code="usage")
    with context.store() as store:
        if args.ical is not None:
            return _ical(args, context, store, first, last)
        found = store.read(queries.named, first, last)
    context.show({"items": [_plain(one) for one in found]}, lambda: _lines(found, first, last))
    return 0


def _ical(args: argparse.Namespace, context: Context, store: Store, first: date, last: date) -> int:
    from pathlib import Path

    from rmdesk.services.calendar import ical
    from rmdesk.services.exports.door import give_out

    wish = wish_of(args, ical.CALENDAR, "ics")
    made = give_out(store, wish, Path(args.ical), ical.as_made(first, last), ical.told(first, last))
    said = plural("{count} day written.", "{count} days written.", made.rows)
    context.show({"file": str(made.path), "count": made.rows}, lambda: [said])
    return 0


def _plain(one: NamedDue) -> dict[str, Any]:
    return {
        "date": one.on.isoformat(),
        "client": one.client,
        "name": one.name,
        "kind": one.kind.value,
        "calendar": one.calendar.value,
        "age": one.years,
        "number": one.number,
        "person": one.person,
        "title": one.title,
        "lunar": one.lunar,
        "round": one.round,
        "occasion": one.occasion,
        "greeted": None if one.greeted is None else one.greeted.isoformat(),
    }


def _lines(found: tuple[NamedDue, ...], first: date, last: date) -> Iterator[str]:
    from rmdesk.services.occasions import written

    if not found:
        yield _("No occasions from {first} to {last}.").format(first=first, last=last)
        return
    rows = [
        (
            one.on.isoformat(),
            written.whole_of(one.on),
            one.name,
            one.said.said,
            "" if one.years is None else str(one.years),
            "" if one.greeted is None else one.greeted.isoformat(),
        )
        for one in found
    ]
    yield from table((_("Day"), _("Lunar day"), _("Name"), _("Occasion"), _("Years"), _("Greeted")), rows, right=(4,))


def _lunar(args: argparse.Namespace, context: Context) -> int:
    """Good lines are written as they come; each bad one is told on standard error, and the status is then 2."""
    given: Iterable[str] = _lines_of_stdin() if args.days in ([], ["-"]) else _arguments(args.days)
    pairs: list[tuple[str, str]] = []
    wrong: list[tuple[int, Refused]] = []
    for number, line in enumerate(given, 1):
        if not line.strip():
            continue
        try:
            pairs.append(_pair(line.strip()))
        except Refused as error:
            wrong.append((number, error))
            if not context.json:
                _tell(context, number, error)
    if context.json:
        told = [{"line": number, "error": error.code, "message": error.said} for number, error in wrong]
        context.show({"days": [{"solar": one, "lunar": other} for one, other in pairs], "wrong": told}, list)
    else:
        context.output.out.write("".join(f"{solar}\t{lunar}\n" for solar, lunar in pairs))
    return REFUSED if wrong else 0


def _tell(context: Context, number: int, error: Refused) -> None:
    context.output.err.write(_("Line {number}: {reason}").format(number=number, reason=error.whole) + "\n")


def _pair(line: str) -> tuple[str, str]:
    """One line as solar and lunar day; Refused says why it is none."""
    from rmdesk.services.occasions import lunar, written

    found = LINE.fullmatch(line) if line.isascii() else None
    if found is None or (found[5] and not found[1]):
        raise Refused(
            N_("“{line}” is not a day."),
            do=N_("Write YYYY-MM-DD for a solar day, L YYYY-MM-DD for a lunar one, with L behind it for a leap month."),
            code="bad_line",
            line=line[:40],
        )
    year, month, day = int(found[2]), int(found[3]), int(found[4])
    solar = lunar.to_solar(year, month, day, bool(found[5])) if found[1] else _solar(year, month, day)
    return solar.isoformat(), written.code(lunar.to_lunar(solar))


def _solar(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Refused(
            N_("{year:04}-{month:02}-{day:02} does not exist."),
            do=N_("Check the day and the month."),
            code="no_such_day",
            year=year,
            month=month,
            day=day,
        ) from None


def _arguments(days: list[str]) -> Iterator[str]:
    """Days named on the command line, where `L 2025-06-01L` may come as two words."""
    words = iter(days)
    for word in words:
        yield f"L {next(words, '')}" if word == "L" else word


def _lines_of_stdin() -> Iterator[str]:
    import io

    if sys.stdin is None or sys.stdin.isatty():
        raise Refused(
            N_("No days on standard input."), do=N_("Pipe them in, as in: rmdesk lunar - < days.txt"), code="usage"
        )
    source = getattr(sys.stdin, "buffer", None)
    lines = sys.stdin if source is None else io.TextIOWrapper(source, encoding="utf-8-sig", errors="replace")
    for line in lines:
        yield line.rstrip("\r\n")
