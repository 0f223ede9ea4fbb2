"""The demo portfolio: invented clients of an invented bank, the same on every machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rmdesk.base.progress import Progress
from rmdesk.services.demo.cast import CLIENTS

if TYPE_CHECKING:
    from rmdesk.services.store.store import Store

__all__ = ["CLIENTS", "make"]


def make(folder: Path, progress: Progress | None = None, *, anew: bool = False) -> Store:
    """A new demo profile, open; see `profile.make`. What making it needs is loaded only now."""
    from rmdesk.services.demo import profile

    return profile.make(folder, progress, anew=anew)
