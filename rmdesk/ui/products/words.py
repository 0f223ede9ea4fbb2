"""How products are told: terms, rates, risks as chips."""

from __future__ import annotations

from rmdesk.base.text import _, plural
from rmdesk.models.kinds import RenewalWay
from rmdesk.services.products import tables
from rmdesk.services.products.cards import CardRow
from rmdesk.services.products.maturity_rows import MaturityRow
from rmdesk.services.products.rules import Suitability
from rmdesk.services.products.words import STATES, WAYS
from rmdesk.ui.kit.columns import Cell

RISK_KINDS = {1: "good", 2: "good", 3: "overdue", 4: "occasion", 5: "risk"}
UNDATED = ("undated",)
CLOSE = 3  # days by which a term may miss whole months or years


def risk(number: int | None) -> Cell:
    """R1 to R5 as a chip; a product whose risk nobody told says so."""
    return Cell(f"R{number}", RISK_KINDS.get(number, "plain")) if number else Cell(_("unknown"), "plain")


def risk_chip(number: int | None) -> tuple[str, str]:
    """R1 to R5 with its name, and the kind of the chip."""
    return tables.risk_name(number) or _("Risk unknown"), RISK_KINDS.get(number or 0, "plain")


def term(days: int | None) -> str:
    """A term in the words of a counter: days, months or years; a dash where none is told, as for funds and policies."""
    if days is None:
        return "–"
    years, months = round(days / 365.25), round(days / 30.44)
    if years and abs(days - years * 365.25) < CLOSE:
        return plural("{count} year", "{count} years", years)
    if months and abs(days - months * 30.44) < CLOSE:
        return plural("{count} month", "{count} months", months)
    return plural("{count} day", "{count} days", days)


def rate(basis_points: int | None) -> str:
    """Hundredths of a percent as percent; a dash where there is no fixed rate."""
    return "–" if basis_points is None else f"{basis_points / 100:.2f}%"


def gate(told: Suitability) -> tuple[str, str]:
    """The answer of the gate in a word, and the kind of the chip."""
    if not told.ok:
        return _("Not suitable"), "risk"
    return (_("Suitable, check the day"), "occasion") if told.code in UNDATED else (_("Suitable"), "good")


def lines(text: str) -> list[str]:
    """The lines of a card's text, without blank ones and bullets."""
    return [line.strip().lstrip("•-· ") for line in text.splitlines() if line.strip()]


def minimum(row: CardRow) -> str:
    """The least amount of a product."""
    from rmdesk.ui.kit import format

    return "–" if row.minimum_minor is None else format.short_amount(row.minimum_minor, row.currency, sign=True)


STATE_KINDS = {
    "renewed": "good",
    "renew": "value",
    "move": "opportunity",
    "pay_out": "occasion",
    "undecided": "overdue",
}


def plan(row: MaturityRow) -> Cell:
    """What is planned for a maturity, or what the bank told."""
    if row.state == "renewed":
        return Cell(_(STATES["renewed"]), "good")
    if row.plan is None:
        return Cell(_(STATES["open"]), "plain")
    if row.plan.way is RenewalWay.MOVE:
        return Cell(_("To {product}").format(product=row.plan.product_name), "opportunity")
    return Cell(_(WAYS[row.plan.way]), STATE_KINDS[row.state])
