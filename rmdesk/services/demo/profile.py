"""Making a demo profile: its folder, its throw-away key, its invented clients."""

from __future__ import annotations

from pathlib import Path

from rmdesk.base.progress import Progress
from rmdesk.services.demo.cast import shipped
from rmdesk.services.demo.commands import FillDemo
from rmdesk.services.store import lock, profile


def make(folder: Path, progress: Progress | None = None, *, anew: bool = False) -> int:
    """Make a demo profile in an empty folder, as of today, and give back how many clients it has.

    `anew` first removes the demo that lies there. What could not be finished is removed again.
    """
    if anew:
        profile.open_demo(folder).close()  # refused unless it is a demo
        with lock.hold(folder):
            _remove(folder)
    store = profile.create(folder, who=shipped("texts")["manager"], demo=True)
    try:
        return store.perform(FillDemo(), progress).result
    except BaseException:
        store.close()
        _remove(folder)
        raise
    finally:
        store.close()


def _remove(folder: Path) -> None:
    """Only what belongs to a profile: the folder may hold other files of the user."""
    for name in ("rmdesk.db", "rmdesk.db-wal", "rmdesk.db-shm", "key.json", "key.json.bak"):
        (folder / name).unlink(missing_ok=True)
