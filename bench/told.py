"""What a measured process tells. Imports next to nothing, as its own start may be what is measured."""

from __future__ import annotations

import json
import os
import time
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = date(2026, 11, 23)  # the day the portfolio is of, a Monday
MARK = "@@"


def tell(**found: object) -> None:
    """Print what a child found."""
    print(MARK + json.dumps(found, ensure_ascii=False), flush=True)


def since_start() -> float:
    """Milliseconds since this process was started, as its parent measured the start."""
    return (time.monotonic_ns() - int(os.environ["BENCH_T0"])) / 1e6


def so_far(name: str) -> dict[str, float]:
    """Time since the start of the process, by the clock and of the processor (all threads), in milliseconds."""
    return {name: since_start(), f"{name}_cpu": time.process_time() * 1000}


def timed(function: Callable[[], object]) -> float:
    """Milliseconds that a call takes."""
    began = time.perf_counter()
    function()
    return (time.perf_counter() - began) * 1000


def spent(function: Callable[[], object]) -> float:
    """Milliseconds of the processor that a call takes, in all threads: the same whatever else the machine does."""
    began = time.process_time()
    function()
    return (time.process_time() - began) * 1000


def memory() -> dict[str, float]:
    """Memory of this process in MB: `pss` now, `peak` the most so far (resident); empty where it is not told."""
    if not os.path.exists("/proc/self/smaps_rollup"):  # noqa: PTH110
        return {}
    return {"pss": _megabytes("smaps_rollup", "Pss:"), "peak": _megabytes("status", "VmHWM:")}


def forget_peak() -> None:
    """Count the peak anew from here."""
    if os.path.exists("/proc/self/clear_refs"):  # noqa: PTH110
        with open("/proc/self/clear_refs", "w", encoding="ascii") as file:  # noqa: PTH123
            file.write("5")


def _megabytes(file: str, name: str) -> float:
    with open(f"/proc/self/{file}", encoding="ascii") as lines:  # noqa: PTH123
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name))
