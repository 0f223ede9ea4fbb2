"""What desks ask to keep in step."""

from __future__ import annotations

import threading

from rmdesk.hub.api.speaking import Ask, Speaker
from rmdesk.hub.failures import Failed
from rmdesk.hub.packing import Packed
from rmdesk.hub.services import desks, escrow, pull, receipts
from rmdesk.hub.services.push import pushing
from rmdesk.wire.blobs import Escrow, Receipt
from rmdesk.wire.messages import First, FirstPage, Hello, Pull, Pulled, Push, Pushed, Welcome
from rmdesk.wire.proofs import Fetch, Fetched, Manifest, ManifestAnswer

_first_loads = threading.Lock()
_loading: dict[str, int] = {"now": 0}


def hello(ask: Ask[Hello]) -> Welcome:
    """Greet the hub."""
    return desks.hello(ask.hub, ask.caller, ask.told)


def push(ask: Ask[Push]) -> Packed:
    """Hand in a batch of edits."""
    return pushing.push(ask.hub, ask.caller, ask.told, ask.body)


def pulled(ask: Ask[Pull]) -> pull.PackedPull:
    """Ask for what is new."""
    return pull.pull(ask.hub, ask.caller, ask.told)


def first(ask: Ask[First]) -> pull.PackedPage:
    """Load a scope for the first time, a page at a time; 503 while too many do."""
    with _first_loads:
        if _loading["now"] >= ask.hub.settings.first_syncs:
            raise Failed(503, "busy", retry_after=3)
        _loading["now"] += 1
    try:
        return pull.first(ask.hub, ask.caller, ask.told)
    finally:
        with _first_loads:
            _loading["now"] -= 1


def manifest(ask: Ask[Manifest]) -> ManifestAnswer:
    """Ask which records a scope has."""
    return pull.manifest(ask.hub, ask.caller, ask.told)


def fetch(ask: Ask[Fetch]) -> pull.PackedRows:
    """Ask for some records as they are now."""
    return pull.fetch(ask.hub, ask.caller, ask.told)


def receipt(ask: Ask[Receipt]) -> None:
    """Say what was removed after a client left."""
    receipts.take(ask.hub, ask.caller, ask.told)


def keep_escrow(ask: Ask[Escrow]) -> None:
    """Keep a desk's data key, sealed to the bank's recovery key."""
    escrow.keep(ask.hub, ask.caller, ask.told)


speaker = Speaker("sync")
speaker.post("/v1/hello", hello, Hello, Welcome, fails=(426,))
speaker.post("/v1/sync/push", push, Push, Pushed, fails=(409, 426))
speaker.post("/v1/sync/pull", pulled, Pull, Pulled, fails=(409, 426))
speaker.post("/v1/sync/first", first, First, FirstPage, fails=(409, 426))
speaker.post("/v1/sync/manifest", manifest, Manifest, ManifestAnswer, fails=(409,))
speaker.post("/v1/sync/fetch", fetch, Fetch, Fetched, fails=(409,))
speaker.post("/v1/receipts", receipt, Receipt)
speaker.post("/v1/escrow", keep_escrow, Escrow)
router = speaker.router
