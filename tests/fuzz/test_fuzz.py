"""2,000 steps of the fuzz in CI, each seed with desks, hub and database of its own; and planted faults are seen."""

from __future__ import annotations

import pytest

from rmdesk.base import clock
from tests.fuzz import mutants
from tests.fuzz.world import world

STEPS = 500
# Seeds and lengths at which a planted fault shows; found once. The others are seen by the model (tests/wire).
SHOWN = {"lww": (1, 250)}

pytestmark = [pytest.mark.timeout(900), pytest.mark.filterwarnings("default")]


@pytest.fixture(autouse=True)
def real_time() -> None:
    """Tokens and leases run on the clock."""
    clock.fix(None)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_nothing_is_lost_nothing_differs_nothing_leaks_and_nobody_is_stuck(seed: int) -> None:
    with world(seed) as here:
        for _ in range(STEPS):
            here.step()
        wrong = here.finish()
    assert wrong.line() == "lost 0 diverged 0 leaked 0 stuck 0", wrong
    assert len(here.oracle.typed) > STEPS // 5
    assert {"rounds", "rounds cut off", "things people did", "hand-overs"} <= set(here.count)
    assert {"hub thrown back", "desks thrown back"} & set(here.count)


@pytest.mark.parametrize("mutant", sorted(SHOWN))
def test_each_planted_fault_is_seen(mutant: str) -> None:
    seed, steps = SHOWN[mutant]
    with mutants.planted(mutant), world(seed, hub_goes_back=False) as here:
        for _ in range(steps):
            here.step()
        assert here.finish().any()
