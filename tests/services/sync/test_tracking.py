"""Each change of a record that travels is noted by the file itself, also when raw SQL makes it."""

from __future__ import annotations

import json

import pytest
from sqlcipher3 import dbapi2

from rmdesk.services.store.engine import connect
from rmdesk.services.store.store import Store
from rmdesk.services.sync import tracking
from rmdesk.wire.registry import BANK_TABLES, TYPES
from tests.support import build


@pytest.fixture
def raw(store: Store):
    """A joined desk's file, as raw SQL sees it, without foreign keys: each table by itself."""
    connection = connect(store.path, build.KEY)
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("PRAGMA ignore_check_constraints=ON")
    tracking.install(connection.execute)
    connection.execute("UPDATE sync_control SET joined = 1")
    yield connection
    connection.close()


def fill(raw, table: str, n: int = 1) -> None:
    columns = raw.execute(f"PRAGMA table_info({table})").fetchall()
    values = [None if not c[3] and not c[5] else (n if c[2] == "INTEGER" else f"t{n}") for c in columns]
    if table == "client":
        values = ["desk" if c[1] == "origin" else v for c, v in zip(columns, values, strict=True)]
    names = ", ".join(f'"{c[1]}"' for c in columns)
    raw.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})", values)


def held(raw, table: str):
    sql = "SELECT dirty, deleted, state, edits FROM sync_record WHERE entity = ?"
    return [(json.loads(row[0]), *row[1:]) for row in raw.execute(sql, (table,)).fetchall()]


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
def test_insert_each_update_and_delete_are_noted(raw, kind) -> None:
    fill(raw, kind.name)
    (dirty, deleted, state, _edits) = held(raw, kind.name)[0]
    assert (state, deleted) == ("dirty", None)
    assert set(dirty) <= {field.name for field in kind.fields}
    for field in kind.fields:
        if field.name in kind.key or field.name == "id":
            continue
        raw.execute("UPDATE sync_record SET dirty = '{}', state = 'clean', rev = 7, wire_id = 'w'")
        value = 5 if field.kind in ("int", "flag", "client") else "fresh"
        raw.execute(f'UPDATE {kind.name} SET "{field.name}" = ?', (value,))
        assert held(raw, kind.name)[0][0] == {field.name: 7}, field.name
        # The base does not move while the field is dirty, whatever comes in.
        raw.execute("UPDATE sync_record SET rev = 9")
        raw.execute(f'UPDATE {kind.name} SET "{field.name}" = ?', (6 if value == 5 else "fresher",))
        assert held(raw, kind.name)[0][0] == {field.name: 7}, field.name
    raw.execute("UPDATE sync_record SET rev = 9, deleted = NULL, dirty = '{}'")
    raw.execute(f"DELETE FROM {kind.name}")
    dirty, deleted, state, _ = held(raw, kind.name)[0]
    assert (dirty, deleted, state) == ({}, 9, "dirty")


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
def test_what_the_hub_never_heard_of_leaves_nothing(raw, kind) -> None:
    fill(raw, kind.name)
    raw.execute(f"DELETE FROM {kind.name}")
    assert held(raw, kind.name) == []


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
def test_nothing_is_noted_without_a_hub_or_while_applying(raw, kind) -> None:
    raw.execute("UPDATE sync_control SET applying = 1")
    fill(raw, kind.name)
    raw.execute("UPDATE sync_control SET joined = 0, applying = 0")
    fill(raw, kind.name, 2)
    assert held(raw, kind.name) == []


def test_a_deletion_taken_back_stands_on_what_was_on_screen(raw) -> None:
    raw.execute("UPDATE sync_control SET applying = 1")
    fill(raw, "visit")
    raw.execute("UPDATE sync_control SET applying = 0")
    raw.execute("INSERT INTO sync_record (entity, entity_id, rev) VALUES ('visit', 't1', 3)")
    raw.execute("DELETE FROM visit")
    raw.execute("UPDATE sync_record SET rev = 8")  # somebody else's edit came in meanwhile, unseen
    fill(raw, "visit")
    dirty, deleted, *_ = held(raw, "visit")[0]
    assert deleted is None
    assert set(dirty.values()) == {3}


