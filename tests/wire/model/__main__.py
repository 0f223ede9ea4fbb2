"""The fuzz at any length."""

from __future__ import annotations

import argparse
import sys

from tests.wire.model import MUTANTS, run


def main() -> int:
    asked = argparse.ArgumentParser(description="The model fuzz of the sync rules.")
    asked.add_argument("seeds", type=int)
    asked.add_argument("steps", type=int)
    asked.add_argument("--mutant", choices=MUTANTS)
    asked.add_argument("--first", type=int, default=0)
    given = asked.parse_args()
    wrong, total = 0, dict[str, int]()
    for seed in range(given.first, given.first + given.seeds):
        found, count = run(seed, given.steps, [given.mutant] if given.mutant else [])
        for what, times in count.items():
            total[what] = total.get(what, 0) + times
        if found and not wrong:
            print(f"seed {seed}: {found[:4]}")
        wrong += bool(found)
    print(f"seeds {given.seeds} steps {given.seeds * given.steps} failing {wrong} {total}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
