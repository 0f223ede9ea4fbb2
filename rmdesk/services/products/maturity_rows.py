"""What matures: one holding, what is planned with it, and all of a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rmdesk.models.kinds import AssetKind, ClientId, RenewalWay


@dataclass(frozen=True, slots=True)
class PlanRow:
    """What is meant to become of a holding; `product` is the code of where it moves to."""

    id: str
    way: RenewalWay
    product: str | None
    product_name: str
    on: date | None
    note: str
    planned_on: date


@dataclass(frozen=True, slots=True)
class MaturityRow:
    """A holding that matures. `worth_minor` is in the portfolio's currency `money`, None without amount or rate.

    `days_left` is negative when the day has passed; `renewed` is what the bank told, None: nothing.
    """

    id: int
    key: str
    client: ClientId
    client_name: str
    number: str
    name: str
    kind: AssetKind
    product: str | None
    amount_minor: int | None
    currency: str
    worth_minor: int | None
    money: str
    rate_bp: int | None
    matures_on: date
    days_left: int
    renewed: bool | None
    plan: PlanRow | None

    @property
    def state(self) -> str:
        """renewed (told by the bank), the way that is planned, or open: nothing is planned."""
        if self.renewed:
            return "renewed"
        return "open" if self.plan is None else self.plan.way.value


@dataclass(frozen=True, slots=True)
class Rung:
    """What matures in one calendar month, in minor units of the portfolio's currency, in all and by state.

    `unknown` of the `count` holdings have no amount that could be counted.
    """

    month: int  # year * 12 + month - 1
    amount_minor: int
    count: int
    unknown: int
    states: dict[str, int]
