"""`club`: what a half-year proposes for members and candidates; `gatherings`: the events."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.cli.context import Context
from rmdesk.cli.output import table

if TYPE_CHECKING:
    from rmdesk.services.clubs.queries import ProposalRow, Proposals
    from rmdesk.services.gatherings.queries import GatheringRow


def register(subparsers: Any) -> None:
    """Add the commands of this group."""
    club = subparsers.add_parser("club", help=_("what a half-year proposes for the members of a club, and why"))
    club.add_argument("what", choices=("proposals", "forecast"), help=_("proposals of all, or the forecast of one"))
    club.add_argument("client", metavar="CLIENT", nargs="?", help=_("whose forecast"))
    club.add_argument("--half", metavar="2026H2", help=_("the half-year; else the one to look at today"))
    club.add_argument("--club", metavar="CODE", help=_("which club, when there are several"))
    subparsers.add_parser("gatherings", help=_("events for clients: who was asked, who came, at what cost"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Run one command of this group."""
    if args.command == "gatherings":
        return _gatherings(context)
    from rmdesk.services.clubs import plain, queries, rules, tables

    half = rules.half_named(args.half) if args.half else None
    if args.half and half is None:
        raise Refused(
            N_("A half-year is written as 2026H2."), do=N_("H1 is January to June, H2 July to December."),
            field="half", code="usage",
        )  # fmt: skip
    if args.club and args.club not in tables.clubs():
        raise Refused(
            N_("There is no such club."), do=N_("There are: {names}."), field="club", code="usage",
            names=", ".join(tables.clubs()),
        )  # fmt: skip
    if args.what == "proposals":
        with context.store() as store:
            found = store.read(queries.proposals, half, args.club)
        context.show(plain.proposals(found), lambda: _proposals(found))
        return 0
    if not args.client:
        raise Refused(
            N_("Which client? Name the number or the name."), do=N_("rmdesk clients lists them."), field="client",
            code="usage",
        )  # fmt: skip
    from rmdesk.services.search.queries import client_meant

    with context.store() as store:
        client = store.read(client_meant, args.client)
        row = store.read(queries.forecast, client, args.club, None, half)
    assert row is not None
    context.show(plain.row(row), lambda: _forecast(row))
    return 0


def _proposals(found: Proposals) -> Iterator[str]:
    from rmdesk.services.clubs.words import DECISIONS, PROPOSALS

    yield f"{found.club.name} {found.half.code}: {found.half.start} – {found.half.end}"
    yield ""
    rows = [
        (
            row.number or f"#{row.client}",
            row.name,
            _("member") if row.member else "",
            _(PROPOSALS[row.proposal]) if row.proposal else "",
            _(DECISIONS[row.decided.decision]) if row.decided else "",
            " ".join(reason.said for reason in row.why),
        )
        for row in found.rows
    ]
    yield from table((_("Client"), _("Name"), "", _("Proposal"), _("Decided"), _("Why")), rows)


def _forecast(row: ProposalRow) -> Iterator[str]:
    from rmdesk.services.clubs.words import PROPOSALS

    yield f"{row.name} · {row.half}"
    for reason in row.why:
        yield reason.said
    if row.proposal is not None:
        yield _(PROPOSALS[row.proposal])


def _gatherings(context: Context) -> int:
    from rmdesk.services.gatherings import queries
    from rmdesk.services.gatherings.plain import event

    with context.store() as store:
        found = store.read(queries.gatherings)
    context.show({"events": [event(row) for row in found]}, lambda: _events(found))
    return 0


def _events(found: tuple[GatheringRow, ...]) -> Iterator[str]:
    from rmdesk.services.gatherings.tables import kind_name
    from rmdesk.services.gatherings.words import STATES
    from rmdesk.services.gifts.shown import Shown

    rows = [
        (
            row.on.isoformat(),
            row.title,
            kind_name(row.kind),
            _(STATES[row.state]),
            f"{row.came}/{row.yes}/{row.listed}",
            "" if row.cost_minor is None else str(Shown(row.cost_minor, row.currency)),
        )
        for row in found
    ]
    head = (_("Day"), _("Event"), _("Kind"), _("State"), _("Came, coming, on the list"), _("Cost"))
    yield from table(head, rows, right=(5,))
