"""What a bank may change about the points."""

from __future__ import annotations

from decimal import Decimal

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import Purpose
from rmdesk.services.scoring import tables
from rmdesk.services.settings import queries as settings
from rmdesk.services.settings.declared import Setting
from rmdesk.services.store.reads import Reads


def key(purpose: Purpose, line: str) -> str:
    """The name of one weight, as in `maintain.C`."""
    return f"{purpose.value}.{line}"


SHIPPED = {
    key(purpose, line): Decimal(str(weights.of(line)))
    for purpose, weights in tables.presets().items()
    for line in tables.LINES
}


def check_weights(weights: dict[str, Decimal]) -> None:
    """Refuse weights that no line has."""
    if not set(weights) <= set(SHIPPED):
        raise Refused(
            N_("This is not a line of the score."),
            do=N_("Enter weights like maintain.C = 25."),
            field="scoring.weights",
            code="bad_weights",
            guide="score",
        )


WEIGHTS: Setting[dict[str, Decimal]] = Setting(
    "scoring.weights",
    SHIPPED,
    N_("Weights of the score"),
    N_("Care list"),
    note=N_("The most points that each line can give, by purpose."),
    source=N_("The care-priority method: what a manager can still change today weighs most."),
    least=0,
    most=100,
    check=check_weights,
)


def weights(reads: Reads, purpose: Purpose) -> tables.Weights:
    """The weights in force for a purpose."""
    own = settings.value(reads, WEIGHTS)
    changed = {line: float(own[key(purpose, line)]) for line in tables.LINES if key(purpose, line) in own}
    return tables.presets()[purpose].changed(changed)
