"""`gifts`: the register of a year or a client, and what is left of the budget."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rmdesk.base.text import _
from rmdesk.cli.context import Context
from rmdesk.cli.output import table, whole_number

if TYPE_CHECKING:
    from rmdesk.services.gifts.overview_rows import Budget
    from rmdesk.services.gifts.queries import GiftRow


def register(subparsers: Any) -> None:
    """Add the commands of this group."""
    gifts = subparsers.add_parser("gifts", help=_("the gift register, and what is left of the budget"))
    gifts.add_argument("--year", metavar="YEAR", type=whole_number("--year"), help=_("this year when not given"))
    gifts.add_argument("--client", metavar="CLIENT", help=_("client number, name, pinyin, initials, or # and the id"))
    gifts.add_argument("--breaches", action="store_true", help=_("only what was given before approval"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Run one command of this group."""
    from rmdesk.base import clock
    from rmdesk.services.gifts import overview, queries
    from rmdesk.services.search.queries import client_meant
    from rmdesk.services.store.reads import Reads

    year = args.year or clock.today().year

    def told(reads: Reads) -> tuple[Budget, tuple[GiftRow, ...]]:
        client = client_meant(reads, args.client) if args.client else None
        chosen = queries.GiftFilter(year=year, client=client, breaches=args.breaches)
        return overview.budget_of(reads, year), queries.register(reads, chosen)

    with context.store() as store:
        budget, rows = store.read(told)
    context.show({"budget": _budget(budget), "items": [_plain(row) for row in rows]}, lambda: _lines(budget, rows))
    return 0


def _budget(budget: Budget) -> dict[str, Any]:
    return {
        "year": budget.year,
        "currency": budget.currency,
        "limit_minor": budget.limit,
        "committed_minor": budget.counted.committed,
        "reserved_minor": budget.counted.reserved,
        "left_minor": budget.left,
        "unknown": budget.counted.unknown,
        "gifts": budget.gifts,
        "breaches": budget.breaches,
    }


def _plain(row: GiftRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "client": row.client,
        "client_name": row.client_name,
        "recipient": row.recipient_name,
        "state": row.state.value,
        "title": row.title,
        "category": row.category,
        "cost_minor": row.cost_minor,
        "currency": row.currency,
        "counts_on": row.on.isoformat(),
        "occasion": row.occasion,
        "why": row.why,
        "planned_for": row.planned_for,
        "bought_on": row.bought_on,
        "given_on": row.given_on,
        "returned_on": row.returned_on,
        "reaction": row.reaction,
        "liking": row.liking,
        "breach": row.breach.said if row.breach is not None else None,
        "approval": row.approval.state.value if row.approval is not None else None,
    }


def _lines(budget: Budget, rows: tuple[GiftRow, ...]) -> Iterator[str]:
    from rmdesk.services.gifts.shown import Shown
    from rmdesk.ui.gifts import words
    from rmdesk.ui.kit import format

    counted, money = budget.counted, budget.currency
    yield _("Budget {year}: {used} of {limit} used, {reserved} reserved").format(
        year=budget.year,
        used=Shown(counted.committed, money),
        limit=Shown(budget.limit, money),
        reserved=Shown(counted.reserved, money),
    )
    yield ""
    head = (_("Day"), _("Recipient"), _("Gift"), _("Cost"), _("State"), _("Note"))
    lines = [
        (format.day(words.day(row)), words.whom(row), row.title, words.cost(row), words.state(row), words.note(row))
        for row in rows
    ]
    yield from table(head, lines, right=(3,))
