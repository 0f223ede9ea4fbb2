"""The installed program beside the source it was built from: starts in pairs, and its size beside the floor."""

from __future__ import annotations

import os
import time

from bench import portfolio
from bench.measure import SMALL, Figure, Found, Scene, child, paired, told_by
from tools import package

MOST = 1.5  # times a start from source
MB = 1_000_000


def frozen(scene: Scene) -> list[Figure]:
    """Starts to the painted window and to the filled page; nothing where no program was built (dev.py package folder).

    Each starts once beforehand, so that both are read from memory.
    """
    program = package.measured()
    if program is None or scene.size > SMALL:
        return []
    pairs = [(_started(str(program), scene), _from_source(scene)) for _ in range(scene.runs + 1)][1:]
    found = []
    for key, what in (("painted", "painted window"), ("filled", "filled Today")):
        for end, how in (("", ""), ("_cpu", ", processor time")):
            ours, floors = ([one[key + end] for one in side] for side in zip(*pairs, strict=True))
            found.append(paired(f"installed program: start to {what}{how}", scene.size, ours, floors, "ms", MOST))
    whole, floor = (size / MB for size in package.sizes(package.DIST / "rmdesk"))
    what = "installed program: size on disk"
    return [
        *found,
        Figure(what, scene.size, whole, "MB", floor, whole / floor, note="floor: PySide6, SQLCipher, Python"),
    ]


def _started(program: str, scene: Scene) -> Found:
    portfolio.kept(scene.profile, keep=False)
    own = {**os.environ, **scene.screen, "BENCH_T0": str(time.monotonic_ns())}
    return told_by([program, str(scene.profile)], own)


def _from_source(scene: Scene) -> Found:
    portfolio.kept(scene.profile, keep=False)
    return child("start", scene.profile, **scene.screen)
