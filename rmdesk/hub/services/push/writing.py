"""Writes what a batch came to: each table in one statement."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import structs
from psycopg import Connection

from rmdesk.base import clock
from rmdesk.hub.core import Caller
from rmdesk.hub.services.audit import Entry, hash_of
from rmdesk.hub.services.push.ledger import Act, Ledger, ScopeState, new_id
from rmdesk.wire.messages import Push

# Rows go to the database as one JSON text: quicker than an array for each column, whose texts are escaped one by one.
RECORD = """
INSERT INTO record (scope_id, id, type, client_id, parent_id, rev, seq, deleted, fields, field_rev, conflicts,
                    by, device, at, received_at)
SELECT scope, id, type, client, parent, rev, seq, deleted, fields, field_rev, conflicts, %s, %s, at, %s
FROM json_to_recordset(%s::json)
  AS t (scope text, id text, type text, client text, parent text, rev bigint, seq bigint, deleted boolean,
        fields jsonb, field_rev jsonb, conflicts jsonb, at text)
ON CONFLICT (scope_id, id) DO UPDATE SET
  client_id = excluded.client_id, parent_id = excluded.parent_id, rev = excluded.rev, seq = excluded.seq,
  deleted = excluded.deleted, fields = excluded.fields, field_rev = excluded.field_rev,
  conflicts = excluded.conflicts, by = excluded.by, device = excluded.device, at = excluded.at,
  received_at = excluded.received_at
"""
HOMES = """
INSERT INTO record_dir (id, home) SELECT id, scope FROM json_to_recordset(%s::json) AS t (id text, scope text)
"""
CLIENTS = """
INSERT INTO hub_client (id, book) SELECT id, book FROM json_to_recordset(%s::json) AS t (id text, book text)
"""
HISTORY = """
INSERT INTO record_history (scope_id, entry, id, type, rev, patch, status, by, device, push_no, at)
SELECT scope, entry, item ->> 'id', item ->> 'type', rev, item, status, %s, %s, %s, %s
FROM json_to_recordset(%s::json) AS t (scope text, entry text, item jsonb, rev bigint, status text)
"""
LATE = """
INSERT INTO quarantine (scope_id, id, user_id, device_id, push_no, item, reason, late_id, at)
SELECT scope, record, %s, %s, %s, item, reason, record, %s
FROM json_to_recordset(%s::json) AS t (scope text, item jsonb, record text, reason text)
ON CONFLICT DO NOTHING
"""
SCOPES = """
UPDATE scope SET head = t.head, live = t.live, digest = t.digest, audit_no = t.audit_no,
                 audit_head = decode(t.audit_head, 'hex')
FROM json_to_recordset(%s::json)
  AS t (id text, head bigint, live int, digest numeric, audit_no bigint, audit_head text)
WHERE scope.id = t.id
"""
AUDIT = """
INSERT INTO audit (scope_id, no, at, user_id, device_id, action, detail, hash)
SELECT scope, no, at, "user", device, action, detail, decode(hash, 'hex')
FROM json_to_recordset(%s::json)
  AS t (scope text, no bigint, at timestamptz, "user" text, device text, action text, detail jsonb, hash text)
"""


def write(connection: Connection[Any], ledger: Ledger, who: Caller, push: Push) -> None:
    """Write all of it, in the transaction that holds the locks."""
    now = clock.now()
    if ledger.clients:
        made = [{"id": client, "book": book} for client, book in ledger.clients.items()]
        connection.execute(CLIENTS, (_json(made),))
    if ledger.made:
        homes = [{"id": record, "scope": ledger.rows[record].scope} for record in ledger.made]
        connection.execute(HOMES, (_json(homes),))
    if ledger.changed:
        rows = [structs.asdict(row) | {"parent": ledger.parents.get(row.id)} for row in ledger.changed.values()]
        connection.execute(RECORD, (who.user, who.device, now, _json(rows)))
    if ledger.history:
        history = [one._asdict() | {"entry": new_id()} for one in ledger.history]
        connection.execute(HISTORY, (who.user, who.device, push.push_no, now, _json(history)))
    if ledger.late:
        late = [one._asdict() for one in ledger.late]
        connection.execute(LATE, (who.user, who.device, push.push_no, now, _json(late)))
    if ledger.scopes:
        connection.execute(AUDIT, (_json(_entries(ledger, who, push)),))
        connection.execute(SCOPES, (_json([_state(scope, one) for scope, one in ledger.scopes.items()]),))


def _entries(ledger: Ledger, who: Caller, push: Push) -> list[dict[str, Any]]:
    """What the audit of each scope gets; the chain in the ledger goes on with it."""
    entries = []
    for scope, state in ledger.scopes.items():
        counted: Mapping[str, int] = ledger.counted.get(scope, {})
        told = {name: counted[name] for name in sorted(counted)}
        for act in (*ledger.acts.get(scope, ()), Act("push", {"push_no": push.push_no, **told})):
            state.audit_no += 1
            entry = Entry(scope, state.audit_no, clock.now(), who.user, who.device, act.action, act.detail)
            state.audit_head = hash_of(state.audit_head, entry)
            entries.append(
                {
                    "scope": scope,
                    "no": entry.no,
                    "at": entry.at,
                    "user": entry.user,
                    "device": entry.device,
                    "action": entry.action,
                    "detail": entry.detail,
                    "hash": state.audit_head.hex(),
                }
            )
    return entries


def _state(scope: str, state: ScopeState) -> dict[str, Any]:
    return {
        "id": scope,
        "head": state.head,
        "live": state.live,
        "digest": str(state.digest),
        "audit_no": state.audit_no,
        "audit_head": state.audit_head.hex(),
    }


def _json(rows: Sequence[Mapping[str, Any]]) -> str:
    return msgspec.json.encode(rows).decode()


def digest(body: bytes) -> bytes:
    """What a batch's number is bound to."""
    return hashlib.sha256(body).digest()
