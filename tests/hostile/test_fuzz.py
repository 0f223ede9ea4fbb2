"""A few hundred inputs of the fuzz at every run, and all that ever failed; more by `python3 dev.py fuzz-files`."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import pytest

from tests.hostile import fuzzing, targets
from tests.hostile.fuzzing import Target

RUNS = {"imports": (3, 220), "wire": (1, 1200)}  # of so many seeds one, and so many inputs


@pytest.mark.parametrize("name", targets.TARGETS)
def test_no_input_fails_in_words_that_are_not_ours(name: str) -> None:
    every, runs = RUNS[name]
    seeds = sorted(set(targets.TARGETS[name].seeds()))[::every]
    outcome = fuzzing.fuzz(replace(targets.TARGETS[name], seeds=lambda: seeds), 20261122, runs=runs)
    assert {where: told for where, (_data, told) in outcome.crashes.items()} == {}
    assert outcome.runs == runs
    assert outcome.kept > len(seeds)  # something new was reached


@pytest.mark.parametrize("name", targets.TARGETS)
def test_what_once_failed_is_known_now(name: str) -> None:
    target = targets.TARGETS[name]
    for path in targets.found(target):
        with contextlib.suppress(*target.known):
            target.take(path.read_bytes())


def test_a_planted_fault_is_found() -> None:
    def faulty(data: bytes) -> None:
        targets.hear(data)
        if b"visit" in data and b"\xff" in data:
            raise KeyError("planted")

    planted = Target("planted", faulty, targets.WIRE.known, targets.WIRE.files, targets.said)
    outcome = fuzzing.fuzz(planted, 1, runs=1500)
    assert [where for where in outcome.crashes if "KeyError" in where or "planted" in where]
