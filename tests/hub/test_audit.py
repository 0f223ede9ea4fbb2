"""Case 43: whatever is done to an audit chain, the verifier names the first entry that is not as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from rmdesk.hub.services import audit
from tests.support.hub import HubUnderTest


def _written(hub: HubUnderTest, entries: int = 6) -> str:
    scope = hub.core.scope
    with hub.core.database.transaction([scope]) as connection:
        for number in range(entries):
            audit.append(connection, scope, hub.people.admin.id, "", "device_approved", {"count": number, "a": [1]})
    return scope


def _verified(hub: HubUnderTest, scope: str) -> audit.Flaw | None:
    with hub.core.database.transaction([scope], reading=True) as connection:
        return audit.verify(connection, scope)


def test_an_untouched_chain_has_no_flaw(hub: HubUnderTest) -> None:
    scope = _written(hub)
    assert _verified(hub, scope) is None
    with hub.core.database.transaction([scope], reading=True) as connection:
        assert [entry.no for entry in audit.latest(connection, scope, 2)] == [6, 5]


def _edit(connection: psycopg.Connection[Any]) -> None:
    connection.execute('UPDATE audit SET detail = \'{"count": 99, "a": [1]}\' WHERE no = 3')


def _edit_who(connection: psycopg.Connection[Any]) -> None:
    connection.execute("UPDATE audit SET user_id = repeat('0', 32) WHERE no = 3")


def _delete(connection: psycopg.Connection[Any]) -> None:
    connection.execute("DELETE FROM audit WHERE no = 3")


def _reorder(connection: psycopg.Connection[Any]) -> None:
    for old, new in ((3, 0), (4, 3), (0, 4)):
        connection.execute("UPDATE audit SET no = %s WHERE no = %s", (new, old))


def _truncate(connection: psycopg.Connection[Any]) -> None:
    connection.execute("DELETE FROM audit WHERE no > 4")


def _replay(connection: psycopg.Connection[Any]) -> None:
    connection.execute(
        "INSERT INTO audit SELECT scope_id, 7, at, user_id, device_id, action, detail, hash FROM audit WHERE no = 2"
    )


@pytest.mark.parametrize(
    ("damage", "no", "why"),
    [
        (_edit, 3, "changed"),
        (_edit_who, 3, "changed"),
        (_delete, 3, "missing"),
        (_reorder, 3, "changed"),
        (_truncate, 5, "cut"),
        (_replay, 7, "changed"),
    ],
)
def test_case_43_the_first_bad_entry_is_named(
    hub: HubUnderTest, damage: Callable[[psycopg.Connection[Any]], None], no: int, why: str
) -> None:
    scope = _written(hub)
    with psycopg.connect(hub.owner_dsn) as owner:
        damage(owner)
    assert _verified(hub, scope) == audit.Flaw(scope, no, why)


def test_the_role_that_serves_cannot_change_what_was_written(hub: HubUnderTest) -> None:
    scope = _written(hub)
    for statement in ("UPDATE audit SET action = 'other'", "DELETE FROM audit"):
        with (
            pytest.raises(psycopg.errors.InsufficientPrivilege),
            hub.core.database.transaction([scope]) as connection,
        ):
            connection.execute(statement)
    assert _verified(hub, scope) is None
