"""A virtual screen for machines without one: Xvfb, on a number it chooses itself. Standard library only."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from tools import system

SIZE = "1600x1000x24"


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """The environment with which a window can be shown; the screen is there as long as the block runs.

    With a real screen nothing is added; without Xvfb windows are painted off the screen.
    """
    if system.has_screen():
        yield {}
    elif shutil.which("Xvfb") is None:
        yield {"QT_QPA_PLATFORM": "offscreen"}
    else:
        with hidden_screen() as environment:
            yield environment


@contextmanager
def hidden_screen() -> Iterator[dict[str, str]]:
    """The same, always with an Xvfb of its own, which must be installed."""
    reading, writing = os.pipe()
    # A fixed number would collide with another run; with -displayfd the server picks a free one and says which.
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", SIZE, "-nolisten", "tcp"],
        pass_fds=[writing],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"} if number else {"QT_QPA_PLATFORM": "offscreen"}
    finally:
        server.terminate()
        server.wait()
