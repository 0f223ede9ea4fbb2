"""`benefits`: what a client has a right to and has left; `points`: the ledger of a client, or who has how many."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rmdesk.base.text import _
from rmdesk.cli.context import Context
from rmdesk.cli.output import table

if TYPE_CHECKING:
    from rmdesk.services.benefits.queries import BenefitRow, UseRow
    from rmdesk.services.points.queries import Account, Overview


def register(subparsers: Any) -> None:
    """Add the commands of this group."""
    who = _("client number, name, pinyin, initials, or # and the id")
    benefits = subparsers.add_parser("benefits", help=_("the benefits of a client: right, used, left"))
    benefits.add_argument("client", metavar="CLIENT", help=who)
    points = subparsers.add_parser("points", help=_("the points of a client, or who has how many"))
    points.add_argument("client", metavar="CLIENT", nargs="?", help=who)


def run(args: argparse.Namespace, context: Context) -> int:
    """Run one command of this group."""
    return _benefits(args, context) if args.command == "benefits" else _points(args, context)


def _benefits(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.benefits import queries
    from rmdesk.services.search.queries import client_meant
    from rmdesk.services.store.reads import Reads

    def told(reads: Reads) -> tuple[tuple[BenefitRow, ...], tuple[UseRow, ...]]:
        client = client_meant(reads, args.client)
        return queries.benefits_of(reads, client), queries.uses_of(reads, client)

    with context.store() as store:
        rows, uses = store.read(told)
    plain = {
        "benefits": [
            {"benefit": row.code, "year": row.year, "count": row.count, "used": row.used, "left": row.left}
            for row in rows
        ],
        "uses": [
            {
                "benefit": use.benefit, "year": use.year, "turn": use.turn, "on": use.on.isoformat(),
                "place": use.place, "cost_minor": use.cost_minor, "currency": use.currency, "to_settle": use.open,
            }
            for use in uses
        ],
    }  # fmt: skip
    context.show(plain, lambda: _lines(rows))
    return 0


def _lines(rows: tuple[BenefitRow, ...]) -> Iterator[str]:
    from rmdesk.services.benefits.tables import benefit_name

    told = [
        (benefit_name(row.code), str(row.year), str(row.count), str(row.used), str(row.left),
         row.last_on.isoformat() if row.last_on else "")
        for row in rows
    ]  # fmt: skip
    head = (_("Benefit"), _("Year"), _("Right"), _("Times used"), _("Left"), _("Last used"))
    yield from table(head, told, right=(2, 3, 4))


def _points(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.points import plain, queries
    from rmdesk.services.search.queries import client_meant

    with context.store() as store:
        if args.client is None:
            whole = store.read(queries.overview)
            context.show(plain.overview(whole), lambda: _holders(whole))
            return 0
        client = store.read(client_meant, args.client)
        account = store.read(queries.account_of, client)
    context.show(plain.account(account), lambda: _ledger(account))
    return 0


def _holders(whole: Overview) -> Iterator[str]:
    rows = [(row.name, f"{row.balance:,}", f"{row.earned:,}", f"{row.redeemed:,}", f"{row.expired:,}")
            for row in whole.rows]  # fmt: skip
    head = (_("Client"), _("Loyalty points"), _("Earned"), _("Redeemed"), _("Expired"))
    yield from table(head, rows, right=(1, 2, 3, 4))
    yield ""
    yield _("{count} entries are due to be posted.").format(count=whole.due)


def _ledger(account: Account) -> Iterator[str]:
    from rmdesk.services.points.words import said

    yield _("{balance} points, of which {soon} expire by {day}").format(
        balance=f"{account.balance:,}", soon=f"{account.soon:,}", day=account.soon_by
    )
    yield ""
    rows = [
        (row.on.isoformat(), said(row.kind, row.rule).said, f"{row.points:+,}", f"{row.balance:,}",
         row.expires_on.isoformat() if row.expires_on else "", row.note)
        for row in account.entries
    ]  # fmt: skip
    yield from table(
        (_("Day"), _("For"), _("Loyalty points"), _("Balance"), _("Expires"), _("Note")), rows, right=(2, 3)
    )
