"""The triggers of a desk that follows a hub: each change of a record that travels is noted in the transaction that
makes it, whoever makes it, also raw SQL; and what the bank told is written by what the hub sends and nobody else.

They are made from the registry when a hub is joined and dropped when it is left: a desk without a hub opens without
them. `FINGERPRINT` tells which ones a file has, so that a newer program renews them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from rmdesk.services.store.others import BANK as REFUSED
from rmdesk.wire.registry import BANK_COLUMNS, BANK_TABLES, BY_NAME, LOCAL_SETTINGS, TYPES, Type

ON = "(SELECT joined = 1 AND applying = 0 FROM sync_control)"
NOW = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
_PREFIXES = ("sync_", "bank_")

Run = Callable[[str], Any]


def install(run: Run) -> None:
    """Make the triggers anew; `run` executes one statement of the transaction that joins a hub."""
    remove(run)
    for sql in STATEMENTS.values():
        run(sql)


def remove(run: Run) -> None:
    """Drop every trigger of ours, also those of older programs."""
    names = [str(row[0]) for row in run("SELECT name FROM sqlite_schema WHERE type = 'trigger'")]
    for name in names:
        if name.startswith(_PREFIXES):
            run(f"DROP TRIGGER {name}")


def key_of(kind: Type, row: str) -> str:
    """SQL for a record's primary key as text, parts joined by "/"; `row` is new, old or a table's alias."""
    if len(kind.key) == 1:
        return f'CAST({row}."{kind.key[0]}" AS TEXT)'
    return " || '/' || ".join(f'{row}."{name}"' for name in kind.key)


def client_of(kind: Type, row: str) -> str:
    """SQL for the client a record is about: its own, or its parent's, or NULL."""
    if len(kind.client) > 1:
        return f"coalesce({', '.join(f'{row}.{name}' for name in kind.client)})"
    if kind.client:
        return f"{row}.{kind.client[0]}"
    if kind.field("client_id") is not None:
        return f"{row}.client_id"
    parent = kind.field(kind.parent) if kind.parent else None
    above = BY_NAME[parent.to] if parent is not None else None
    if parent is None or above is None or not above.client:
        return "NULL"
    return f"(SELECT p.{above.client[0]} FROM {above.name} p WHERE p.id = {row}.{parent.name})"


def _insert(kind: Type) -> str:
    # Made again under its old key (a deletion taken back): it stands on what was on screen when it was deleted.
    filled = ", ".join(f"'{one.name}', CASE WHEN new.\"{one.name}\" IS NOT NULL THEN 0 END" for one in kind.fields)
    again = ", ".join(f"'{one.name}', coalesce(deleted, rev)" for one in kind.fields)
    return (
        "INSERT INTO sync_record (entity, entity_id, client_id, dirty, state, edits, edited_at) "
        f"VALUES ('{kind.name}', {key_of(kind, 'new')}, {client_of(kind, 'new')}, "
        f"json_patch('{{}}', json_object({filled})), 'dirty', 1, {NOW}) "
        "ON CONFLICT (entity, entity_id) DO UPDATE SET client_id = excluded.client_id, "
        f"dirty = json_object({again}), deleted = NULL, state = 'dirty', edits = edits + 1, edited_at = {NOW};"
    )


def _delete(kind: Type) -> str:
    which = f"entity = '{kind.name}' AND entity_id = {key_of(kind, 'old')}"
    return (
        f"DELETE FROM sync_record WHERE {which} AND rev = 0 AND sent IS NULL; "
        "UPDATE sync_record SET deleted = coalesce(deleted, "
        "(SELECT min(value) FROM json_each(dirty) HAVING min(value) < rev), rev), dirty = '{}', state = 'dirty', "
        f"edits = edits + 1, edited_at = {NOW} WHERE {which};"
    )


