"""`churn`: the accounts of the portfolio by the risk that their money leaves, as it was known on a day."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.cli.context import Context
from rmdesk.cli.output import table, whole_number

if TYPE_CHECKING:
    from rmdesk.services.churn.queries import Ranking

SHOWN = 20  # accounts told to a person; --json tells all


def register(subparsers: Any) -> None:
    """Add the command of this group."""
    churn = subparsers.add_parser("churn", help=_("accounts by the risk that their money leaves, and why"))
    churn.add_argument("--as-of", metavar="YYYY-MM-DD", help=_("as it was known at the end of this day"))
    churn.add_argument("--limit", metavar="N", type=whole_number("--limit"), help=_("at most so many"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Run the command."""
    from rmdesk.services.churn import queries

    day = _day(args.as_of)
    with context.store() as store:
        found = store.read(queries.ranking, day)
    limit = args.limit or len(found.order)
    context.show(found.plain(limit), lambda: _lines(found, args.limit or SHOWN))
    return 0


def _day(written: str | None) -> date | None:
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Refused(
            N_("{written} is not a day."), do=N_("Write it as YYYY-MM-DD."), field="as_of", code="usage",
            written=written,
        ) from None  # fmt: skip


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
