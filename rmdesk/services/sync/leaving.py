"""A client leaves a scope: what is unsent is told first, then everything of the client that came from there goes.

Who left, and what is still to be removed, is kept in `leaving` {client's wire id: [scope, hand-over]}; what the hub
must be told of removals in `receipts`.
"""

from __future__ import annotations

from typing import Any

from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync import contents, known, purge, removing, state, waiting
from rmdesk.services.sync.known import Known
from rmdesk.wire import merge
from rmdesk.wire.registry import BY_NAME, TYPES


def leave(work: UnitOfWork, client: str, scope: str, handover: str) -> None:
    """A client (wire id) left a scope; removed at once, or after what is unsent was told."""
    told: dict[str, Any] = state.get(work, "leaving") or {}
    told[client] = [scope, handover]
    state.put(work, "leaving", told)
    _one(work, client, scope, handover)


def sweep(work: UnitOfWork) -> int:
    """Remove those who left and of whom nothing unsent is here any more; how many still stay."""
    for client, (scope, handover) in list((state.get(work, "leaving") or {}).items()):
        _one(work, client, scope, handover)
    return len(state.get(work, "leaving") or {})


def revoke(work: UnitOfWork, scope: str) -> int:
    """A scope may no longer be followed: what came from there goes, unsent records after they were told.

    Gives how many stay for now.
    """
    here = known.where(work, "scope = ?", (scope,))
    stay = [one for one in here if one.held.waits]
    book = scope.partition(":")[2] if scope.startswith("bank:") else ""
    clients = work.rows("SELECT client_id, wire_id FROM sync_client WHERE book = ?", (book,)) if book else []
    if not stay:
        for _key, wire in clients:
            purge.purge_client(work, wire, scope)
        with contents.applying(work):
            take_away(work, [one for one in here if one.held.scope == scope])
        removing.drop_scope(work, scope)
    return len(stay)


def take_away(work: UnitOfWork, gone: list[Known]) -> None:
    """Delete records and what is known of them, children first; call with `applying` set."""
    for kind in reversed(TYPES):
        keys = [one.entity_id for one in gone if one.entity == kind.name]
        contents.remove(work, kind, keys)
    known.forget(work, gone)
    waiting.drop(work, [one.wire_id for one in gone if one.wire_id])


def _one(work: UnitOfWork, client: str, scope: str, handover: str) -> None:
    number = work.value("SELECT client_id FROM sync_client WHERE wire_id = ?", (client,))
    here = known.where(work, "client_id = ? AND client_id IS NOT NULL", (number,)) if number is not None else []
    ours = [one for one in here if merge.leaves(one.held, scope)]
    if any(one.held.waits for one in ours if BY_NAME.get(one.entity) is not None):
        return
    told: dict[str, Any] = state.get(work, "leaving") or {}
    told.pop(client, None)
    state.put(work, "leaving", told or None)
    counts = purge.purge_client(work, client, scope)
    if counts and handover:
        receipts = state.get(work, "receipts") or []
        state.put(work, "receipts", [*receipts, {"handover": handover, "client": client, "counts": counts}])
