"""The hub uses nothing that keeps its tables from being spread over servers by scope.

Why, and what each of those databases would ask, says docs/adr/0025-the-hub-orders.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from rmdesk.hub.models.all import BY_SCOPE
from rmdesk.hub.services import pull
from tests.hub.desks import client_in
from tests.support.hub import HubUnderTest

HUB = Path(__file__).parents[2] / "rmdesk" / "hub"
# What CockroachDB, YugabyteDB or Citus lack, do otherwise, or do in one place for everybody.
FORBIDDEN = {
    "a sequence": r"\b(nextval|setval|currval|(big|small)?serial|GENERATED\s+(ALWAYS|BY\s+DEFAULT)\s+AS\s+IDENTITY)\b",
    "an advisory lock": r"\bpg_(try_)?advisory",
    "a number of a transaction": r"\b(xmin|xmax|ctid|txid_\w+|pg_current_xact_id|pg_snapshot\w*|pg_current_snapshot)\b",
    "notifications": r"\b(LISTEN|NOTIFY|pg_notify)\s*\(?\s*['\"%]|\bpg_notify\b",
    "a trigger or a function": r"\bCREATE\s+(OR\s+REPLACE\s+)?(CONSTRAINT\s+)?(TRIGGER|FUNCTION|PROCEDURE|RULE)\b",
    "a lock of a whole table": r"\bLOCK\s+TABLE\b",
    "another scope for a row": r"\bUPDATE\s+(record\w*|scope_exit|blob\w*|audit)\b[^;\"]*\bSET\s+scope_id",
    "a key put off": r"\bDEFERRABLE\b",
}


def used(text: str) -> Iterator[str]:
    """What a text uses that it should not."""
    return (name for name, pattern in FORBIDDEN.items() if re.search(pattern, text, re.IGNORECASE))


def test_the_code_of_the_hub_uses_none_of_it() -> None:
    files = [*HUB.rglob("*.py"), *HUB.rglob("*.sql")]
    assert len(files) > 30
    assert [(path.name, name) for path in files for name in used(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("id BIGSERIAL PRIMARY KEY", "a sequence"),
        ("SELECT nextval('feed')", "a sequence"),
        ("SELECT pg_advisory_xact_lock(1)", "an advisory lock"),
        ("WHERE xmin::text::bigint < 5", "a number of a transaction"),
        ("pg_notify('feed', '')", "notifications"),
        ("NOTIFY 'feed'", "notifications"),
        ("CREATE TRIGGER t BEFORE INSERT", "a trigger or a function"),
        ("LOCK TABLE record", "a lock of a whole table"),
        ("UPDATE record SET scope_id = 1", "another scope for a row"),
        ("UNIQUE (a) DEFERRABLE", "a key put off"),
    ],
)
def test_it_would_be_noticed(text: str, name: str) -> None:
    assert name in set(used(text))


def test_the_schema_has_none_of_it(hub: HubUnderTest) -> None:
    with psycopg.connect(hub.owner_dsn) as owner:
        sequences = owner.execute("SELECT relname FROM pg_class WHERE relkind = 'S'").fetchall()
        triggers = owner.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal").fetchall()
        functions = owner.execute("SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace").fetchall()
        keys = owner.execute(
            "SELECT t.relname, array_agg(a.attname::text) FROM pg_index i "
            "JOIN pg_class t ON t.oid = i.indrelid "
            "JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY(i.indkey) "
            "WHERE i.indisunique AND t.relname = ANY(%s) GROUP BY i.indexrelid, t.relname",
            (list(BY_SCOPE),),
        ).fetchall()
        links = owner.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'f' "
            "AND (conrelid::regclass::text = ANY(%s) OR confrelid::regclass::text = ANY(%s))",
            (list(BY_SCOPE), list(BY_SCOPE)),
        ).fetchall()
    assert (sequences, triggers, functions, links) == ([], [], [], [])
    assert {table for table, _ in keys} == set(BY_SCOPE)
    assert [(table, columns) for table, columns in keys if BY_SCOPE[table] not in columns] == []


def test_a_pull_reads_one_range_of_one_index(hub: HubUnderTest) -> None:
    """No more pages than rows and a few: nothing is read that is not told."""
    client = client_in(hub.core.database, hub.people.wang.book)
    books = [f"book:{person.book}" for person in (hub.people.wang, hub.people.li, hub.people.zhao)]
    with hub.core.database.transaction(books) as connection:
        connection.execute(
            "INSERT INTO record (scope_id, id, type, client_id, rev, seq, fields, field_rev, conflicts, by, device, at,"
            " received_at) SELECT s, md5(s || n), 'visit', %s, n, n, '{}', '{}', '{}', '', '', '', now()"
            " FROM unnest(%s::text[]) s, generate_series(1, 4000) n",
            (client, books),
        )
    with psycopg.connect(hub.owner_dsn, autocommit=True) as owner:
        owner.execute("ANALYZE record")
    with hub.core.database.transaction(books[:1]) as connection:
        plan = connection.execute(
            f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {pull.ABOVE}", (books[0], 3700, 200)
        ).fetchone()
        page = connection.execute(f"EXPLAIN (FORMAT JSON) {pull.BELOW}", (books[0], 3000, 200)).fetchone()
    assert plan is not None
    assert page is not None
    for told, rows in ((plan, 300), (page, 0)):
        scans = list(_scans(told[0][0]["Plan"]))
        assert len({one["Relation Name"] for one in scans if "Relation Name" in one}) == 1, json.dumps(told[0])
        index = [one for one in scans if "Index Name" in one]
        assert len(index) == 1, json.dumps(told[0])
        assert "seq_idx" in str(index[0]["Index Name"])
        assert "scope_id" in str(index[0]["Index Cond"])
        assert "seq" in str(index[0]["Index Cond"])
        if rows:
            assert sum(int(str(scans[0][name])) for name in ("Shared Hit Blocks", "Shared Read Blocks")) <= rows + 10


def _scans(node: dict[str, object]) -> Iterator[dict[str, object]]:
    if "Scan" in str(node["Node Type"]):
        yield node
    for child in node.get("Plans", []):  # type: ignore[attr-defined]
        yield from _scans(child)
