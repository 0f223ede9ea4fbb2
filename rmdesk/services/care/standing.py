"""Where clients stand today, as the table and the client file need it: taken from the care portfolio."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from rmdesk.base import money
from rmdesk.models.kinds import Purpose
from rmdesk.services.care import portfolio
from rmdesk.services.clients.table_rows import Standing
from rmdesk.services.scoring import settings as scoring
from rmdesk.services.store.reads import Reads


def standing(
    reads: Reads,
    day: date | None = None,
    purpose: Purpose = Purpose.MAINTAIN,
    clients: Sequence[int] | None = None,
) -> Standing:
    """The figures of all clients, or of some; who is excluded from care has no score."""
    whole = portfolio.current(reads, day) if clients is None else portfolio.load(reads, day, clients)
    score = whole.scores(scoring.weights(reads, purpose)).score.copy()
    score[whole.excluded != 0] = np.nan
    return Standing(
        client=whole.client,
        tier=whole.tier - 1,
        familiarity=whole.familiarity,
        group=np.where(whole.group > 0, whole.group, -1),
        aum=np.round(whole.worth_aum * 10 ** money.digits(whole.currency)),
        change=whole.change_90,
        gap=whole.gap,
        score=score,
        currency=whole.currency,
        day=whole.day,
        status=whole.status if clients is None else None,
    )
