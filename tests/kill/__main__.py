"""python3 dev.py kill [--rounds N] [--seed S] [--job NAME]"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.kill.rounds import JOBS, played
from tests.support import build


def main() -> int:
    """Play the rounds of each job; the last line is the verdict, the exit status 1 when anything is wrong."""
    asked = argparse.ArgumentParser(prog="dev.py kill", description="kill -9 at random moments of real work.")
    asked.add_argument("--rounds", type=int, default=200, help="in all, shared among the jobs")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--job", choices=sorted(JOBS), action="append", help="only this job; may be given again")
    given = asked.parse_args()
    jobs, wrong = given.job or list(JOBS), []
    with tempfile.TemporaryDirectory(prefix="rmdesk-kill-") as made:
        template = build.template(Path(made))
        for number, job in enumerate(jobs):
            began = time.monotonic()
            rounds = given.rounds // len(jobs) + (number < given.rounds % len(jobs))
            found = played(job, rounds, given.seed, Path(made) / job, template)
            print(f"{job}: {rounds} kills, {time.monotonic() - began:.0f} s, {len(found)} wrong", flush=True)
            wrong += found
    for one in wrong[:20]:
        print(one)
    print(f"{given.rounds} kills, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