def _update(kind: Type) -> str:
    # The base of a field that is dirty already stays: json_patch lets what was there win.
    changed = ", ".join(
        f'\'{one.name}\', CASE WHEN new."{one.name}" IS NOT old."{one.name}" THEN rev END' for one in kind.fields
    )
    key = key_of(kind, "new")
    return (
        f"INSERT INTO sync_record (entity, entity_id) VALUES ('{kind.name}', {key}) ON CONFLICT DO NOTHING; "
        f"UPDATE sync_record SET client_id = {client_of(kind, 'new')}, deleted = NULL, state = 'dirty', "
        f"dirty = json_patch(json_patch('{{}}', json_object({changed})), dirty), edits = edits + 1, "
        f"edited_at = {NOW} WHERE entity = '{kind.name}' AND entity_id = {key};"
    )


def _tracking(kind: Type) -> dict[str, str]:
    name, only = kind.name, {"new": ON, "old": ON}
    if name == "setting":
        local = ", ".join(f"'{key}'" for key in LOCAL_SETTINGS)
        only = {row: f"{ON} AND {row}.key NOT IN ({local})" for row in only}
    differs = " OR ".join(f'new."{one.name}" IS NOT old."{one.name}"' for one in kind.fields)
    columns = ", ".join(f'"{one.name}"' for one in kind.fields)
    rekeyed = f"{key_of(kind, 'new')} <> {key_of(kind, 'old')}"
    made = {
        "insert": f"AFTER INSERT ON {name} WHEN {only['new']} BEGIN {_insert(kind)} END",
        "delete": f"AFTER DELETE ON {name} WHEN {only['old']} BEGIN {_delete(kind)} END",
        "update": f"AFTER UPDATE OF {columns} ON {name} WHEN {only['new']} AND NOT ({rekeyed}) AND ({differs}) "
        f"BEGIN {_update(kind)} END",
    }
    if kind.key != ("id",):
        keys = ", ".join(f'"{key}"' for key in kind.key)
        made["rekey"] = (
            f"AFTER UPDATE OF {keys} ON {name} WHEN {only['new']} AND {rekeyed} "
            f"BEGIN {_delete(kind)} {_insert(kind)} END"
        )
    return {f"sync_{name}_{what}": sql for what, sql in made.items()}


def _guards() -> dict[str, str]:
    no = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    made = {
        f"bank_{table}_{what.lower()}": f"BEFORE {what} ON {table} WHEN {ON} {no}"
        for table in BANK_TABLES
        for what in ("INSERT", "UPDATE", "DELETE")
    }
    columns = ", ".join(BANK_COLUMNS)
    differs = " OR ".join(f"new.{name} IS NOT old.{name}" for name in BANK_COLUMNS)
    made["bank_client_insert"] = f"BEFORE INSERT ON client WHEN new.origin = 'bank' AND {ON} {no}"
    made["bank_client_update"] = (
        f"BEFORE UPDATE OF {columns} ON client WHEN old.origin = 'bank' AND {ON} AND ({differs}) {no}"
    )
    made["bank_client_delete"] = f"BEFORE DELETE ON client WHEN old.origin = 'bank' AND {ON} {no}"
    return made


def _searched() -> dict[str, str]:
    # Texts that nobody has settled yet are found like any other (services/search/sources.py).
    def note(row: str) -> str:
        key = f"coalesce({row}.client_id, '') || '/' || {row}.entity || '/' || {row}.entity_id"
        return f"INSERT INTO search_change (entity, entity_id) VALUES ('sync_record', {key}) ON CONFLICT DO NOTHING"

    there, gone = "new.conflicts <> '{}'", "old.conflicts <> '{}'"
    changed = "new.conflicts IS NOT old.conflicts"
    return {
        "sync_search_insert": f"AFTER INSERT ON sync_record WHEN {there} BEGIN {note('new')}; END",
        "sync_search_update": f"AFTER UPDATE OF conflicts ON sync_record WHEN {changed} BEGIN {note('new')}; END",
        "sync_search_delete": f"AFTER DELETE ON sync_record WHEN {gone} BEGIN {note('old')}; END",
    }


_ALL = {name: sql for kind in TYPES for name, sql in _tracking(kind).items()} | _guards() | _searched()
STATEMENTS = {name: f"CREATE TRIGGER {name} {sql}" for name, sql in _ALL.items()}
FINGERPRINT = hashlib.sha256("\n".join(STATEMENTS.values()).encode()).hexdigest()[:16]
