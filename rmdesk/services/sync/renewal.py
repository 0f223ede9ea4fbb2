"""A newer program opens the file of a desk that follows a hub: what notes its edits is renewed before the first one."""

from __future__ import annotations

from rmdesk.services.store.store import Store
from rmdesk.services.sync import state


def renew(store: Store) -> bool:
    """Called once the file is open and before anybody writes in it; whether there was anything to do.

    Without a hub it costs one row.
    """
    if not store.read(state.joined):
        return False
    from rmdesk.services.sync import greeting, tracking

    if store.read(state.get, "tracking") == tracking.FINGERPRINT:
        return False
    store.perform(greeting.Ready())
    return True