def test_a_deletion_of_what_is_dirty_stands_on_what_was_seen_of_it(raw) -> None:
    raw.execute("UPDATE sync_control SET applying = 1")
    fill(raw, "visit")
    raw.execute("UPDATE sync_control SET applying = 0")
    raw.execute("INSERT INTO sync_record (entity, entity_id, rev, dirty) VALUES ('visit', 't1', 8, '{\"mood\": 3}')")
    raw.execute("DELETE FROM visit")
    assert held(raw, "visit")[0][1] == 3


@pytest.mark.parametrize("table", BANK_TABLES)
def test_what_the_bank_told_cannot_be_written_at_the_desk(raw, table: str) -> None:
    raw.execute("UPDATE sync_control SET applying = 1")
    fill(raw, table)
    raw.execute("UPDATE sync_control SET applying = 0")
    for sql in (f"DELETE FROM {table}", f"UPDATE {table} SET id = 3"):
        with pytest.raises(dbapi2.IntegrityError, match="bank facts"):
            raw.execute(sql)
    with pytest.raises(dbapi2.IntegrityError, match="bank facts"):
        fill(raw, table, 2)


def test_a_bank_client_keeps_what_the_bank_told_and_takes_what_the_desk_notes(raw) -> None:
    raw.execute("UPDATE sync_control SET applying = 1")
    fill(raw, "client")
    raw.execute("UPDATE client SET origin = 'bank'")
    raw.execute("UPDATE sync_control SET applying = 0")
    with pytest.raises(dbapi2.IntegrityError, match="bank facts"):
        raw.execute("UPDATE client SET phone = '1'")
    with pytest.raises(dbapi2.IntegrityError, match="bank facts"):
        raw.execute("DELETE FROM client")
    raw.execute("UPDATE client SET note = 'likes tea', phone = phone")
    assert held(raw, "client")[0][0] == {"note": 0}


def test_leaving_drops_every_trigger_and_only_ours(raw) -> None:
    def names():
        return {row[0] for row in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()}

    ours = set(tracking.STATEMENTS)
    others = names() - ours
    assert ours < names()
    tracking.install(raw.execute)
    assert names() == ours | others
    tracking.remove(raw.execute)
    assert names() == others
    assert others


@pytest.mark.parametrize("table", ["visit", "sync_record", "kyc_block", "client"])
def test_a_statement_that_settles_its_conflicts_itself_meets_no_trigger_that_fails(raw, table: str) -> None:
    raw.execute("UPDATE sync_control SET applying = 1")
    raw.execute("DELETE FROM search_change")
    fill(raw, table)
    columns = [row[1] for row in raw.execute(f"PRAGMA table_info({table})").fetchall()]
    keys = [row[1] for row in raw.execute(f"PRAGMA table_info({table})").fetchall() if row[5]]
    names, sets = ", ".join(f'"{one}"' for one in columns), ", ".join(f'"{one}" = excluded."{one}"' for one in columns)
    changed = {"visit": "content", "sync_record": "conflicts", "kyc_block": "text", "client": "note"}[table]
    for value in ('{"a": 1}', '{"b": 2}'):
        rows = raw.execute(f"SELECT {names} FROM {table}").fetchall()
        rows = [[value if name == changed else one for name, one in zip(columns, row, strict=True)] for row in rows]
        sql = f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))}) ON CONFLICT ({', '.join(keys)}) "
        raw.executemany(f"{sql} DO UPDATE SET {sets}", rows)
    raw.execute("UPDATE sync_control SET applying = 0")
    raw.executemany(f"{sql} DO UPDATE SET {sets}", rows)
