"""What other weights would do to today's list, and how the weights were changed before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime

from rmdesk.base.record import record
from rmdesk.models.kinds import Purpose
from rmdesk.services.care.rows import Moved
from rmdesk.services.store.reads import Reads

LOG = "weights"  # what a change record of the weights is about
SHOWN = 5


@record
class WeightChange:
    """A change of weights: when, by whom, why; `weights` by line: before and after."""

    at: datetime
    who: str
    purpose: Purpose
    why: str
    weights: dict[str, tuple[float, float]]


@record
class Trial:
    """Today's list before and after: `now` are the weights in force, `shipped` those that came with the program."""

    purpose: Purpose
    now: dict[str, float]
    shipped: dict[str, float]
    moved: tuple[Moved, ...]
    log: tuple[WeightChange, ...]

    @property
    def coming(self) -> int:
        """How many come onto the list."""
        return sum(one.rank_before is None for one in self.moved)

    @property
    def leaving(self) -> int:
        """How many leave it."""
        return sum(one.rank_after is None for one in self.moved)

    @property
    def moving(self) -> int:
        """How many stay at another place."""
        return sum(
            one.rank_before is not None and one.rank_after is not None and one.rank_before != one.rank_after
            for one in self.moved
        )


def trial(reads: Reads, purpose: Purpose, weights: Mapping[str, float], day: date | None = None) -> Trial:
    """What these weights would make of the list of the day; those not named stay as they are."""
    from rmdesk.services.care.queries import compare
    from rmdesk.services.scoring import settings, tables

    now, shipped = settings.weights(reads, purpose), tables.presets()[purpose]
    return Trial(
        purpose,
        {line: now.of(line) for line in tables.LINES},
        {line: shipped.of(line) for line in tables.LINES},
        compare(reads, purpose, weights, day),
        log(reads),
    )


def log(reads: Reads, most: int = SHOWN) -> tuple[WeightChange, ...]:
    """The last changes of weights that were given a reason, the newest first."""
    rows = reads.rows(
        "SELECT at, who, entity_id, after FROM change WHERE entity = ? ORDER BY at DESC, id DESC LIMIT ?", (LOG, most)
    )
    found = []
    for at, who, purpose, after in rows:
        told = json.loads(after)
        weights = {line: (float(pair[0]), float(pair[1])) for line, pair in told["weights"].items()}
        found.append(WeightChange(datetime.fromisoformat(at), who, Purpose(purpose), told["why"], weights))
    return tuple(found)
