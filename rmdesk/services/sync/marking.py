"""On joining a hub: every record that travels becomes something that the hub must hear, on revision 0.

Two desks of one manager that joined with the same records meet in the same ids; what they differ in becomes an open
difference, and nothing of either is lost.
"""

from __future__ import annotations

from rmdesk.models.kinds import Origin, Topic, new_id
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync.tracking import NOW, client_of, key_of
from rmdesk.wire import ids
from rmdesk.wire.registry import LOCAL_SETTINGS, TYPES, Type

# What a manager alone writes on a client of the bank. Other fields are the manager's where `client.kept` says so.
_ALWAYS_OWN = ("note", "merged_into", "preferred_channel", "preferred_hours", "kept")
_WITH = {"initials": "pinyin", "pinyin_also": "pinyin"}  # set together with another field


def mark_all(work: UnitOfWork) -> int:
    """Make every record that travels dirty, in sets, one table after the other; how many there are now.

    `work.progress` is told in tables; a cancellation leaves no trace.
    """
    name_clients(work)
    for at, kind in enumerate(TYPES):
        work.progress.at(at, len(TYPES))
        work.bulk(_marking(kind), topics={Topic.SYNC})
    return int(work.value("SELECT count(*) FROM sync_record WHERE state <> 'clean'"))


def name_clients(work: UnitOfWork, *, unsent: bool = False) -> None:
    """Give every client without one its wire id: those of the bank by their number, prospects a random one.

    `unsent`: look only at those the hub must hear of; all others were named before.
    """
    changed = "SELECT CAST(entity_id AS INTEGER) FROM sync_record WHERE state <> 'clean' AND entity = 'client'"
    sql = (
        "SELECT id, number FROM client WHERE id NOT IN (SELECT client_id FROM sync_client) "
        f"{f'AND id IN ({changed}) ' if unsent else ''}ORDER BY origin <> '{Origin.BANK}', id"
    )
    for page in work.pages(sql):
        named = [(key, ids.client_id(number) if number else new_id()) for key, number in page]
        work.bulk("INSERT OR IGNORE INTO sync_client (client_id, wire_id) VALUES (?, ?)", named, topics={Topic.SYNC})


def _marking(kind: Type) -> str:
    """One statement that marks the records of a kind; what is marked already gets no other base."""
    where, filled = "true", _filled(kind)
    if kind.name == "setting":
        where = f"t.key NOT IN ({', '.join(repr(key) for key in LOCAL_SETTINGS)})"
    if kind.name == "client":
        own = f"CASE WHEN t.origin = '{Origin.DESK}' THEN {filled} ELSE {_set_at_the_desk(kind)} END"
        where, filled = f"({own}) <> '{{}}'", own
    return (
        "INSERT INTO sync_record (entity, entity_id, client_id, dirty, state, edits, edited_at) "
        f"SELECT '{kind.name}', {key_of(kind, 't')}, {client_of(kind, 't')}, {filled}, 'dirty', 1, {NOW} "
        f"FROM {kind.name} t WHERE {where} ON CONFLICT (entity, entity_id) DO UPDATE SET "
        "dirty = json_patch(excluded.dirty, dirty), state = 'dirty', edits = edits + 1"
    )


def _filled(kind: Type) -> str:
    fields = ", ".join(f"'{one.name}', CASE WHEN t.\"{one.name}\" IS NOT NULL THEN 0 END" for one in kind.fields)
    return f"json_patch('{{}}', json_object({fields}))"


def _set_at_the_desk(kind: Type) -> str:
    told = []
    for one in kind.fields:
        own = (
            ""
            if one.name in _ALWAYS_OWN
            else f" AND json_extract(t.kept, '$.{_WITH.get(one.name, one.name)}') IS NOT NULL"
        )
        told.append(f"'{one.name}', CASE WHEN t.\"{one.name}\" IS NOT NULL{own} THEN 0 END")
    return f"json_patch('{{}}', json_object({', '.join(told)}))"
