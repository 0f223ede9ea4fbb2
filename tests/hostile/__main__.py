"""python3 dev.py fuzz-files [--seconds N] [--seed S] [--what imports|wire]"""

from __future__ import annotations

import argparse
import resource
import sys

from tests.hostile import fuzzing
from tests.hostile.targets import TARGETS


def main() -> int:
    """Fuzz; the last line is the verdict, the exit status 1 when anything failed in no word of ours."""
    asked = argparse.ArgumentParser(prog="dev.py fuzz-files", description="Files and messages under the fuzz.")
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--what", choices=sorted(TARGETS), action="append", help="both, unless said")
    asked.add_argument("--keep", action="store_true", help="keep what fails in tests/hostile/found")
    given = asked.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
    crashes = 0
    for name in given.what or sorted(TARGETS):
        outcome = fuzzing.fuzz(TARGETS[name], given.seed, seconds=given.seconds)
        crashes += len(outcome.crashes)
        for where, (data, told) in outcome.crashes.items():
            print(f"{where}\n{data[:200]!r}\n{told}")
        if given.keep:
            print(*fuzzing.keep(TARGETS[name], outcome), sep="\n")
        print(f"{name}: {outcome.runs} inputs, {outcome.kept} kept, {outcome.reached} steps reached", flush=True)
    print(f"seed {given.seed}: {crashes} failures")
    return 1 if crashes else 0


if __name__ == "__main__":
    sys.exit(main())
