"""The key figures in words."""

from __future__ import annotations

from rmdesk.base import clock
from rmdesk.base.text import N_, _, plural
from rmdesk.services.fairness.words import incomparable
from rmdesk.services.insights import picks
from rmdesk.services.insights.periods import month_text
from rmdesk.services.insights.queries import KeyFigures
from rmdesk.ui.insights.figure_line import KeyFigure
from rmdesk.ui.kit import format

PROMISES, BUDGET, INVESTED = "promises", "budget", "invested"
BY_TODAY = N_("Compared with {days} days before, by the tiers and cadences of today.")


def figures(found: KeyFigures, days: int) -> list[KeyFigure]:
    """The line from left to right."""
    return [
        _aum(found),
        _covered(found, days),
        _overdue(found, days),
        _warned(found),
        _promised(found),
        _spent(found),
        _invested(found),
    ]


def _aum(found: KeyFigures) -> KeyFigure:
    months = _("of the months {months}").format(months=_(", ").join(map(month_text, found.months)))
    return KeyFigure(
        picks.HELD,
        _("Monthly average AUM"),
        format.short_amount(found.aum_minor, found.currency, sign=True),
        "" if found.aum_change is None else format.percent(found.aum_change, 1, plus=True),
        format.sign_kind(None if found.aum_change is None else 100 * found.aum_change),
        months if found.months else _("No month is told yet."),
    )


def _covered(found: KeyFigures, days: int) -> KeyFigure:
    change = None
    if found.covered is not None and found.covered_before is not None:
        change = round(100 * found.covered) - round(100 * found.covered_before)
    told = _("{met} of {due} due were met; press for those who were not.").format(met=found.met, due=found.due)
    return KeyFigure(
        picks.MISSED,
        _("Coverage ({days} days)").format(days=days),
        format.percent(found.covered),
        _change(change),
        "plain" if not change else "good" if change > 0 else "risk",
        f"{told} {_(BY_TODAY).format(days=days)}",
    )


def _overdue(found: KeyFigures, days: int) -> KeyFigure:
    change = found.overdue - found.overdue_before
    return KeyFigure(
        picks.LATE,
        _("Overdue"),
        _people(found.overdue),
        _change(change),
        "plain" if not change else "risk" if change > 0 else "good",
        _(BY_TODAY).format(days=days),
    )


def _warned(found: KeyFigures) -> KeyFigure:
    lost = plural("{count} lost", "{count} lost", found.lost) if found.lost else ""
    return KeyFigure(
        picks.WARNED, _("Churn warnings"), _people(found.warnings), lost, "risk" if found.lost else "plain",
        _("Clients whose risk warns today; lost: in the period."),
    )  # fmt: skip


def _promised(found: KeyFigures) -> KeyFigure:
    late = plural("{count} overdue", "{count} overdue", found.promises_late) if found.promises_late else ""
    return KeyFigure(PROMISES, _("Open promises"), format.whole(found.promises), late, "risk" if late else "plain")


def _spent(found: KeyFigures) -> KeyFigure:
    spent = format.short_amount(found.budget_spent, found.currency, sign=True)
    used = found.budget_spent / found.budget_limit if found.budget_limit else None
    return KeyFigure(
        BUDGET,
        _("Gift budget"),
        f"{spent} / {format.short_amount(found.budget_limit, found.currency)}",
        "" if used is None else format.percent(used),
        "risk" if used is not None and used > 1 else "plain",
        _("Given and bound in {year}").format(year=found.budget_year or clock.today().year),
    )


def _invested(found: KeyFigures) -> KeyFigure:
    meter, why = found.meter, incomparable(found.meter)
    after = _("should be ≥ {least}").format(least=f"{found.fair_from:g}") if found.fair is False else ""
    if why is not None and meter.clients.existing and not meter.clients.new:
        after = _("no new clients")
    told = _("The existing clients' share of money and hours over their share of the AUM.") if why is None else why.said
    return KeyFigure(
        INVESTED, _("Spent on existing clients"), format.decimal(found.invested, 2), after,
        "risk" if found.fair is False else "plain",
        f"{told} ({meter.start.isoformat()} – {meter.end.isoformat()})",
    )  # fmt: skip


def _people(count: int) -> str:
    return plural("{count} client", "{count} clients", count)


def _change(change: int | None) -> str:
    return "" if not change else f"{'+' if change > 0 else format.MINUS}{format.whole(abs(change))}"
