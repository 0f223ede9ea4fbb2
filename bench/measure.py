"""Figures and floors: what a part gives back, and how processes of their own are run and read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.told import MARK

ROOT = Path(__file__).resolve().parent.parent
SMALL = 500  # clients of one manager's portfolio, and of the demo
HELD = "main thread held"
Found = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `ratio` is the median of the ratios of pairs taken one right after the other.

    `aim` is what is aimed at, in words; `met` is None where nothing is aimed at.
    """

    what: str
    size: int
    value: float
    unit: str
    floor: float | None = None
    ratio: float | None = None
    aim: str = ""
    met: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """A size, its profile and files, how often to measure, and the environment in which windows are shown."""

    size: int
    profile: Path
    files: tuple[Path, ...]
    runs: int
    screen: dict[str, str]


def paired(what: str, size: int, ours: Sequence[float], floors: Sequence[float], unit: str, most: float) -> Figure:
    """A figure with its floor; aimed at: at most `most` times the floor (0: no aim)."""
    ratio = median(mine / theirs for mine, theirs in zip(ours, floors, strict=True))
    aim, met = (f"≤ {most:g} ×", ratio <= most) if most else ("", None)
    return Figure(what, size, median(ours), unit, median(floors), ratio, aim, met)


def single(what: str, size: int, value: float, unit: str, most: float = 0, note: str = "") -> Figure:
    """A figure without a floor; aimed at: at most `most` (0: no aim)."""
    aim, met = (f"≤ {most:g} {unit}", value <= most) if most else ("", None)
    return Figure(what, size, value, unit, aim=aim, met=met, note=note)


def child(module: str, *arguments: object, **more: str) -> Found:
    """Run `bench.children.MODULE`; what it found. Its environment knows when it was started (`BENCH_T0`)."""
    own = {**os.environ, "PYTHONPATH": str(ROOT), **more, "BENCH_T0": str(time.monotonic_ns())}
    own.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled, and so is the library of the floor
    return told_by([sys.executable, "-m", f"bench.children.{module}", *map(str, arguments)], own)


def told_by(command: list[str], environment: dict[str, str]) -> Found:
    """What a process told at its end."""
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=1800, check=False)
    for line in reversed(done.stdout.splitlines()):
        if line.startswith(MARK):
            found: Found = json.loads(line.removeprefix(MARK))
            return found
    raise SystemExit(
        f"{' '.join(command[1:3])} ended with {done.returncode}:\n{done.stdout[-800:]}\n{done.stderr[-3000:]}"
    )
