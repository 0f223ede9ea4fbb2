"""One round at a time: in this process and on this computer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rmdesk.base.errors import Trouble
from rmdesk.base.text import N_
from rmdesk.services.store.lock import Hold

FILE = "sync.lock"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the round of a profile; Trouble(code="syncing") while another one holds it, in whatever process."""
    try:
        hold = Hold(folder, FILE)
    except Trouble as error:
        if error.code != "in_use":
            raise
        raise Trouble(
            N_("This desk is synchronising already."), do=N_("Wait until that is done."), code="syncing"
        ) from error
    with hold:
        yield
