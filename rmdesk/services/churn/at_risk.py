"""Who may be lost next: clients whose R warns, with the reasons that Today gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rmdesk.base.text import Phrase
from rmdesk.models.kinds import ClientId
from rmdesk.services.churn import case_rules
from rmdesk.services.store.reads import Reads

_OPEN = "SELECT client_id FROM churn_case WHERE state = 'open'"


@dataclass(frozen=True, slots=True)
class WarningRow:
    """A client who may leave: R in 0..1 and why; `aum_minor` as last known."""

    client: ClientId
    number: str | None
    name: str
    risk: float
    aum_minor: int | None
    currency: str
    reasons: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Warned:
    """The warnings shown, and how many there are."""

    rows: tuple[WarningRow, ...]
    count: int


def warnings(reads: Reads, day: date | None = None, most: int | None = None) -> Warned:
    """Clients whose R is at the limit or above, highest first; who is lost has a case instead of a warning."""
    import numpy as np

    from rmdesk.services.care import portfolio, reasons
    from rmdesk.services.care.details import details

    whole = portfolio.current(reads, day)
    risk = np.round(np.where(whole.excluded > 0, 0.0, np.nan_to_num(whole.inputs["R"])), 9)
    worth = np.nan_to_num(whole.worth_aum)
    lost = np.array([row[0] for row in reads.rows(_OPEN)], dtype=np.int64)
    warned = np.flatnonzero((risk >= case_rules.table().warning) & ~np.isin(whole.client, lost))
    order = warned[np.lexsort((whole.tie[warned], -worth[warned], -risk[warned]))][:most].tolist()
    known = details(reads, whole.day, [int(whole.client[at]) for at in order])
    rows = []
    for at in order:
        client = ClientId(int(whole.client[at]))
        rows.append(
            WarningRow(
                client,
                known[client].number,
                known[client].name,
                float(risk[at]),
                None if np.isnan(whole.worth_aum[at]) else whole.minor(float(whole.worth_aum[at])),
                whole.currency,
                reasons.of_churn(whole, at, known[client]),
            )
        )
    return Warned(tuple(rows), len(warned))
