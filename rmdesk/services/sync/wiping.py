"""Removing all data of this desk on the hub's signed order.

First whatever opens the data goes (the keyring's secret, the key file): from then on the file is noise, whatever
happens next. Then the files themselves. Only an order of the pinned hub, for this very device, is obeyed.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rmdesk.base.errors import Known, Refused, Trouble
from rmdesk.base.text import N_
from rmdesk.services.store import daily, key_file
from rmdesk.services.sync import device_key, state
from rmdesk.services.sync.hub_client import HubClient
from rmdesk.services.sync.session import Nobody
from rmdesk.wire import signed
from rmdesk.wire.devices import Wiped

if TYPE_CHECKING:
    import httpx

    from rmdesk.services.store.reads import Reads
    from rmdesk.services.store.store import Store

WIPE, RETIRE = "wipe", "retire"
UNTOLD = "wiped.json"  # what the hub must still hear; holds no data of anybody
LOCKS = ".lock"
BLOCK = 1 << 20


class Order(NamedTuple):
    """A genuine order. `kind`: wipe (at once), retire (when everything was handed in)."""

    kind: str
    hub: str
    device: str
    code: str


class WipedHere(Known):
    """This desk removed its data; nothing of the profile is left to work with."""


def checked(word: str, key: str, hub: str, device: str) -> Order:
    """The order a word holds; Refused when this hub did not sign it for this device."""
    for kind in (WIPE, RETIRE):
        told = signed.opened(word, kind, key) if key else None
        if told is not None and (told.get("hub"), told.get("device")) == (hub, device) and told.get("code"):
            return Order(kind, hub, device, str(told["code"]))
    raise Refused(
        N_("An order to remove all data came that is not genuine. Nothing was removed."),
        do=N_("Tell whoever looks after the hub."),
        code="bad_order",
    )


def obey(store: Store, word: str, transport: httpx.BaseTransport | None = None) -> WipedHere:
    """Check the order, remove everything, tell the hub; gives what to raise.

    Refused for an order that is not genuine; Trouble(code="unheard") for a desk to be retired that has not handed in
    everything yet.
    """
    hub, device, kept, unheard = store.read(_asked)
    order = checked(word, hub.key, hub.id, device)
    if order.kind == RETIRE and unheard:
        raise Trouble(
            N_("This desk is to be retired, and the hub has not heard everything yet."),
            do=N_("Synchronise again; look at what needs your attention. Nothing was removed."),
            code="unheard",
        )
    folder = store.folder
    counts = _wipe(store, kept)
    with suppress(OSError):
        told = {"url": hub.url, "device": device, "code": order.code, "counts": counts}
        (folder / UNTOLD).write_text(json.dumps(told), encoding="utf-8")
    tell(folder, transport)
    return WipedHere(
        N_("The bank had all data on this computer removed."),
        do=N_("Ask your lead or the administrator."),
        code="wiped",
    )


def tell(folder: Path, transport: httpx.BaseTransport | None = None) -> bool:
    """Tell the hub that this desk is empty, now or at a later start; whether nothing is left to tell."""
    path = folder / UNTOLD
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return True
    try:
        with HubClient(told["url"], Nobody(), transport) as client:
            client.ask(
                f"/v1/devices/{told['device']}/wiped", Wiped(told["code"], told["counts"]), None, signed_in=False
            )
    except Trouble as error:
        if error.code != "hub_refused":  # it was told already
            return False
    with suppress(OSError):
        path.unlink()
    return True


def _wipe(store: Store, tokens: dict[str, object]) -> dict[str, int]:
    folder, counts = store.folder, {"keys": 0, "files": 0}
    with suppress(Known):
        file, _spare = key_file.read(folder)
        for slot in (file.slot(kind) for kind in key_file.IN_KEYRING):
            daily.forget(slot)
            counts["keys"] += slot is not None
    with suppress(Known):
        device_key.forget(tokens.get("key"))
    for name in (key_file.FILE, key_file.SPARE):
        counts["keys"] += _gone(folder / name)
    store.close()
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != LOCKS]
    counts["files"] = sum(map(_gone, sorted(files, key=_rank)))
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            with suppress(OSError):
                path.rmdir()
    return counts


def _rank(path: Path) -> tuple[bool, str]:
    """The data first, then the rest."""
    return not path.name.startswith("rmdesk.db"), str(path)


def _gone(path: Path) -> int:
    """Overwrite a file and remove it; 1 when it was there."""
    if not path.is_file() or path.is_symlink():
        with suppress(OSError):
            path.unlink()
        return 0
    with suppress(OSError), path.open("r+b") as file:
        left = path.stat().st_size
        while left > 0:
            left -= file.write(os.urandom(min(left, BLOCK)))
        file.flush()
        os.fsync(file.fileno())
    with suppress(OSError):
        path.unlink()
    return 1


def _asked(reads: Reads) -> tuple[state.Hub, str, dict[str, object], int]:
    unheard = int(reads.value("SELECT count(*) FROM sync_record WHERE state = 'dirty'"))
    return state.the_hub(reads), str(state.get(reads, "device") or ""), state.get(reads, "tokens") or {}, unheard
