"""`churn`: accounts by the risk that their money leaves, as it was known on a day; `churn cases`: lost clients."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.cli.context import Context
from rmdesk.cli.output import day_given, table, whole_number

if TYPE_CHECKING:
    from rmdesk.services.churn.cases import CaseFile, CaseRow
    from rmdesk.services.churn.lessons import LeadTime
    from rmdesk.services.churn.queries import Ranking

WHAT = ("cases", "case", "lessons")
SHOWN = 20  # accounts told to a person; --json tells all


def register(subparsers: Any) -> None:
    """Add the command of this group."""
    churn = subparsers.add_parser("churn", help=_("accounts by the risk that their money leaves, and why"))
    churn.add_argument("what", nargs="?", choices=WHAT, help=_("cases of lost clients, one case, or what they teach"))
    churn.add_argument("case", metavar="CASE", nargs="?", help=_("which case, by its id or the client's number"))
    churn.add_argument("--as-of", metavar="YYYY-MM-DD", help=_("as it was known at the end of this day"))
    churn.add_argument("--limit", metavar="N", type=whole_number("--limit"), help=_("at most so many"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Run the command."""
    if args.what is not None:
        return {"cases": _cases, "case": _case, "lessons": _lessons}[args.what](args, context)
    from rmdesk.services.churn import queries

    day = day_given(args.as_of, "as_of")
    with context.store() as store:
        found = store.read(queries.ranking, day)
    limit = args.limit or len(found.order)
    context.show(found.plain(limit), lambda: _lines(found, args.limit or SHOWN))
    return 0


def _lines(found: Ranking, limit: int) -> Iterator[str]:
    yield _("Accounts by risk, as of {day}").format(day=found.day.isoformat())
    yield ""
    shown = [found.row(place) for place in range(min(limit, len(found.order)))]
    rows = [
        (
            str(rank),
            row.number or f"#{row.client}",
            row.account or "",
            f"{row.risk:.3f}",
            " · ".join(f"{line.text} {line.points:.1f}" for line in row.lines),
        )
        for rank, row in enumerate(shown, start=1)
    ]
    yield from table(("#", _("Client"), _("Account"), _("Risk"), _("Why")), rows, right=(0, 3))
    if len(found.order) > len(shown):
        yield ""
        yield _("{count} accounts in all; --json tells all of them.").format(count=len(found.order))


def _cases(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.churn import cases, plain
    from rmdesk.services.churn.opening import open_due

    with context.store() as store:
        open_due(store)
        found = store.read(cases.cases)
    context.show({"cases": [plain.case(one) for one in found]}, lambda: _listed(found))
    return 0


def _listed(found: tuple[CaseRow, ...]) -> Iterator[str]:
    from rmdesk.services.churn import case_rules
    from rmdesk.services.churn.words import LOSSES, OUTCOMES

    causes = case_rules.table().causes
    rows = [
        (
            one.number or f"#{one.client}",
            one.name,
            one.lost_on.isoformat(),
            _(LOSSES[one.reason]),
            causes[one.cause].said if one.cause in causes else "",
            _(OUTCOMES[one.outcome]) if one.outcome else _("open"),
            one.id,
        )
        for one in found
    ]
    head = (_("Client"), _("Name"), _("Lost on"), _("Why lost"), _("Cause"), _("Outcome"), _("Case"))
    yield from table(head, rows)


def _case(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.churn import cases, plain

    if not args.case:
        raise Refused(
            N_("Which case? Name its id or the client's number."),
            do=N_("rmdesk churn cases lists them."),
            field="case",
            code="usage",
        )

    with context.store() as store:
        found = store.read(cases.case_named, args.case)
    if found is None:
        raise Refused(
            N_("There is no churn case {name}."), do=N_("rmdesk churn cases lists them."), field="case", code="no_case",
            name=args.case,
        )  # fmt: skip
    context.show(plain.whole(found), lambda: _told(found))
    return 0


def _told(found: CaseFile) -> Iterator[str]:
    from rmdesk.services.churn.words import LOSSES, SIGNALS

    one = found.case
    yield f"{one.name} {one.number or ''}"
    yield _("{why}, on {day}").format(why=_(LOSSES[one.reason]), day=one.lost_on.isoformat())
    yield ""
    rows = [
        (
            signal.on.isoformat(),
            _(SIGNALS[signal.signal]),
            str((one.lost_on - signal.on).days),
            signal.answered_on.isoformat() if signal.answered_on else _("missed"),
        )
        for signal in found.seen
    ]
    yield from table((_("Visible on"), _("Signal"), _("Days before"), _("Answered on")), rows, right=(2,))
    yield ""
    yield from table(
        (_("Day"), _("What"), ""), [(event.on.isoformat(), event.title.said, event.text) for event in found.events]
    )


def _lessons(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.churn import lessons, plain

    with context.store() as store:
        found = store.read(lessons.lead_times)
    context.show({"signals": [plain.lead_time(one) for one in found]}, lambda: _taught(found))
    return 0


def _taught(found: tuple[LeadTime, ...]) -> Iterator[str]:
    from rmdesk.services.churn.words import SIGNALS

    rows = [
        (_(SIGNALS[one.signal]), *map(str, (one.cases, one.missed, one.least, one.middle, one.most))) for one in found
    ]
    head = (_("Signal"), _("Cases"), _("Missed"), _("Days before, least"), _("middle"), _("most"))
    yield from table(head, rows, right=(1, 2, 3, 4, 5))
