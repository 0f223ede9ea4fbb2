"""`insights`: the key figures of the portfolio, as the Insights page has them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from rmdesk.base import clock
from rmdesk.base.text import _
from rmdesk.cli.context import Context
from rmdesk.cli.output import table

UNKNOWN = "–"


def register(subparsers: Any) -> None:
    """Add the command of this group."""
    made = subparsers.add_parser("insights", help=_("key figures of the portfolio, as the Insights page has them"))
    made.add_argument(
        "--period", metavar="PERIOD", default="month", help=_("month, last_month, quarter or year")
    )  # fmt: skip


def run(args: argparse.Namespace, context: Context) -> int:
    """Run the command."""
    from rmdesk.services.insights import queries
    from rmdesk.services.insights.periods import period
    from rmdesk.services.insights.plain import plain

    chosen = period(args.period, clock.today())
    with context.store() as store:
        found = plain(store.read(queries.key_figures, args.period), chosen)
    context.show(found, lambda: _lines(found))
    return 0


def _lines(found: dict[str, Any]) -> Iterator[str]:
    from rmdesk.services.insights.periods import NAMES

    yield f"{_(NAMES[found['period']])}: {found['from']} – {found['to']}"
    yield ""
    currency = found["currency"]
    aum, coverage, gifts = found["aum"], found["coverage"], found["gifts"]
    spent = f"{_amount(gifts['spent'], currency)} / {_amount(gifts['budget'], currency)}"
    rows = [
        (_("Monthly average AUM"), _amount(aum["average"], currency), _change(aum["change"])),
        (_("Months"), ", ".join(aum["months"]) or UNKNOWN, ""),
        (_("Coverage"), _share(coverage["share"]), f"{coverage['met']} / {coverage['due']}"),
        (_("Overdue"), str(found["overdue"]["clients"]), ""),
        (_("Churn warnings"), str(found["churn"]["warnings"]), ""),
        (_("Lost in the period"), str(found["churn"]["lost"]), ""),
        (_("Open promises"), str(found["promises"]["open"]), ""),
        (_("Gift budget"), spent, str(gifts["year"])),
        (
            _("Spent on existing clients"),
            _told(found["existing_clients"]["ratio"]),
            found["existing_clients"]["incomparable"] or "",
        ),
    ]
    yield from table((_("Figure"), "", ""), rows)


def _told(value: object) -> str:
    return UNKNOWN if value is None else str(value)


def _amount(value: str | None, currency: str) -> str:
    from rmdesk.base.money import Money
    from rmdesk.services.gifts.shown import Shown

    return UNKNOWN if value is None else str(Shown(Money.of(value, currency).minor, currency))


def _share(value: float | None) -> str:
    return UNKNOWN if value is None else f"{100 * value:.0f}%"


def _change(value: float | None) -> str:
    return "" if value is None else f"{100 * value:+.1f}%"
