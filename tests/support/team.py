"""A desk that follows a hub, without one: what the hub would have told is written into the file by hand."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from rmdesk.base import clock
from rmdesk.models.kinds import new_id
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync import tracking
from rmdesk.wire import ids
from tests.support import build

ME, WANG, LEAD = (ids.named("user", name) for name in ("me", "wang", "lead"))
BOOK, TEAM = ids.named("book"), ids.named("team")
DEVICE = ids.named("device")
PEOPLE = ((ME, "李文静", "manager"), (WANG, "王涛", "manager"), (LEAD, "陈国栋", "lead"))


def join(store: Store) -> None:
    """From now on changes are noted, and the bank's facts are read-only."""
    build.perform(store, _join)


def _join(work: UnitOfWork) -> None:
    for id_, name, role in PEOPLE:
        work.bulk(
            "INSERT OR REPLACE INTO colleague (id, name, role, book, team) VALUES (?, ?, ?, ?, ?)",
            (id_, name, role, BOOK if id_ == ME else None, TEAM), topics=(),
        )  # fmt: skip
    for name, value in {
        "hub": {"url": "https://hub.bank.example", "id": ids.named("hub"), "key": ""},
        "me": {"user": ME, "name": "李文静", "role": "manager", "team": TEAM, "book": BOOK},
        "device": DEVICE,
        "reached": {"at": clock.now().isoformat(), "error": "", "next_after": 900},
        "lease": json.dumps({"not_after": (clock.now() + timedelta(days=6, hours=1)).isoformat()}),
    }.items():
        state(work, name, value)
    for scope, kind, live in ((f"bank:{BOOK}", "bank", 300), (f"book:{BOOK}", "book", 5200), (f"own:{ME}", "own", 88)):
        work.bulk(
            "INSERT OR REPLACE INTO sync_scope (id, kind, label, owner, write, phase, cursor, head, live, digest) "
            "VALUES (?, ?, ?, ?, 1, 'live', 9, 9, ?, '0')",
            (scope, kind, "", ME, live), topics=(),
        )  # fmt: skip
    work.bulk(
        "INSERT OR REPLACE INTO sync_client (client_id, wire_id, book) "
        "SELECT id, lower(printf('%032x', id)), ? FROM client", (BOOK,), topics=(),
    )  # fmt: skip
    work.bulk("UPDATE sync_control SET joined = 1, applying = 0", topics=())
    tracking.install(lambda sql: work._driver(sql, ()))


def state(work: UnitOfWork, name: str, value: Any) -> None:
    """Keep a fact of following the hub."""
    work.bulk("INSERT OR REPLACE INTO sync_state (name, value) VALUES (?, ?)", (name, json.dumps(value)), topics=())


def told(work: UnitOfWork, entity: str, key: str, client: int | None = None, *, by: str = WANG, rev: int = 5) -> None:
    """The hub knows this record as it is here."""
    work.bulk(
        "INSERT OR REPLACE INTO sync_record (entity, entity_id, wire_id, client_id, scope, rev, changed_by, changed_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (entity, key, ids.named(entity, key), client, f"book:{BOOK}", rev, by, _at(3)), topics=(),
    )  # fmt: skip


def differ(work: UnitOfWork, entity: str, key: str, field: str, value: Any, *, by: str = ME, hours: float = 2) -> str:
    """Somebody wrote another value unseen; gives back the id of the difference."""
    conflict = new_id()
    one = {"field": field, "value": value, "by": by, "device": DEVICE, "at": _at(hours), "base": 3}
    work.bulk(
        "UPDATE sync_record SET conflicts = json_patch(conflicts, ?) WHERE entity = ? AND entity_id = ?",
        (json.dumps({conflict: one}, ensure_ascii=False), entity, key), topics=(),
    )  # fmt: skip
    return str(conflict)


def refuse(work: UnitOfWork, entity: str, key: str, code: str, field: str = "") -> None:
    """The hub did not take the record."""
    work.bulk(
        "UPDATE sync_record SET state = 'refused', refusal = ? WHERE entity = ? AND entity_id = ?",
        (json.dumps({"code": code, "field": field}), entity, key), topics=(),
    )  # fmt: skip


def late(
    work: UnitOfWork, client: int, entity: str, key: str, *, by: str = WANG, delete: bool = False, **patch: Any
) -> str:
    """A former manager wrote this about a client who had moved here by then."""
    item = {
        "type": entity, "id": key, "client": f"{client:032x}", "at": _at(30),
        "patch": {name: {"value": value, "base": 0} for name, value in patch.items()},
        "delete": 4 if delete else None,
    }  # fmt: skip
    made = new_id()
    work.bulk(
        'INSERT INTO late_edit (id, client_id, entity, entity_id, item, "by", at, state) '
        "VALUES (?, ?, ?, ?, ?, ?, ?, 'open')",
        (made, client, entity, key, json.dumps(item, ensure_ascii=False), by, _at(30)), topics=(),
    )  # fmt: skip
    return str(made)


def _at(hours: float) -> str:
    return (clock.now() - timedelta(hours=hours)).isoformat(timespec="milliseconds")


def at(hours: float) -> datetime:
    """So many hours ago."""
    return clock.now() - timedelta(hours=hours)
