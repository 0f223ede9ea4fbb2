"""A month at the desk, played fast in the real window: python -m tests.soak [--minutes 20] [--seed N]

Days are played until the minutes are over, at least five. Nothing may leak, warn or freeze, and in the end desk and hub
hold exactly what was written. The last line is the verdict.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from datetime import date
from functools import partial
from pathlib import Path

FROZEN_MS = 100.0  # of the thread's own time: what a person sees as a window that does not answer
WARM = 3  # days until the program has been everywhere once
LEAST = 5


def main(arguments: list[str]) -> int:
    """Live, measure, judge; 1 when anything was wrong."""
    parser = argparse.ArgumentParser(prog="dev.py soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    args = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="rmdesk-soak-", ignore_cleanup_errors=True) as folder:
        wrong = soak(Path(folder), args.minutes * 60, args.seed)
    for line in wrong:
        print(f"WRONG: {line}")
    print(f"seed {args.seed}: {'nothing wrong' if not wrong else f'{len(wrong)} wrong'}", flush=True)
    return 1 if wrong else 0


def soak(folder: Path, seconds: float, seed: int) -> list[str]:
    """What went wrong, in sentences."""
    from bench.watch import Watch
    from rmdesk.base import clock
    from tests.soak.health import leaks, listening, pulse
    from tests.soak.month import CLIENTS, Model, Robot, amiss, prepare, tomorrow
    from tests.walk.together import lived

    clock.fix(date(2026, 11, 2))
    ends, days, before = time.monotonic() + seconds, 0, None
    with lived(folder, "zh_CN") as team:
        prepare(team)
        with listening() as heard, team.window("wang") as hands:
            watch = Watch()
            robot = Robot(team, hands, random.Random(seed), Model(clients=CLIENTS), partial(setattr, watch, "step"))
            while time.monotonic() < ends or days < LEAST:
                robot.day()
                tomorrow()
                days += 1
                if days == WARM:
                    robot.rest()
                    before = pulse()
                    watch.long.clear()
                if days % 5 == 0:
                    print(f"day {days}: {dict(robot.done)} {pulse()}", flush=True)
            robot.rest()
            watch.stop()
            wrong = amiss(team, robot)
            after = pulse()
    assert before is not None
    # Locking looks through all memory and gives it back: what was shown must be gone, and nobody waits.
    frozen = [one for one in watch.long if one.own > FROZEN_MS and one.step != "lock"]
    wrong += leaks(before, after)
    wrong += [f"held up for {one.own:.0f} ms on {one.step}: {one.stacks.most_common(1)}" for one in frozen[:5]]
    wrong += heard.said[:10]
    longest = max((one.own for one in watch.long), default=0.0)
    print(
        f"{days} days, {sum(robot.done.values())} acts; before {before}, after {after}; longest step {longest:.0f} ms"
    )
    return wrong


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
