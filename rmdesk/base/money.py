"""Money: a whole number of minor units with its currency; never a float."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from rmdesk.base import text
from rmdesk.base.record import record

# ISO 4217 minor units where they are not 2.
_NONE = ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF")
_THREE = ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND")
_DIGITS = {**dict.fromkeys(_NONE, 0), **dict.fromkeys(_THREE, 3)}

_NBSP, _MINUS = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"
# From which amount on, how many to the unit, its name: 9,850 is easier to read whole than as 9.85 K.
_CHINESE_UNITS = ((10**8, 10**8, "亿"), (10**4, 10**4, "万"))
_ENGLISH_UNITS = ((10**9, 10**9, "B"), (10**6, 10**6, "M"), (10**4, 10**3, "K"))


def digits(currency: str) -> int:
    """How many decimal places the currency's minor unit has."""
    return _DIGITS.get(currency, 2)


def to_minor(amount: Decimal, currency: str) -> int:
    """Minor units of an amount; half a unit goes to the even neighbour."""
    return int(amount.scaleb(digits(currency)).to_integral_value(ROUND_HALF_EVEN))


@record
class Money:
    """An amount in minor units (fen, haléř, cent) of a currency; it has no order, for two currencies have none."""

    minor: int
    currency: str

    @classmethod
    def of(cls, amount: Decimal | int | str, currency: str) -> Money:
        """Money from an amount in major units."""
        return cls(to_minor(Decimal(amount), currency), currency)

    @property
    def amount(self) -> Decimal:
        """The amount in major units, exact."""
        return Decimal(self.minor).scaleb(-digits(self.currency))

    def __str__(self) -> str:
        return f"{self.amount:f}"


def short(amount: Decimal) -> str:
    """An amount to read at a glance, in the language in use: 1,240 万 and 6.82 亿 in Chinese, 12.4 M in English."""
    units = _CHINESE_UNITS if text.language() == "zh_CN" else _ENGLISH_UNITS
    for least, step, unit in units:
        if abs(amount) >= least:
            return f"{_three_digits(amount / step)}{_NBSP}{unit}"
    return f"{amount.quantize(Decimal(1), ROUND_HALF_UP):,}".replace("-", _MINUS)


def _three_digits(number: Decimal) -> str:
    """Three significant digits where there are decimals at all: 6.82, 41.2, 1,240."""
    size = abs(number)
    places = Decimal("0.01") if size < 10 else Decimal("0.1") if size < 100 else Decimal(1)
    written = f"{number.quantize(places, ROUND_HALF_UP):,f}".replace("-", _MINUS)
    return written.rstrip("0").rstrip(".") if "." in written else written
