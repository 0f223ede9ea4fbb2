"""Making a demo profile: its folder, its throw-away key, its invented clients."""

from __future__ import annotations

from pathlib import Path

from rmdesk.base.progress import Progress
from rmdesk.services.demo.cast import shipped
from rmdesk.services.demo.commands import FillDemo
from rmdesk.services.store import key_file, lock, profile
from rmdesk.services.store.store import Store


def make(folder: Path, progress: Progress | None = None, *, anew: bool = False) -> Store:
    """Make a demo profile in an empty folder, as of today, and give it back open.

    `anew` first removes the demo that lies there. What could not be finished is removed again.
    """
    if anew:
        profile.open_demo(folder).close()  # refused unless it is a demo
        with lock.hold(folder):
            _remove(folder)
    store = profile.create(folder, who=shipped("texts")["manager"], demo=True)
    try:
        store.perform(FillDemo(), progress)
    except BaseException:
        store.close()
        _remove(folder)
        raise
    return store


def _remove(folder: Path) -> None:
    """Only what belongs to a profile: the folder may hold other files of the user."""
    for name in (*(profile.DATA + end for end in ("", "-wal", "-shm")), key_file.FILE, key_file.SPARE):
        (folder / name).unlink(missing_ok=True)
