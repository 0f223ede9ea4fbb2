"""Insights for programs: the key figures as JSON can hold them."""

from __future__ import annotations

from typing import Any

from rmdesk.base.money import Money
from rmdesk.services.fairness.words import incomparable
from rmdesk.services.insights.periods import Period, month_text
from rmdesk.services.insights.queries import KeyFigures


def plain(found: KeyFigures, chosen: Period) -> dict[str, Any]:
    """Amounts are texts in units of the currency, shares 0..1; null is unknown."""

    def amount(minor: int | None) -> str | None:
        return None if minor is None else str(Money(minor, found.currency))

    why = incomparable(found.meter)
    return {
        "period": chosen.name,
        "from": chosen.first.isoformat(),
        "to": chosen.last.isoformat(),
        "currency": found.currency,
        "aum": {
            "months": [month_text(month) for month in found.months],
            "average": amount(found.aum_minor),
            "change": _rounded(found.aum_change),
        },
        "coverage": {
            "share": _rounded(found.covered),
            "due": found.due,
            "met": found.met,
            "share_before": _rounded(found.covered_before),
        },
        "overdue": {"clients": found.overdue, "clients_before": found.overdue_before},
        "churn": {"warnings": found.warnings, "lost": found.lost},
        "promises": {"open": found.promises, "overdue": found.promises_late},
        "gifts": {
            "year": found.budget_year,
            "spent": amount(found.budget_spent),
            "budget": amount(found.budget_limit),
        },
        "existing_clients": {
            "ratio": _rounded(found.invested),
            "least": found.fair_from,
            "fair": found.fair,
            "incomparable": None if why is None else why.said,
        },
    }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
