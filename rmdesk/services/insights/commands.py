"""Changing the weights of the score, with the reason for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import Purpose
from rmdesk.services.insights.weights import LOG
from rmdesk.services.profile.secrets import check_text, limit_of
from rmdesk.services.scoring import tables
from rmdesk.services.scoring.settings import WEIGHTS, key, weights
from rmdesk.services.settings import queries as settings
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store.command import Done
from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ChangeWeights:
    """Give lines of the score (C F O M R S) other weights for a purpose; others stay. Refused without a reason, which
    is kept in the change records, or when nothing would change.
    """

    label: ClassVar[str] = N_("Change weights")
    purpose: Purpose
    weights: Mapping[str, float] = field(hash=False)
    why: str

    def apply(self, work: UnitOfWork) -> Done[None]:
        why = check_text(self.why, "why", limit_of("line"))
        if not why:
            raise Refused(
                N_("Why are the weights changed?"),
                do=N_("Write it in a line."),
                field="why",
                code="no_reason",
                guide="score",
            )
        before = weights(work, self.purpose)
        after = before.changed(self.weights)
        changed = {line: after.of(line) for line in tables.LINES if after.of(line) != before.of(line)}
        if not changed:
            raise Refused(N_("Nothing would change."), do=N_("Move a slider first."), code="no_change", guide="score")
        own: dict[str, Decimal] = settings.value(work, WEIGHTS).copy()
        own |= {key(self.purpose, line): Decimal(str(round(weight, 2))) for line, weight in changed.items()}
        done = ChangeSetting(WEIGHTS.key, own).apply(work)
        kept = {line: [before.of(line), weight] for line, weight in changed.items()}
        work.note(LOG, self.purpose.value, None, after={"why": why, "weights": kept})
        return Done(None, inverse=done.inverse)
