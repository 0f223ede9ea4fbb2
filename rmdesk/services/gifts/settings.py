"""What a bank may change about gifts: the limits. They are proposals until a bank sets its own."""

from __future__ import annotations

from decimal import Decimal

from rmdesk.base.text import N_
from rmdesk.services.gifts import tables
from rmdesk.services.settings.declared import Setting

_GIFTS = N_("Gifts")
_PROPOSED = N_("Proposed; your bank's own rules come first.")
_MOST = Decimal(10_000_000)


def _limit(name: str, text: str, note: str) -> Setting[Decimal]:
    return Setting(
        f"gifts.{name}", tables.limit(name), text, _GIFTS, note=note, source=_PROPOSED, least=Decimal(0), most=_MOST,
        step=Decimal(100),
    )  # fmt: skip


RECIPIENT = _limit(
    "recipient", N_("For one recipient a year"), N_("Whoever the gifts are given for, in the portfolio's currency.")
)
STRICT = _limit(
    "strict", N_("For an official a year"), N_("Officials, and staff of company clients; in the portfolio's currency.")
)
CLIENT = _limit("client", N_("For one client a year"), N_("With family and others around them, in the same currency."))
BUDGET = _limit("budget", N_("Your yearly budget for gifts"), N_("All gifts of a calendar year, in the same currency."))
