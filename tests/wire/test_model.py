"""The rules of merging, under the fuzz of `tests/wire/model.py`: nothing lost, nothing differs, and each fault planted
on purpose is seen."""

from __future__ import annotations

import pytest

from tests.wire import model

STEPS = 250
SEEDS = 200  # 50,000 steps
# Seeds at which a planted fault shows; found once, so that the tests need not look for them.
SHOWN = {
    "lww": 0,
    "delwins": 8,
    "rebase": 1,
    "overlay": 2,
    "exitall": 1,
    "nodigest": 17,
    "noreoffer": 1,
    "lateonce": 9,
    "badbase": 0,
    "freshdelete": 1123,
    "selfconflict": 0,
}


@pytest.mark.parametrize("tenth", range(10))
def test_nothing_is_lost_and_all_desks_end_alike(tenth: int) -> None:
    many = SEEDS // 10
    for seed in range(tenth * many, (tenth + 1) * many):
        wrong, count = model.run(seed, STEPS)
        assert wrong == [], f"seed {seed}"
        assert count["edits"] > STEPS // 10


def test_the_histories_hold_every_kind_of_trouble() -> None:
    seen: set[str] = set()
    for seed in range(20):
        seen |= set(model.run(seed, STEPS)[1])
    kinds = {"crashes", "lost requests and answers", "hand-overs", "desk restores", "hub restores", "edits"}
    assert seen >= kinds


@pytest.mark.parametrize("mutant", model.MUTANTS)
def test_each_planted_fault_is_seen(mutant: str) -> None:
    assert model.run(SHOWN[mutant], STEPS, [mutant])[0] != []
