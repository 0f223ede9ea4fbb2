"""A file of nothing that holds some room on the disk: on a full disk even deleting needs to write first.

When a change finds the disk full, the room is given up once, so that the change, a deletion or the taking in of the
WAL still goes through; it is held again as soon as there is plenty.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from rmdesk.services.rulebook import book

FILE = "ballast"
_PLENTY = 4  # times its size must be free before room is held
_BLOCK = bytes(1 << 16)


def size(*, demo: bool = False) -> int:
    """How much room is held, in bytes."""
    return int(book("backup")["ballast_demo_mib" if demo else "ballast_mib"]["value"]) << 20


def hold(folder: Path, *, demo: bool = False) -> bool:
    """Hold room beside the data, where there is plenty; gives whether it is held. Never raises."""
    file, wanted = folder / FILE, size(demo=demo)
    try:
        if file.exists() and file.stat().st_size >= wanted:
            return True
        if shutil.disk_usage(folder).free < _PLENTY * wanted:
            return False
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(out.fileno(), 0, wanted)
            else:
                for _block in range(wanted // len(_BLOCK)):
                    out.write(_BLOCK)
    except OSError:
        with suppress(OSError):
            file.unlink(missing_ok=True)
        return False
    return True


def give_up(folder: Path) -> bool:
    """Give the room to whoever needs it now; gives whether there was any."""
    try:
        (folder / FILE).unlink()
    except OSError:
        return False
    return True


def is_held(folder: Path) -> bool:
    """Whether room is held."""
    return (folder / FILE).exists()
