"""Figures and floors: what a part gives back, and how processes of their own are run and read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MARK = "@@"
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
    command = [sys.executable, "-m", f"bench.children.{module}", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=own, capture_output=True, text=True, timeout=1800, check=False)
    for line in reversed(done.stdout.splitlines()):
        if line.startswith(MARK):
            found: Found = json.loads(line.removeprefix(MARK))
            return found
    raise SystemExit(
        f"bench.children.{module} ended with {done.returncode}:\n{done.stdout[-800:]}\n{done.stderr[-3000:]}"
    )


def tell(**found: Any) -> None:
    """Print what a child found."""
    print(MARK + json.dumps(found, ensure_ascii=False), flush=True)


def since_start() -> float:
    """Milliseconds since this process was started, as its parent measured the start."""
    return (time.monotonic_ns() - int(os.environ["BENCH_T0"])) / 1e6


def timed(function: Callable[[], object]) -> float:
    """Milliseconds that a call takes."""
    began = time.perf_counter()
    function()
    return (time.perf_counter() - began) * 1000


def memory() -> dict[str, float]:
    """Memory of this process in MB: `pss` now, `peak` the most so far (resident); empty where it is not told."""
    rollup, status = Path("/proc/self/smaps_rollup"), Path("/proc/self/status")
    if not rollup.exists():
        return {}
    return {"pss": _kilobytes(rollup, "Pss:") / 1024, "peak": _kilobytes(status, "VmHWM:") / 1024}


def forget_peak() -> None:
    """Count the peak anew from here."""
    again = Path("/proc/self/clear_refs")
    if again.exists():
        again.write_text("5", encoding="ascii")


def _kilobytes(file: Path, name: str) -> int:
    for line in file.read_text(encoding="ascii").splitlines():
        if line.startswith(name):
            return int(line.split()[1])
    return 0
