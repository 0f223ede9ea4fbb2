"""Making a demo profile: its folder, its throw-away key, its invented clients."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from rmdesk.base import clock
from rmdesk.base.progress import Progress
from rmdesk.services.demo.cast import shipped
from rmdesk.services.demo.commands import FillDemo
from rmdesk.services.store import key_file, lock, profile
from rmdesk.services.store.reads import Reads
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


def is_out_of_date(folder: Path) -> bool:
    """Whether the demo of a folder was filled for another day and nobody changed anything in it since.

    Its lists live on today: a demo that was played with is kept, one that was only looked at is better made anew.
    """
    store = profile.open_demo(folder)
    try:
        return store.read(_is_untouched)
    finally:
        store.close()


def _is_untouched(reads: Reads) -> bool:
    changes = reads.value("SELECT count(*) FROM change")
    batches, as_of = reads.one("SELECT count(*), max(as_of) FROM batch") or (0, None)
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    return bool(changes == 0 and batches == 1 and as_of != yesterday)


def _remove(folder: Path) -> None:
    """Only what belongs to a profile: the folder may hold other files of the user."""
    for name in (*(profile.DATA + end for end in ("", "-wal", "-shm")), key_file.FILE, key_file.SPARE):
        (folder / name).unlink(missing_ok=True)
