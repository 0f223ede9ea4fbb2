"""`rmdesk maturities`: what matures when, and what is planned with it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.cli.context import Context
from rmdesk.cli.output import day_given, table

if TYPE_CHECKING:
    from rmdesk.services.products.maturities import Found, Ladder
    from rmdesk.services.products.maturity_rows import MaturityRow


def tell(args: argparse.Namespace, context: Context) -> int:
    """Months and holdings of a span of days; refused when it ends before it begins."""
    from datetime import date

    from rmdesk.base import clock
    from rmdesk.services.products.maturities import ladder, maturing
    from rmdesk.services.search.queries import client_meant

    start = day_given(args.start, "from") or clock.today()
    end = day_given(args.end, "to") or date(start.year + 1, start.month, min(start.day, 28))
    if end < start:
        raise Refused(N_("The last day lies before the first."), do=N_("Swap the two days."), field="to", code="usage")
    with context.store() as store:
        client = store.read(client_meant, args.client) if args.client else None
        found = store.read(maturing, start, end, client, most=1_000_000)
        rungs = store.read(ladder, start, (end.year - start.year) * 12 + end.month - start.month + 1, client, end)
    data = {
        "from": start,
        "to": end,
        "currency": rungs.currency,
        "months": [
            {"month": _month(rung.month), "amount_minor": rung.amount_minor, "count": rung.count,
             "without_amount": rung.unknown, "by_state": rung.states}
            for rung in rungs.rungs
        ],
        "holdings": [_maturity(one) for one in found.rows],
    }  # fmt: skip
    context.show(data, lambda: _ladder(rungs, found))
    return 0


def _maturity(one: MaturityRow) -> dict[str, Any]:
    plan = one.plan
    return {
        "client": one.client,
        "number": one.number,
        "name": one.client_name,
        "holding": one.name,
        "kind": one.kind.value,
        "amount_minor": one.amount_minor,
        "currency": one.currency,
        "matures_on": one.matures_on,
        "renewed": one.renewed,
        "state": one.state,
        "plan": plan
        and {
            "way": plan.way.value,
            "product": plan.product,
            "on": plan.on,
            "note": plan.note,
            "planned_on": plan.planned_on,
        },
    }


def _ladder(rungs: Ladder, found: Found) -> Iterator[str]:
    from rmdesk.services.gifts.shown import Shown
    from rmdesk.services.products.words import STATES

    states = sorted({state for rung in rungs.rungs for state in rung.states})
    rows = [
        (
            _month(rung.month),
            str(rung.count),
            *(str(Shown(rung.states.get(state, 0), rungs.currency)) for state in states),
        )
        for rung in rungs.rungs
    ]
    yield from table(
        (_("Month"), _("Holdings"), *(_(STATES[state]) for state in states)),
        rows,
        right=tuple(range(1, len(states) + 2)),
    )
    yield ""
    lines = [
        (
            one.matures_on.isoformat(),
            one.client_name or one.number,
            one.name,
            "" if one.amount_minor is None else str(Shown(one.amount_minor, one.currency)),
            " ".join(part for part in (_(STATES[one.state]), one.plan and one.plan.product) if part),
        )
        for one in found.rows
    ]
    yield from table((_("Day"), _("Client"), _("Holding"), _("Amount"), _("Plan")), lines, right=(3,))


def _month(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02}"
