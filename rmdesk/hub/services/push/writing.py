"""Writes what a batch came to: each table in one statement."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from psycopg import Connection

from rmdesk.base import clock
from rmdesk.hub.core import Caller
from rmdesk.hub.services.audit import Entry, hash_of
from rmdesk.hub.services.push.ledger import Act, Ledger, ScopeState, new_id
from rmdesk.wire.messages import Push, Row

RECORD = """
INSERT INTO record (scope_id, id, type, client_id, parent_id, rev, seq, deleted, fields, field_rev, conflicts,
                    by, device, at, received_at)
SELECT scope_id, id, type, client_id, parent_id, rev, seq, deleted, fields::jsonb, field_rev::jsonb, conflicts::jsonb,
       %s, %s, at, %s
FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::bigint[], %s::boolean[],
            %s::text[], %s::text[], %s::text[], %s::text[])
  AS t (scope_id, id, type, client_id, parent_id, rev, seq, deleted, fields, field_rev, conflicts, at)
ON CONFLICT (scope_id, id) DO UPDATE SET
  client_id = excluded.client_id, parent_id = excluded.parent_id, rev = excluded.rev, seq = excluded.seq,
  deleted = excluded.deleted, fields = excluded.fields, field_rev = excluded.field_rev,
  conflicts = excluded.conflicts, by = excluded.by, device = excluded.device, at = excluded.at,
  received_at = excluded.received_at
"""
HISTORY = """
INSERT INTO record_history (scope_id, entry, id, type, rev, patch, status, by, device, push_no, at)
SELECT scope_id, entry, id, type, rev, patch::jsonb, status, %s, %s, %s, %s
FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::text[], %s::text[])
  AS t (scope_id, entry, id, type, rev, patch, status)
"""
LATE = """
INSERT INTO quarantine (scope_id, id, user_id, device_id, push_no, item, reason, late_id, at)
SELECT scope_id, late, %s, %s, %s, item::jsonb, 'handed_over', late, %s
FROM unnest(%s::text[], %s::text[], %s::text[]) AS t (scope_id, late, item)
"""
SCOPES = """
UPDATE scope SET head = t.head, live = t.live, digest = t.digest::numeric,
                 audit_no = t.audit_no, audit_head = t.audit_head
FROM unnest(%s::text[], %s::bigint[], %s::int[], %s::text[], %s::bigint[], %s::bytea[])
  AS t (id, head, live, digest, audit_no, audit_head)
WHERE scope.id = t.id
"""
AUDIT = """
INSERT INTO audit (scope_id, no, at, user_id, device_id, action, detail, hash)
SELECT scope_id, no, at, %s, %s, action, detail::jsonb, hash
FROM unnest(%s::text[], %s::bigint[], %s::timestamptz[], %s::text[], %s::text[], %s::bytea[])
  AS t (scope_id, no, at, action, detail, hash)
"""


def write(connection: Connection[Any], ledger: Ledger, who: Caller, push: Push) -> None:
    """Write all of it, in the transaction that holds the locks."""
    now = clock.now()
    if ledger.clients:
        _execute(connection, "INSERT INTO hub_client (id, book) SELECT * FROM unnest(%s::text[], %s::text[])",
                 (list(ledger.clients), list(ledger.clients.values())))  # fmt: skip
    if ledger.changed:
        made = [ledger.rows[record] for record in ledger.made]
        if made:
            _execute(connection, "INSERT INTO record_dir (id, home) SELECT * FROM unnest(%s::text[], %s::text[])",
                     ([row.id for row in made], [row.scope for row in made]))  # fmt: skip
        rows = [_columns(row, ledger.parents.get(row.id)) for row in ledger.changed.values()]
        _execute(connection, RECORD, (who.user, who.device, now, *_turned(rows)))
    if ledger.history:
        history = [
            (one.scope, new_id(), one.item.id, one.item.type, one.rev, _text(one.item), one.status)
            for one in ledger.history
        ]
        _execute(connection, HISTORY, (who.user, who.device, push.push_no, now, *_turned(history)))
    if ledger.late:
        late = [(one.scope, one.record, _text(one.item)) for one in ledger.late]
        _execute(connection, LATE, (who.user, who.device, push.push_no, now, *_turned(late)))
    _audit(connection, ledger, who, push)
    scopes = [
        (scope, one.head, one.live, str(one.digest), one.audit_no, one.audit_head)
        for scope, one in ledger.scopes.items()
    ]
    if scopes:
        _execute(connection, SCOPES, _turned(scopes))


def _audit(connection: Connection[Any], ledger: Ledger, who: Caller, push: Push) -> None:
    entries = []
    for scope, state in ledger.scopes.items():
        counted: Mapping[str, int] = ledger.counted.get(scope, {})
        told = {name: counted[name] for name in sorted(counted)}
        acts = [*ledger.acts.get(scope, ()), Act("push", {"push_no": push.push_no, **told})]
        entries += [_entry(scope, state, act, who) for act in acts]
    if entries:
        _execute(connection, AUDIT, (who.user, who.device, *_turned(entries)))


def _entry(scope: str, state: ScopeState, act: Act, who: Caller) -> tuple[Any, ...]:
    at = clock.now()
    state.audit_no += 1
    entry = Entry(scope, state.audit_no, at, who.user, who.device, act.action, act.detail)
    state.audit_head = hash_of(state.audit_head, entry)
    return scope, state.audit_no, at, act.action, _text(act.detail), state.audit_head


def _columns(row: Row, parent: str | None) -> tuple[Any, ...]:
    return (
        row.scope, row.id, row.type, row.client, parent, row.rev, row.seq, row.deleted,
        _text(row.fields), _text(row.field_rev), _text(row.conflicts), row.at,
    )  # fmt: skip


def _turned(rows: Sequence[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


def _text(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _execute(connection: Connection[Any], statement: str, told: Sequence[Any]) -> None:
    connection.execute(statement, told)


def digest(body: bytes) -> bytes:
    """What a batch's number is bound to."""
    return hashlib.sha256(body).digest()
