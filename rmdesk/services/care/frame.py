"""The whole portfolio as columns: where every client stands, and what the score is made of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from rmdesk.base import money
from rmdesk.base.record import record
from rmdesk.models.kinds import Purpose
from rmdesk.services.scoring import rules as scoring
from rmdesk.services.scoring import tables as score_tables
from rmdesk.services.segments import tables as segment_tables

if TYPE_CHECKING:
    from rmdesk.services.care.facts import Flags, Floats, Ints
    from rmdesk.services.segments.agreed import Agreed


@record
class Portfolio:
    """One entry per client in every column, ids ascending. `tier` 0 unknown, 1..5; `familiarity` 0..2; `group` 0..9.

    Amounts are in units of `currency`, days are counted from the day of the list, NaN is unknown.
    Kinds, classes and months take a byte each, what is counted or answered four: there are fifty columns.
    `inputs` holds C F O M R S and V; `signals` the x of each churn signal; `measures` what they were read off.
    """

    day: date
    currency: str
    table: segment_tables.SegmentTable
    client: Ints
    tie: Ints  # place by the bank's client number: decides where all else is equal
    status: Ints  # 0.. for each ClientStatus
    excluded: Ints
    aum: Floats
    worth_aum: Floats  # the AUM, or the last one known
    aum_days: Floats
    tier: Ints
    tier_months: Ints  # months the tier rests on; 0: the balance of one day
    watch: Flags
    below: Ints
    computed: Ints
    familiarity: Ints
    override: Flags
    familiarity_known: Flags
    group: Ints
    cadence: Floats  # with what was agreed in the place of the table's
    agreed: Ints  # by which of `agreements`, from 1 on; 0: by the table
    agreements: tuple[Agreed, ...]
    gap: Floats
    gap_least: Floats  # the gap, or the days in which no contact was recorded
    loyalty: Floats
    change_30: Floats
    change_90: Floats
    man_low: Ints
    man_high: Ints
    must_complaint: Flags
    must_promise: Flags
    must_maturity: Flags
    must_watch: Flags
    inputs: dict[str, Floats]
    signals: dict[str, Floats]
    measures: dict[str, Floats]

    @property
    def size(self) -> int:
        """How many clients there are."""
        return len(self.client)

    def must(self, purpose: Purpose) -> Flags:
        """Whom something has to be done for today; money that matures is no reason to wake a sleeper (domain §8)."""
        served = self.must_complaint | self.must_promise | self.must_watch
        return served if purpose is Purpose.WAKE else served | self.must_maturity

    @property
    def stale(self) -> Flags:
        """Whose money figures are too old to be called today's."""
        return ~(self.aum_days <= score_tables.table().stale_days) & ~np.isnan(self.worth_aum)

    def scores(self, weights: score_tables.Weights) -> scoring.Scores:
        """The points of all clients under these weights."""
        return scoring.points(self.inputs, self.inputs["V"], self.loyalty, weights, score_tables.table())

    def minor(self, amount: float) -> int:
        """An amount of the columns in minor units."""
        return round(float(amount) * 10.0 ** money.digits(self.currency))

    def place(self, client: int) -> int | None:
        """Where a client stands in the columns."""
        at = int(np.searchsorted(self.client, client))
        return at if at < self.size and self.client[at] == client else None
