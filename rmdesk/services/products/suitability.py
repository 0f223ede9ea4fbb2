"""The suitability gate: may this product be offered to this client."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import ClientId
from rmdesk.services.products import rules, tables
from rmdesk.services.products.rules import Suitability
from rmdesk.services.store.reads import Reads

__all__ = ("Suitability", "check", "screen")


def check(reads: Reads, client: ClientId, product: str, day: date | None = None) -> Suitability:
    """Whether the product with this code may be offered to this client; refused when one of them is not there."""
    row = reads.one("SELECT risk_level, risk_on FROM client WHERE id = ?", (client,))
    if row is None:
        raise Refused(N_("This client is no longer in the portfolio."), do=N_("Go back to the list."), code="gone")
    return _judged(_product(reads, product), row[0], row[1], day or clock.today())


def screen(reads: Reads, product: str, day: date | None = None) -> Iterator[tuple[ClientId, Suitability]]:
    """The same for every client of the portfolio, page by page in the order of their ids; merged ones are left out."""
    told, today = _product(reads, product), day or clock.today()
    known: dict[tuple[int | None, str | None], Suitability] = {}
    for page in reads.pages("SELECT id, risk_level, risk_on FROM client WHERE merged_into IS NULL ORDER BY id"):
        for client, level, assessed in page:
            if (level, assessed) not in known:
                known[level, assessed] = _judged(told, level, assessed, today)
            yield ClientId(client), known[level, assessed]


def _product(reads: Reads, code: str) -> tuple[int | None, str]:
    row = reads.one("SELECT risk, kind FROM product WHERE code = ?", (code,))
    if row is None:
        raise Refused(
            N_("There is no product {name}."), do=N_("rmdesk products lists them."), field="product", code="no_product",
            name=code,
        )  # fmt: skip
    return row[0], row[1]


def _judged(product: tuple[int | None, str], level: int | None, assessed: str | None, day: date) -> Suitability:
    risk, kind = product
    known = tables.table()
    on = None if assessed is None else date.fromisoformat(assessed)
    return rules.fits(risk, level, on, day, valid_days=known.valid_days, free=kind in known.free)
