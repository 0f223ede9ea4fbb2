"""The portfolio by tier, familiarity and group, with the Pareto share and the RFM classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from rmdesk.base import clock
from rmdesk.base.money import Money
from rmdesk.models.kinds import Familiarity, Tier
from rmdesk.services.segments import settings, tables
from rmdesk.services.store.reads import Reads

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Part:
    """One tier, class or group: its code, how many clients, and their AUM in minor units as far as known."""

    code: str
    clients: int
    aum_minor: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The portfolio in parts. Clients of unknown tier are in no tier and no group; `unknown` counts them."""

    currency: str
    cuts: tuple[float, ...]
    tiers: tuple[Part, ...]
    familiarity: tuple[Part, ...]
    groups: tuple[Part, ...]
    top_share: float | None  # of the AUM, held by the top fifth
    unknown: int
    on_watch: int

    def plain(self) -> dict[str, Any]:
        """The keys of the command line's JSON; amounts as text in units of the currency."""

        def rows(parts: tuple[Part, ...], key: str) -> list[dict[str, Any]]:
            return [
                {key: part.code, "clients": part.clients, "aum": str(Money(part.aum_minor, self.currency))}
                for part in parts
            ]

        return {
            "currency": self.currency,
            "cuts": [int(cut) if cut == int(cut) else cut for cut in self.cuts],
            "tiers": rows(self.tiers, "tier"),
            "familiarity": rows(self.familiarity, "familiarity"),
            "groups": rows(self.groups, "group"),
            "pareto": {"top_fifth_share": self.top_share},
            "unknown": {"clients": self.unknown},
            "watch": {"clients": self.on_watch},
        }


def summary(reads: Reads, cuts: Sequence[float] | None = None, day: date | None = None) -> Summary:
    """The portfolio in parts; `cuts` are other lower limits of T2, T3, … in units of the currency.

    Refused when the cuts are not one to four rising positive amounts.
    """
    import numpy as np

    from rmdesk.services.care import portfolio
    from rmdesk.services.segments import rules

    if cuts is None:
        whole = portfolio.current(reads, day)
    else:
        settings.check_cuts(cuts)
        whole = portfolio.load(reads, day, table=settings.table(reads).with_cuts(tuple(map(float, cuts))))
    amounts = np.rint(np.nan_to_num(whole.aum) * 10.0 ** _digits(whole.currency)).astype(np.int64)

    def parts(codes: Sequence[str], values: Ints, first: int) -> tuple[Part, ...]:
        return tuple(
            Part(code, int((values == number).sum()), int(amounts[values == number].sum()))
            for number, code in enumerate(codes, start=first)
        )

    return Summary(
        currency=whole.currency,
        cuts=whole.table.cuts,
        tiers=parts([tier.value for tier in tuple(Tier)[: len(whole.table.cuts) + 1]], whole.tier, 1),
        familiarity=parts([known.value for known in Familiarity], whole.familiarity, 0),
        groups=parts(tables.GROUPS, whole.group, 1),
        top_share=rules.top_share(whole.aum, whole.table.top),
        unknown=int((whole.tier == 0).sum()),
        on_watch=int(whole.watch.sum()),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Rfm:
    """Classes 1 (lowest) to 5 of every client, ids ascending; 0 unknown. `quintiles`: fifths, else fixed breaks."""

    client: Ints
    recency: Ints
    frequency: Ints
    money: Ints
    quintiles: bool


def rfm(reads: Reads, day: date | None = None, *, quintiles: bool = False) -> Rfm:
    """Recency, frequency, money; fifths only where enough clients are known, else the fixed breaks."""
    import numpy as np

    from rmdesk.services.care import portfolio
    from rmdesk.services.segments import rules

    whole = portfolio.current(reads, day or clock.today())
    table = whole.table
    days, months, mean = (whole.measures[name] for name in ("dormant", "active", "mean"))
    if quintiles:
        fifths = [rules.quintiles(values, table.least_clients) for values in (-days, months, mean)]
        if all(found is not None for found in fifths):
            first, second, third = (np.asarray(found) for found in fifths)
            return Rfm(whole.client, first, second, third, quintiles=True)
    return Rfm(
        whole.client,
        rules.recency_class(days, table.recency_days),
        rules.frequency_class(months, table.active_months),
        rules.tier_of(mean, table.cuts),
        quintiles=False,
    )


def _digits(currency: str) -> int:
    from rmdesk.base import money

    return money.digits(currency)
