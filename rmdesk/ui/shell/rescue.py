"""Out of damaged data: the gate that offers what can be done, and the doing of it on the worker."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from rmdesk.ui.unlock.damaged import DamagedGate

if TYPE_CHECKING:
    from rmdesk.services.store.backup import BackupRow
    from rmdesk.services.store.store import Store
    from rmdesk.ui.shell.desk import WindowDesk


class WayIn(Protocol):
    """What of the start is needed here."""

    folder: Path
    desk: WindowDesk

    def do(self, work: Callable[[], Store]) -> None:
        """Do this on the worker and open what it gives."""

    def ask(self) -> None:
        """Back to the question for the key."""


def offered(start: WayIn, error: BaseException) -> DamagedGate | None:
    """The gate for damaged or missing data whose key is proven; None for every other error."""
    key = getattr(error, "key", b"")
    code = getattr(error, "code", "")
    if not key or code not in ("damaged", "no_data_file"):
        return None
    gate, folder = DamagedGate(gone=code == "no_data_file"), start.folder
    gate.salvage_wanted.connect(lambda: start.do(partial(_salvaged, folder, key)))
    gate.restore_wanted.connect(lambda path: start.do(partial(_restored, folder, key, path)))
    gate.left.connect(start.ask)
    looking = start.desk.tasks.call(_newest, folder, key)
    looking.done.connect(gate.found)
    looking.failed.connect(lambda _error: gate.found(None))
    return gate


def _newest(folder: Path, key: bytes) -> BackupRow | None:
    from rmdesk.services.health import salvage

    return salvage.newest_good(folder, key)


def _salvaged(folder: Path, key: bytes) -> Store:
    from rmdesk.services.health import keeping

    return keeping.salvaged(folder, key)


def _restored(folder: Path, key: bytes, path: Path) -> Store:
    from rmdesk.services.health import keeping

    return keeping.restored(folder, key, path)
