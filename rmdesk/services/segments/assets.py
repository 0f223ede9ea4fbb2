"""What counts as assets, in which currency, and what a foreign amount is worth in it."""

from __future__ import annotations

from rmdesk.base import money
from rmdesk.services.rulebook import book
from rmdesk.services.settings import general
from rmdesk.services.settings import queries as settings
from rmdesk.services.store.reads import Reads


def asset_kinds() -> tuple[str, ...]:
    """The kinds that count as assets."""
    return tuple(kind for kind, entry in book("products")["kinds"].items() if entry["asset"])


def portfolio_currency(reads: Reads) -> str:
    """The currency of all totals: the one set, else the one that most facts are in."""
    chosen = reads.value("SELECT value FROM setting WHERE key = ?", (general.CURRENCY.key,))
    if chosen is not None:
        return settings.value(reads, general.CURRENCY)
    most = reads.value(
        """
        SELECT currency FROM (
            SELECT currency, count(*) AS n FROM account GROUP BY currency
            UNION ALL SELECT currency, count(*) FROM holding GROUP BY currency
            UNION ALL SELECT currency, count(*) FROM client WHERE currency IS NOT NULL AND aum_minor IS NOT NULL
                GROUP BY currency
        ) GROUP BY currency ORDER BY sum(n) DESC, currency LIMIT 1
        """
    )
    return settings.value(reads, general.CURRENCY) if most is None else str(most)


def factors(reads: Reads, currency: str) -> dict[str, float]:
    """By what an amount in minor units of a currency is multiplied to be in minor units of the portfolio's."""
    factors = {
        code: float(rate) * 10.0 ** (money.digits(currency) - money.digits(code))
        for code, rate in settings.value(reads, general.FX_RATES).items()
    }
    return factors | {currency: 1.0}


def last_end(of: str) -> str:
    """SQL of the last month end told of an account or client: its balance where no other was told."""
    return _last_end(of, "end_minor")


def last_end_on(of: str) -> str:
    """SQL of the day of that month end, or of the hand-over when that was earlier; `as_of` is its column outside."""
    return _last_end(of, f"min(ifnull(as_of, {_MONTH_END}), {_MONTH_END})")


_MONTH_END = "date(printf('%04d-%02d-01', month / 12, month % 12 + 1), '+1 month', '-1 day')"


def _last_end(of: str, wanted: str) -> str:
    return f"(SELECT {wanted} FROM month_fact m WHERE {of} AND end_minor IS NOT NULL ORDER BY month DESC LIMIT 1)"
