"""Takes in a batch: lock the device, then the scopes in the order of their ids, decide, write, remember the answer."""

from __future__ import annotations

from typing import Any

from psycopg import Connection

from rmdesk.base import clock
from rmdesk.hub.core import Caller, Hub
from rmdesk.hub.database import Again
from rmdesk.hub.failures import Failed
from rmdesk.hub.packing import Packed, packed
from rmdesk.hub.services import scopes
from rmdesk.hub.services.desks import OLDEST_PUSH
from rmdesk.hub.services.push import reading
from rmdesk.hub.services.push.deciding import Deciding, turn
from rmdesk.hub.services.push.homes import Homes, Place, directories
from rmdesk.hub.services.push.writing import digest, write
from rmdesk.wire.messages import Push, Pushed

DEVICE = """
SELECT d.push_no, d.push_digest, d.push_answer, d.status, h.epoch
FROM device d, hub_state h WHERE d.id = %s AND d.user_id = %s FOR UPDATE OF d
"""
MAY_PUSH = ("active", "retired")  # a retired desk hands in its work before it goes
REMEMBER = """
UPDATE device SET push_no = %s, push_digest = %s, push_answer = %s, seen_at = %s WHERE id = %s
"""


def push(hub: Hub, who: Caller, told: Push, body: bytes) -> Packed:
    """The answer to a batch. `body`: its very bytes, to which its number is bound.

    Fails with 403 for another one's device, 409 `epoch` or `rolled_back`, 426 for a desk that is far too old.
    """
    if told.device != who.device:
        raise Failed(403, "device")
    if told.schema < OLDEST_PUSH:
        raise Failed(426, "too_old")
    answer = hub.database.run(lambda connection: _push(connection, hub, who, told, body))
    hub.counts.add("rmdesk_pushes_total")
    hub.counts.add("rmdesk_pushed_items_total", len(told.items))
    return answer


def _push(connection: Connection[Any], hub: Hub, who: Caller, told: Push, body: bytes) -> Packed:
    row = connection.execute(DEVICE, (told.device, who.user)).fetchone()
    if row is None or row[3] not in MAY_PUSH:
        raise Failed(403, "device")
    push_no, bound, stored, _status, epoch = row
    if told.epoch != epoch:
        raise Failed(409, "epoch", epoch=epoch)
    mine = digest(body)
    if told.push_no == push_no and bound is not None and bytes(bound) == mine:
        return Packed(stored)
    if told.push_no != push_no + 1:
        raise Failed(409, "rolled_back")
    answer = packed(_taken(connection, hub, who, told, epoch))
    connection.execute(REMEMBER, (told.push_no, mine, bytes(answer), clock.now(), told.device))
    return answer


def _taken(connection: Connection[Any], hub: Hub, who: Caller, told: Push, epoch: int) -> Pushed:
    grants = scopes.grants(connection, who)
    hub.database.enter(connection, grants)
    known = directories(connection, told.items)
    homes = Homes(connection, who, grants, known)
    places: dict[int, Place] = {}
    for at in sorted(range(len(told.items)), key=lambda at: turn(told.items[at])):
        places[at] = homes.of(told.items[at])
    placed = [places[at] for at in range(len(told.items))]
    touched = {place.scope for place in placed if place.scope and place.wrong is None} | homes.of_parents(told.items)
    hub.database.enter(connection, touched)  # of others' scopes only those where something is kept aside
    locked = reading.lock(connection, sorted(touched))
    if directories(connection, told.items) != known:
        raise Again  # a hand-over came in between
    ledger = reading.ledger(connection, locked, told.items, placed, who, grants, epoch)
    results = Deciding(hub.settings, who, told, ledger, set()).decide(placed)
    write(connection, ledger, who, told)
    heads = {scope: state.head for scope, state in ledger.scopes.items() if scope in grants}
    return Pushed(told.push_no, epoch, clock.now().isoformat(timespec="milliseconds"), results, heads)
