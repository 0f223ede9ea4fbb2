"""What takes long to make is made once a run, by whichever of its processes asks first, and copied by all."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from rmdesk.base.errors import Trouble
from rmdesk.services.store.lock import Hold

_PATIENCE = 60  # seconds
_folder: list[Path] = []


def lie_in(folder: Path) -> None:
    """Where the things of this run lie, the same folder for all its processes."""
    folder.mkdir(exist_ok=True)
    _folder[:] = [folder]


def made(name: str, make: Callable[[Path], object]) -> Path:
    """The path of what `make` wrote to the path it was given. Never to be written to, nor opened: copy it."""
    if not _folder:
        raise RuntimeError("nobody said where the things of this run lie")
    place = _folder[0] / name
    if not place.exists():
        with _alone(f"{name}.lock"):
            if not place.exists():
                half = _folder[0] / f"{name}.{time.monotonic_ns()}"  # of a maker that failed nothing is taken
                make(half)
                half.rename(place)
    return place


def _alone(name: str) -> Hold:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            return Hold(_folder[0], name)
        except Trouble:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)  # another process makes it
