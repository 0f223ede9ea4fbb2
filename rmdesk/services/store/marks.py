"""A small file beside the data that tells how the desk was left, and when all of it was last checked."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from rmdesk.base import clock
from rmdesk.services.rulebook import book

FILE = "health.json"


def began(folder: Path) -> bool:
    """Note that the desk is open; gives whether a full check is due: the last end was none, or it is a week ago."""
    told = _read(folder)
    clean, full = bool(told.get("clean", True)), str(told.get("full", ""))
    _write(folder, {"clean": False, "full": full})
    if not full:
        return not clean
    try:
        age = clock.now() - datetime.fromisoformat(full)
    except ValueError:
        return True
    return not clean or not timedelta(0) <= age < timedelta(days=book("backup")["full_check_days"]["value"])


def ended(folder: Path) -> None:
    """Note that the desk was shut in order; nothing where the desk was wiped."""
    if (folder / FILE).exists():
        _write(folder, {**_read(folder), "clean": True})


def checked(folder: Path) -> None:
    """Note that all of it was checked now."""
    _write(folder, {**_read(folder), "full": clock.now().isoformat(timespec="seconds")})


def _read(folder: Path) -> dict[str, object]:
    with suppress(OSError, ValueError):
        read = json.loads((folder / FILE).read_bytes())
        if isinstance(read, dict):
            return read
    return {}


def _write(folder: Path, told: dict[str, object]) -> None:
    """A disk that does not take it is no reason to fail: then a check is made too often."""
    fresh = folder / f"{FILE}.new"
    with suppress(OSError):
        fresh.write_text(json.dumps(told), "utf-8")
        fresh.replace(folder / FILE)
