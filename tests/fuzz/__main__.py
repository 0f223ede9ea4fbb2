"""python3 dev.py fuzz [--desks K] [--steps N] [--seed S] [--mutant NAME]"""

from __future__ import annotations

import argparse
import sys
import time

from tests.fuzz import mutants
from tests.fuzz.plays import PLAYS
from tests.fuzz.world import world


def main() -> int:
    """Play one seed; the last line is the verdict, the exit status 1 when anything is wrong."""
    asked = argparse.ArgumentParser(prog="dev.py fuzz", description="Desks, hub and a bad line under the fuzz.")
    asked.add_argument("--desks", type=int, default=5)
    asked.add_argument("--steps", type=int, default=2000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--until-step", type=int, default=None, help="stop there, to look at what went wrong")
    asked.add_argument("--mutant", choices=sorted(mutants.MUTANTS), help="plant a fault that must be seen")
    asked.add_argument("--hub-stays", action="store_true", help="the hub is never thrown back to an older copy")
    asked.add_argument("--show", type=int, default=5, help="so many of what is wrong")
    given = asked.parse_args()
    course = mutants.COURSES.get(given.mutant)
    desks = max(5, given.desks) if course is None else 0
    started = time.monotonic()
    with (
        mutants.planted(given.mutant),
        world(given.seed, desks, hub_goes_back=not given.hub_stays, course=course) as here,
    ):
        if given.mutant in PLAYS:
            PLAYS[given.mutant](here)
        for at in range(min(given.steps, given.until_step or given.steps)):
            here.step()
            if at % 250 == 249:
                print(f"{at + 1} steps, {time.monotonic() - started:.0f} s", flush=True)
        wrong = here.finish()
        for name in ("lost", "diverged", "leaked", "stuck"):
            for one in getattr(wrong, name)[: given.show]:
                print(name, one)
        print(f"seed {given.seed}: {len(here.oracle.typed)} words typed, {here.count}")
        print(f"the line: {here.proxy.count}")
        print("the desks:", {desk.name: desk.count for desk in here.desks})
    print(wrong.line())
    return 1 if wrong.any() else 0


if __name__ == "__main__":
    sys.exit(main())
