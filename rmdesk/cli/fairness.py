"""`fairness`: who gets the money and the hours, new clients or old ones; `capacity`: can the cadences be kept."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.cli.context import Context
from rmdesk.cli.output import day_given, table

if TYPE_CHECKING:
    from rmdesk.services.fairness.capacity import Capacity
    from rmdesk.services.fairness.queries import Meter


def register(subparsers: Any) -> None:
    """Add the commands of this group."""
    fairness = subparsers.add_parser("fairness", help=_("money and hours for new and existing clients"))
    fairness.add_argument("--from", dest="start", metavar="YYYY-MM-DD", help=_("the first day; else the year's"))
    fairness.add_argument("--to", dest="end", metavar="YYYY-MM-DD", help=_("the last day; today when not given"))
    subparsers.add_parser("capacity", help=_("contacts a day that the cadences ask for, against your pace"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Run one command of this group."""
    from rmdesk.services.fairness import words
    from rmdesk.services.fairness.capacity import capacity
    from rmdesk.services.fairness.queries import meter

    if args.command == "capacity":
        with context.store() as store:
            found = store.read(capacity, clock.today())
        context.show(words.plain_capacity(found), lambda: _capacity(found))
        return 0
    end = day_given(args.end, "to") or clock.today()
    start = day_given(args.start, "from") or date(end.year, 1, 1)
    if start > end:
        raise Refused(N_("The first day lies after the last."), do=N_("Swap the two days."), field="from", code="usage")
    with context.store() as store:
        measured = store.read(meter, start, end)
    context.show(words.plain_meter(measured), lambda: _meter(measured))
    return 0


def _meter(found: Meter) -> Iterator[str]:
    from rmdesk.services.fairness.words import incomparable
    from rmdesk.services.gifts.shown import Shown

    yield _("New and existing clients, {start} to {end}").format(
        start=found.start.isoformat(), end=found.end.isoformat()
    )
    yield ""
    amounts = ((_("Gifts"), found.gifts), (_("Events"), found.events), (_("Benefits"), found.benefits),
               (_("Spent"), found.money), (_("AUM"), found.aum))  # fmt: skip
    rows = [
        (name, str(Shown(part.new, found.currency)), str(Shown(part.existing, found.currency)), _share(part))
        for name, part in amounts
    ]
    rows.append((_("Minutes"), str(found.minutes.new), str(found.minutes.existing), _share(found.minutes)))
    rows.append((_("Clients"), str(found.clients.new), str(found.clients.existing), _share(found.clients)))
    yield from table(("", _("New clients"), _("Existing clients"), _("Share of existing")), rows, right=(1, 2, 3))
    yield ""
    why = incomparable(found)
    if why is not None:
        yield why.said
    ratios = ((_("Spent"), found.money_ratio), (_("Hours"), found.hours_ratio)) if why is None else ()
    for name, ratio in ratios:
        told = _("unknown") if ratio is None else f"{ratio:.2f}"
        yield _("{what}: {ratio} of the share of AUM, should be {least} or more").format(
            what=name, ratio=told, least=f"{found.least:g}"
        )
    yield _("Gifts to clients {direct}, to influencers {influencers}, to others around them {around}").format(
        direct=Shown(found.direct, found.currency),
        influencers=Shown(found.influencers, found.currency),
        around=Shown(found.around, found.currency),
    )
    if found.costless:
        yield _("{count} without a known cost are not in these sums.").format(count=found.costless)


def _share(part: Any) -> str:
    return "" if part.existing_share is None else f"{part.existing_share:.0%}"


def _capacity(found: Capacity) -> Iterator[str]:
    from rmdesk.services.fairness.words import backlog, suggestion

    yield _("The cadences ask for {needed} contacts a working day.").format(needed=f"{found.needed:.1f}")
    if found.measured is None:
        yield _("Your pace is not known yet: {count} working days on record.").format(count=found.workdays)
        yield backlog(found).said
        return
    yield _("In the last {days} days it was {measured}.").format(days=found.days, measured=f"{found.measured:.1f}")
    yield backlog(found).said
    for one in found.suggestions:
        yield "  " + suggestion(one).said
