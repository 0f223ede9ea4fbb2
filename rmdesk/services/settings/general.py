"""The settings that belong to no single feature: the user, the language and looks, currency, locking."""

from __future__ import annotations

from decimal import Decimal

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import USER_NAME_KEY
from rmdesk.services.settings.declared import Choice, Setting

_GENERAL = N_("General")
_LOOKS = N_("Appearance")
_MONEY = N_("Currency")
_SAFETY = N_("Safety")


def _is_currency(code: str) -> bool:
    return len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()


def _check_currency(code: str) -> None:
    if not _is_currency(code):
        raise Refused(
            N_("A currency has three capital letters."),
            do=N_("Enter it like CNY or USD."),
            field="general.currency",
            code="bad_setting",
        )


def _check_rates(rates: dict[str, Decimal]) -> None:
    if not all(_is_currency(code) for code in rates):
        raise Refused(
            N_("A currency has three capital letters."),
            do=N_("Enter it like CNY or USD."),
            field="general.fx_rates",
            code="bad_setting",
        )
    if any(rate <= 0 for rate in rates.values()):
        raise Refused(
            N_("An exchange rate is greater than zero."),
            do=N_("Enter how much one unit is worth in the portfolio's currency."),
            field="general.fx_rates",
            code="bad_setting",
        )


USER_NAME = Setting(
    USER_NAME_KEY,
    "",
    N_("Your name"),
    _GENERAL,
    note=N_("Stands beside every change you make, from the next unlock on."),
)
BRANCH = Setting("general.branch", "", N_("Branch"), _GENERAL)
TEAM = Setting("general.team", "", N_("Team"), _GENERAL)
ROLE = Setting(
    "general.role",
    "manager",
    N_("Your role"),
    _GENERAL,
    note=N_(
        "A team lead decides on gifts beyond a limit. Until a team hub is joined, this desk takes your word for it."
    ),
    choices=(Choice("manager", N_("Relationship manager")), Choice("lead", N_("Team lead"))),
)
LANGUAGE = Setting(
    "general.language",
    "zh_CN",
    N_("Language"),
    _LOOKS,
    choices=(Choice("zh_CN", "简体中文"), Choice("en", "English")),
)
THEME = Setting(
    "general.theme",
    "system",
    N_("Theme"),
    _LOOKS,
    choices=(Choice("system", N_("As the system")), Choice("light", N_("Light")), Choice("dark", N_("Dark"))),
)
TEXT_SIZE = Setting("general.text_size", 100, N_("Text size"), _LOOKS, unit="%", least=100, most=150, step=10)
CURRENCY = Setting(
    "general.currency",
    "CNY",
    N_("Portfolio currency"),
    _MONEY,
    note=N_("All totals and limits are in this currency."),
    check=_check_currency,
)
FX_RATES: Setting[dict[str, Decimal]] = Setting(
    "general.fx_rates",
    {},
    N_("Exchange rates"),
    _MONEY,
    note=N_(
        "What one unit of a currency is worth in the portfolio's currency. "
        "Amounts in a currency without a rate are shown but left out of totals."
    ),
    check=_check_rates,
)
AUTO_LOCK = Setting(
    "general.auto_lock_minutes",
    5,
    N_("Lock after"),
    _SAFETY,
    note=N_("The desk locks itself when it has not been used for this long."),
    source=N_("Five minutes: a desk left open in a branch is seen by clients."),
    unit=N_("min"),
    least=1,
    most=30,
    step=1,
)
HIDE_FROM_CAPTURE = Setting(
    "general.hide_from_capture",
    True,
    N_("Keep out of screenshots"),
    _SAFETY,
    note=N_("On Windows and macOS, screenshots, recordings and screen sharing leave rmdesk out."),
    source=N_("Balances and identity numbers leave a bank by screenshots first of all."),
)
WATERMARK = Setting(
    "general.watermark",
    False,
    N_("Watermark on the screen"),
    _SAFETY,
    note=N_("Your name and the time, faintly over every page. Linux cannot keep windows out of screenshots."),
)
