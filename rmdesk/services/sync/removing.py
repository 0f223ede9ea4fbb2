"""Taking away what the hub says is gone, without taking along what it says is not.

What hangs on a record goes with it in the tables of this desk. So whatever of that the hub still has is set aside
first, to wait for its record to come again; and a record on which something unsent hangs stays until the hub has
heard of that.
"""

from __future__ import annotations

from typing import Any

from rmdesk.models.kinds import Topic
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync import contents, known, waiting
from rmdesk.services.sync.known import Known
from rmdesk.services.sync.naming import Names
from rmdesk.services.sync.tracking import key_of
from rmdesk.wire.messages import Row
from rmdesk.wire.registry import BY_NAME, TYPES, Field, Kind, Type


def remove(work: UnitOfWork, gone: list[tuple[Known, Row]], waits: list[tuple[Row, str | None]]) -> None:
    """Take away records that the hub has deleted; those that must stay for now are added to `waits`."""
    going = {(one.entity, one.entity_id) for one, _row in gone}
    by_kind: dict[str, list[tuple[Known, Row]]] = {}
    for one, row in gone:
        by_kind.setdefault(one.entity, []).append((one, row))
    for kind in reversed(TYPES):
        leaving = []
        for one, row in by_kind.get(kind.name, ()):
            unsent = _set_children_aside(work, kind, one.entity_id, one.wire_id or "", going)
            if unsent:
                waits.append((row, unsent))
                going.discard((one.entity, one.entity_id))
            else:
                leaving.append(one)
        contents.remove(work, kind, [one.entity_id for one in leaving])
        known.forget(work, leaving)


def set_aside(work: UnitOfWork, kind: Type, one: Known) -> None:
    """A record that is here lost what it hangs on: it goes from its table, and the hub's row waits in its stead.

    One with something unsent stays as it was.
    """
    if one.held.waits:
        return
    contents.remove(work, kind, [one.entity_id])
    known.forget(work, [one])


def row_of(one: Known, values: dict[str, Any], client: str | None) -> Row:
    """A clean record as the hub has it."""
    held = one.held
    return Row(
        one.entity,
        str(one.wire_id),
        held.scope,
        held.rev,
        client,
        fields={name: value for name, value in values.items() if value is not None},
        field_rev=held.field_rev,
        conflicts=held.conflicts,
        by=one.changed_by or "",
        at=one.changed_at or "",
    )


def links_to(name: str) -> list[tuple[Type, Field]]:
    """Every kind of record and field that points to records of a kind."""
    return [
        (kind, one)
        for kind in TYPES
        for one in kind.fields
        if (one.kind is Kind.LINK and one.to == name) or (one.kind is Kind.CLIENT and name == "client")
    ]


def make_room(work: UnitOfWork, kind: Type, key: str, wire: str) -> bool:
    """Set aside what hangs on a record that will be deleted; False when something unsent forbids it."""
    return _set_children_aside(work, kind, key, wire, set()) is None


def _set_children_aside(work: UnitOfWork, kind: Type, of: str, wire: str, going: set[tuple[str, str]]) -> str | None:
    """Keep what hangs on a record as rows that wait for it; the wire id of an unsent one that forbids the removal."""
    for child, link in links_to(kind.name):
        sql = f'SELECT {key_of(child, "t")} FROM {child.name} t WHERE t."{link.name}" = ?'
        target = int(of) if link.kind is Kind.CLIENT else of
        keys = [str(row[0]) for row in work.rows(sql, (target,))]
        keys = [key for key in keys if (child.name, key) not in going]
        if not keys:
            continue
        held = known.by_key(work, child.name, keys)
        tied = link.name in contents.needed_links(child.name)
        unsent = [key for key in keys if key in held and (held[key].held.waits or held[key].held.rev == 0)]
        if tied and unsent:
            return held[unsent[0]].wire_id or wire
        names = Names(work)
        values = contents.wire_values(work, child, keys, names)
        for key in keys:
            if key not in held or held[key].wire_id is None or held[key].held.waits:
                continue
            client = held[key].client
            names.learn_wires([("client", str(client))] if client is not None else [])
            row = row_of(held[key], values[key], names.wire("client", client) if client is not None else None)
            waiting.keep(work, [(row, wire)])
            if tied:
                contents.remove(work, BY_NAME[child.name], [key])
                known.forget(work, [held[key]])
    return None


def drop_scope(work: UnitOfWork, scope: str) -> None:
    """Forget a scope that may no longer be followed."""
    work.bulk("DELETE FROM sync_waiting WHERE scope = ?", (scope,), topics={Topic.SYNC})
    work.bulk("DELETE FROM sync_scope WHERE id = ?", (scope,), topics={Topic.SYNC})
