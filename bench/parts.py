"""The parts of the benchmark: each measures one thing at one size and gives back its figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.measure import Figure, child, paired, single

SMALL = 500  # clients of one manager's portfolio, and of the demo


@dataclass(frozen=True, slots=True)
class Scene:
    """A size, its profile and files, how often to measure, and the environment in which windows are shown."""

    size: int
    profile: Path
    files: tuple[Path, ...]
    runs: int
    screen: dict[str, str]


def start(scene: Scene) -> list[Figure]:
    """From the start of the process to the painted window and to the filled first page."""
    pairs = [
        (child("start", scene.profile, **scene.screen), child("bare_window", **scene.screen)) for _ in range(scene.runs)
    ]
    small = scene.size <= SMALL
    page = pairs[0][0]["page"].removesuffix("Page")
    found = []
    for key, what, most in (("painted", "painted window", 1.5), ("filled", f"filled {page}", 3 * small)):
        for end, how in (("", ""), ("_cpu", ", processor time")):
            ours, floors = [one[key + end] for one, _ in pairs], [floor["painted" + end] for _, floor in pairs]
            found.append(paired(f"start to {what}{how}", scene.size, ours, floors, "ms", most))
    if "pss" in pairs[0][0]:
        memories = [[one["pss"] for one in side] for side in zip(*pairs, strict=True)]
        found.append(paired("memory after the start (PSS)", scene.size, memories[0], memories[1], "MB", 0))
    return found


def ranking(scene: Scene) -> list[Figure]:
    """Reading the portfolio, ranking it, and one receipt."""
    found, size = child("ranking", scene.profile, max(3, scene.runs)), scene.size
    loads, ranks = (list(zip(*found[name], strict=True)) for name in ("loads", "ranks"))
    days, receipts = sorted(found["days"]), sorted(found["receipts"])
    return [
        paired("reading the portfolio", size, loads[0], loads[1], "ms", 0),
        paired("ranking the portfolio", size, ranks[0], ranks[1], "ms", 0),
        single("Today's list, portfolio at hand", size, days[len(days) // 2], "ms", 1000),
        single("one receipt", size, receipts[len(receipts) // 2], "ms"),
        single("memory while reading the portfolio (peak)", size, found["peak"], "MB"),
    ]


PARTS: dict[str, Callable[[Scene], list[Figure]]] = {"start": start, "ranking": ranking}
