"""A month at the desk, played fast in the real window: python -m tests.soak [--minutes 20] [--seed N] [--plant NAME]

Two desks one after the other: one follows a real hub with its PostgreSQL over a line that comes and goes, one takes the
bank's files in itself. Days are played until the minutes are over, at least five each. Nothing may leak, warn or
freeze, and in the end desk and hub hold exactly what was written. The last line is the verdict.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.soak.plants import NAMES, planted

if TYPE_CHECKING:
    from tests.soak.month import Robot
    from tests.walk.hands import Hands

WARM = 3  # days until the program has been everywhere once
LEAST = 5
SHARE = 0.6  # of the time, for the desk that follows a hub


def main(arguments: list[str]) -> int:
    """Live, measure, judge; 1 when anything was wrong."""
    parser = argparse.ArgumentParser(prog="dev.py soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--plant", choices=NAMES, help="a fault that must be seen")
    args = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="rmdesk-soak-", ignore_cleanup_errors=True) as folder, planted(args.plant):
        try:
            wrong = soak(Path(folder), args.minutes * 60, args.seed)
        except Exception as error:  # the verdict is the last line, whatever happens
            traceback.print_exc()
            wrong = [f"{type(error).__name__}: see above"]
    for line in wrong:
        print(f"WRONG: {line}")
    print(f"seed {args.seed}: {'nothing wrong' if not wrong else f'{len(wrong)} wrong'}", flush=True)
    return 1 if wrong else 0


def soak(folder: Path, seconds: float, seed: int) -> list[str]:
    """What went wrong, in sentences."""
    from rmdesk.base import clock
    from tests.soak import alone, month
    from tests.walk.together import lived

    clock.fix(date(2026, 11, 2))
    rng = random.Random(seed)
    with lived(folder, "zh_CN") as team:
        model = month.prepare(team)
        with team.window("wang") as hands:
            robot = partial(month.Robot, team, hands, rng, model)
            wrong = lived_through(hands, seconds * SHARE, robot, lambda lived: month.amiss(team, lived))
        alone.prepare(folder)
        with team.window(alone.WHO) as hands:
            other = partial(alone.Alone, team, hands, rng, month.Model())
            wrong += lived_through(hands, seconds * (1 - SHARE), other, alone.amiss)
    return wrong


def lived_through(
    hands: Hands, seconds: float, made: Callable[..., Robot], amiss: Callable[[Robot], list[str]]
) -> list[str]:
    """Days at one desk, and what was wrong with them, in sentences."""
    from tests.soak.frames import OWN_WORK, Frames, late
    from tests.soak.health import leaks, listening, pulse
    from tests.soak.month import tomorrow

    began, before = time.monotonic(), None
    with listening() as heard:
        frames = Frames()
        robot = made(partial(setattr, frames, "step"))
        robot.settle_in()
        while time.monotonic() < began + seconds or robot.days < LEAST:
            robot.day()
            tomorrow()
            if robot.days == WARM or robot.days % 10 == 0:
                robot.rest()
                frames.step = OWN_WORK
                seen = pulse()
                hands.app.qt.processEvents()
                print(f"{robot.days} days: {seen}", flush=True)
                if before is None:
                    before = seen
                    frames.forget()
        robot.rest()
        frames.stop()
        wrong = amiss(robot)
        after = pulse()
    assert before is not None
    longest = max((one.own for one in frames.long if one.step not in ("lock", OWN_WORK)), default=0.0)
    print(f"{dict(robot.done)}\n{robot.days} days, {robot.days * 8 * 3600 / (time.monotonic() - began):.0f} x speed;"
          f" before {before}, after {after}; longest step {longest:.0f} ms", flush=True)  # fmt: skip
    return [*wrong, *leaks(before, after), *late(frames), *heard.said[:10]]


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        raise SystemExit(main(sys.argv[1:]))
