"""Case 41: the database itself shows and takes only rows of the scopes of a transaction; each policy is needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import Connection, errors, sql

from rmdesk.hub.models.all import BY_SCOPE
from tests.support.hub import HubUnderTest

AT = "2026-11-21T09:00:00Z"
# A row of each table in a scope, by the names of its columns.
ROWS: dict[str, dict[str, Any]] = {
    "record": {
        "id": "r", "type": "visit", "rev": 1, "seq": 1, "fields": "{}", "field_rev": "{}", "conflicts": "{}",
        "by": "", "device": "", "at": "", "received_at": AT,
    },
    "record_history": {
        "entry": "e", "id": "r", "type": "visit", "rev": 1, "patch": "{}", "status": "applied", "by": "",
        "device": "", "push_no": 1, "at": AT,
    },
    "scope_exit": {"seq": 2, "client_id": "c", "handover_id": "h", "at": AT},
    "quarantine": {
        "id": "q", "user_id": "", "device_id": "", "push_no": 1, "item": "{}", "reason": "", "late_id": "", "at": AT,
    },
    "audit": {
        "no": 99, "at": AT, "user_id": "", "device_id": "", "action": "", "detail": "{}", "hash": b"",
    },
    "desk_log": {"device_id": "d", "line": "", "seq": 1, "hash": "", "at": AT},
    "blob": {"sha256": "s", "size": 1, "by": "", "at": AT},
    "blob_part": {"sha256": "s", "part": 0, "data": b""},
}  # fmt: skip
SEEN = "ANY ((SELECT NULLIF(current_setting('app.scopes', true), '')::text[])::text[])"  # as in the migration
WRITTEN_ONCE = ("record_history", "audit", "scope_exit", "desk_log")


def inserted(connection: Connection[Any], table: str, scope: str, **more: Any) -> None:
    told = {"scope_id": scope, **ROWS[table], **more}
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, told)),
        sql.SQL(", ").join([sql.Placeholder()] * len(told)),
    )
    connection.execute(statement, list(told.values()))


def leaks(hub: HubUnderTest, mine: str, others: str) -> Iterator[str]:
    """What the role that serves could do and should not, or could not and should."""
    with psycopg.connect(hub.app_dsn) as connection:
        for table, column in BY_SCOPE.items():
            for told, expected in (([mine], {mine}), ([], set()), ([mine, others], {mine, others})):
                hub.core.database.enter(connection, told)
                rows = connection.execute(
                    f"SELECT DISTINCT {column} FROM {table} WHERE {column} = ANY(%s)", ([mine, others],)
                )
                if {row[0] for row in rows} != expected:
                    yield f"{table}: sees other rows than those of {len(told)} scopes"
            hub.core.database.enter(connection, [mine])
            if table not in WRITTEN_ONCE:
                changed = connection.execute(f"UPDATE {table} SET {column} = {column} WHERE {column} = %s", (others,))
                if changed.rowcount:
                    yield f"{table}: changes foreign rows"
            connection.rollback()
            if table in ROWS:
                try:
                    hub.core.database.enter(connection, [mine])
                    inserted(
                        connection, table, others, **{name: "new" for name in ("id", "sha256") if name in ROWS[table]}
                    )
                    yield f"{table}: puts rows into foreign scopes"
                except errors.InsufficientPrivilege:
                    pass
                except errors.UniqueViolation:
                    yield f"{table}: puts rows into foreign scopes"
                connection.rollback()


@pytest.fixture
def filled(hub: HubUnderTest) -> tuple[str, str]:
    """Rows of every table in two scopes."""
    mine, others = f"book:{hub.people.wang.book}", f"book:{hub.people.zhao.book}"
    with hub.core.database.transaction([mine, others]) as connection:
        for scope in (mine, others):
            for table in ROWS:
                inserted(connection, table, scope)
    return mine, others


def test_only_rows_of_the_scopes_of_the_transaction(hub: HubUnderTest, filled: tuple[str, str]) -> None:
    assert set(ROWS) | {"scope"} == set(BY_SCOPE)
    assert list(leaks(hub, *filled)) == []


@pytest.mark.parametrize(
    "change",
    [
        "DROP POLICY by_scope ON {table}",
        "ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        "ALTER POLICY by_scope ON {table} USING (true)",
        "CREATE POLICY more ON {table} USING (true)",
    ],
)
def test_each_policy_is_needed(hub: HubUnderTest, filled: tuple[str, str], change: str) -> None:
    missed = []
    with psycopg.connect(hub.owner_dsn, autocommit=True) as owner:
        for table in BY_SCOPE:
            with owner.transaction():
                owner.execute(change.format(table=table))
            if not list(leaks(hub, *filled)):
                missed.append(table)
            _mend(owner, table)
    assert missed == []
    assert list(leaks(hub, *filled)) == []


def _mend(owner: Connection[Any], table: str) -> None:
    owner.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    owner.execute(f"DROP POLICY IF EXISTS more ON {table}")
    owner.execute(f"DROP POLICY IF EXISTS by_scope ON {table}")
    owner.execute(f"CREATE POLICY by_scope ON {table} TO rmdesk_app USING ({BY_SCOPE[table]} = {SEEN})")


def test_every_table_with_a_scope_is_guarded(hub: HubUnderTest) -> None:
    with psycopg.connect(hub.owner_dsn) as owner:
        with_scope = owner.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
            "WHERE a.attname = 'scope_id' AND c.relkind IN ('r', 'p') AND NOT c.relispartition"
        ).fetchall()
        guarded = owner.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity AND NOT relispartition"
        ).fetchall()
    assert {row[0] for row in with_scope} | {"scope"} == {row[0] for row in guarded} == set(BY_SCOPE)


def test_the_serving_role_owns_nothing_and_cannot_go_round(hub: HubUnderTest) -> None:
    with psycopg.connect(hub.app_dsn, autocommit=True) as connection:
        row = connection.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        assert row == (False, False, False, False)
        owned = connection.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole").fetchone()
        assert owned == (0,)
        partition = connection.execute(
            "SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r' LIMIT 1"
        ).fetchone()
        assert partition is not None
        for attempt in (
            f"SELECT * FROM {partition[0]}",
            "CREATE TABLE mine (a int)",
            "SET ROLE rmdesk_owner",
            "ALTER TABLE record DISABLE ROW LEVEL SECURITY",
            "UPDATE hub_state SET epoch = 0",
            "UPDATE audit SET action = ''",
            "DELETE FROM audit",
            "UPDATE desk_log SET hash = ''",
            "DELETE FROM desk_log",
            "UPDATE record_history SET status = ''",
            "DELETE FROM record_history",
            "TRUNCATE record",
        ):
            with pytest.raises(errors.InsufficientPrivilege):
                connection.execute(attempt)  # type: ignore[arg-type]
        connection.execute("SET row_security = off")
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute("SELECT * FROM record")


def test_the_scopes_of_one_transaction_are_gone_in_the_next(hub: HubUnderTest, filled: tuple[str, str]) -> None:
    database = hub.core.database
    for _ in range(20):  # the pool gives the same connections again
        with database.transaction([filled[0]]) as connection:
            assert connection.execute("SELECT count(*) FROM record").fetchone() == (1,)
        with database.transaction() as connection:
            assert connection.execute("SELECT count(*) FROM record").fetchone() == (0,)
    with database.session() as session:
        from rmdesk.hub.models.records import Record

        assert session.query(Record).count() == 0
    with database.session([filled[1]]) as session:
        assert [one.scope_id for one in session.query(Record)] == [filled[1]]
