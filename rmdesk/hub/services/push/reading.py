"""Locks the scopes of a batch and reads what its decisions need. Everything read here holds until the commit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from psycopg import Connection

from rmdesk.hub.core import Caller
from rmdesk.hub.services.push.homes import Place
from rmdesk.hub.services.push.late import late_of
from rmdesk.hub.services.push.ledger import Ledger, ScopeState
from rmdesk.hub.services.rows import CHILDREN, COLUMNS, parent_of, read
from rmdesk.models.kinds import REVIEWED as REVIEWABLE
from rmdesk.models.kinds import SEALING, Word
from rmdesk.wire.messages import Item, Row
from rmdesk.wire.registry import BY_NAME

LOCK = """
SELECT id, head, live, digest, audit_no, audit_head FROM scope WHERE id = ANY(%s) ORDER BY id FOR UPDATE
"""
RECORDS = f"SELECT {COLUMNS} FROM record WHERE scope_id = ANY(%s) AND id = ANY(%s)"
# Records whose last word seals them; a record to be talked about stays as it was.
REVIEWED = f"""
SELECT parent_id FROM (
    SELECT DISTINCT ON (parent_id) parent_id, fields ->> 'verdict' AS word FROM record
    WHERE scope_id = ANY(%s) AND parent_id = ANY(%s) AND type = 'review' AND NOT deleted
      AND fields ->> 'verdict' <> '{Word.DISCUSS}'
    ORDER BY parent_id, fields ->> 'at' DESC, id DESC
) AS last WHERE word = ANY(%s)
"""
LIVE_CHILDREN = """
SELECT parent_id, id FROM record WHERE scope_id = ANY(%s) AND parent_id = ANY(%s) AND type = ANY(%s) AND NOT deleted
"""


def lock(connection: Connection[Any], scopes: Sequence[str]) -> dict[str, ScopeState]:
    """Lock scopes, always in the order of their ids; those that are not there are left out."""
    found = connection.execute(LOCK, (list(scopes),)).fetchall()
    return {row[0]: ScopeState(row[1], row[2], int(row[3]), row[4], bytes(row[5])) for row in found}


def ledger(
    connection: Connection[Any],
    locked: dict[str, ScopeState],
    items: Sequence[Item],
    places: Sequence[Place],
    who: Caller,
    readable: Collection[str],
    epoch: int,
) -> Ledger:
    """The records that the items and their rules speak of; of others' scopes only what shows their late edits."""
    late = {
        late_of(who.user, item).record: place.scope for item, place in zip(items, places, strict=True) if place.late
    }
    rows: dict[str, Row] = {}
    if late:
        rows |= {row.id: row for row in read(connection, RECORDS, (sorted(set(late.values())), sorted(late)))}
    scopes = sorted(scope for scope in locked if scope in readable)
    if not scopes:
        return Ledger(epoch, locked, rows, {}, frozenset())
    wanted = _wanted(items)
    rows |= {row.id: row for row in read(connection, RECORDS, (scopes, sorted(wanted)))}
    parents = {record: parent_of(BY_NAME[row.type], row.fields) for record, row in rows.items() if row.type in BY_NAME}
    above = {one for one in parents.values() if one and one not in wanted}
    if above:
        rows |= {row.id: row for row in read(connection, RECORDS, (scopes, sorted(above)))}
    reviewed = [item.id for item in items if item.type in REVIEWABLE]
    sealed = connection.execute(REVIEWED, (scopes, reviewed, list(SEALING))).fetchall() if reviewed else []
    children: dict[str, set[str]] = {}
    deleted = [item for item in items if item.delete is not None and item.type in CHILDREN]
    if deleted:
        kinds = sorted({kind for item in deleted for kind in CHILDREN[item.type]})
        told = (scopes, [item.id for item in deleted], kinds)
        for parent, child in connection.execute(LIVE_CHILDREN, told):
            children.setdefault(parent, set()).add(child)
    return Ledger(epoch, locked, rows, children, frozenset(row[0] for row in sealed), parents=parents)


def _wanted(items: Sequence[Item]) -> set[str]:
    wanted = {item.id for item in items}
    for item in items:
        kind = BY_NAME.get(item.type)
        if kind is not None and kind.parent and kind.parent in item.patch:
            wanted.add(str(item.patch[kind.parent].value))
    return wanted
