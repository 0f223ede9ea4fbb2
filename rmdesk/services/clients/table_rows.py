"""What the table of clients is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rmdesk.models.kinds import ClientId, ClientKind, ClientStatus, Familiarity, Origin, Tier
from rmdesk.services.segments.rules import Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Where every client stands, one entry each, aligned, ids ascending.

    `tier` 0..4 for T1..T5, `familiarity` 0..2, `group` 1..9; -1 where unknown. Figures are NaN where unknown: `aum`
    in minor units of `currency`, `change` as a fraction, `gap` in days, `score` 0..100.
    """

    client: Ints
    tier: Ints
    familiarity: Ints
    group: Ints
    aum: Floats
    change: Floats
    gap: Floats
    score: Floats
    currency: str
    day: date
    # 0.. for each ClientStatus, where the arrays hold all clients; None: some may be missing
    status: Ints | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The ids to show, in order; `cells` counts the nine groups as if no group had been chosen."""

    ids: tuple[int, ...]
    cells: tuple[int, ...]
    aum_minor: int  # of the clients found, as far as known
    total: int  # clients in the portfolio, whatever the filter

    @property
    def count(self) -> int:
        """How many clients were found."""
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One client as the table shows it; None is unknown, the phone is masked."""

    id: ClientId
    number: str
    name: str
    initials: str
    kind: ClientKind
    status: ClientStatus
    origin: Origin
    tier: Tier | None
    familiarity: Familiarity | None
    group: str | None
    aum_minor: int | None
    currency: str
    change_90: float | None
    gap_days: int | None
    score: float | None
    phone: str
    district: str
    branch: str
    birth_date: str
    tenure: float | None
    matures_on: date | None
    matures_minor: int | None
    as_of: date | None
    stale: bool
