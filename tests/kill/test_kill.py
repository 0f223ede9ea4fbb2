"""Case 30: killed at random moments while editing, importing, backing up, upgrading, restoring, synchronising.

Two hundred kills in every run, any number by `python3 dev.py kill --rounds N --seed S`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.kill.rounds import JOBS, played

ROUNDS = {"edit": 40, "import": 35, "backup": 30, "migrate": 30, "restore": 30, "sync": 35}


def test_every_job_is_killed_and_it_makes_two_hundred() -> None:
    assert ROUNDS.keys() == JOBS.keys()
    assert sum(ROUNDS.values()) == 200


@pytest.mark.timeout(300)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no kill -9 and no process that splits in two")
@pytest.mark.parametrize("job", JOBS)
def test_case_30_what_was_committed_is_there_and_the_file_is_whole(job: str, template: Path, tmp_path: Path) -> None:
    assert played(job, ROUNDS[job], 1, tmp_path / job, template) == []


def test_a_job_that_fails_by_itself_is_no_round(template: Path, tmp_path: Path) -> None:
    from tests.kill import rounds

    warm = rounds.Warm()
    with pytest.raises(AssertionError, match="failed"):
        warm.killed("edit", 0, tmp_path / "nothing here", rounds.random.Random(1))
    warm.close()
