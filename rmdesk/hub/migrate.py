"""Brings the hub's database to the schema of this program, in one transaction, and gives a new hub its identity."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, create_engine, pool, text

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.hub import signing
from rmdesk.hub.database import connect, plain_url
from rmdesk.hub.embedded import APP
from rmdesk.hub.migrations import HEAD

SCRIPTS = Path(__file__).parent / "migrations"


def bring_up(owner_url: str, seal: bytes, *, partitions: int = 16, target: str = "head") -> None:
    """Create or upgrade the schema as its owner; a new hub gets an id and a signing key, sealed with `seal`.

    Refused when the role that serves does not exist: whoever keeps the database makes it.
    """
    from alembic import command
    from alembic.config import Config

    engine = create_engine(
        "postgresql+psycopg://", creator=lambda: _connection(owner_url), poolclass=pool.NullPool
    )  # fmt: skip
    with engine.begin() as connection:
        _check_roles(connection)
        connection.execute(text("SET LOCAL lock_timeout = '2s'"))
        config = Config()
        config.set_main_option("script_location", str(SCRIPTS))
        config.attributes |= {"connection": connection, "partitions": partitions}
        command.upgrade(config, target)
        _found(connection, seal, partitions)
    engine.dispose()


def version(url: str) -> str | None:
    """The schema revision of a database; None for an empty one."""
    with connect(url) as connection:
        known = connection.execute("SELECT to_regclass('alembic_version')").fetchone()
        if known is None or known[0] is None:
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return None if row is None else str(row[0])


def is_current(url: str) -> bool:
    """Whether a database has the schema of this program."""
    return version(url) == HEAD


def _connection(url: str) -> Any:
    import psycopg

    return psycopg.connect(plain_url(url), connect_timeout=10)


def _check_roles(connection: Connection) -> None:
    role = connection.execute(
        text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = :name"), {"name": APP}
    ).scalar()
    if role is None:
        raise Refused(
            N_("The database has no role {name}."),
            do=N_("Let its keeper run: CREATE ROLE {name} LOGIN PASSWORD '...'"),
            code="no_role",
            name=APP,
        )
    if role:
        raise Refused(
            N_("The role {name} may pass row-level security; the hub does not serve under such a role."),
            do=N_("Let its keeper run: ALTER ROLE {name} NOSUPERUSER NOBYPASSRLS"),
            code="role_too_strong",
            name=APP,
        )


def _found(connection: Connection, seal: bytes, partitions: int) -> None:
    if connection.execute(text("SELECT 1 FROM hub_state")).scalar() is not None:
        return
    hub, now = uuid4().hex, clock.now()
    connection.execute(
        text("INSERT INTO hub_state VALUES (1, :hub, 0, :key, :parts, :now)"),
        {"hub": hub, "key": signing.sealed(signing.new_key(), seal), "parts": partitions, "now": now},
    )
    connection.execute(
        text("INSERT INTO scope (id, kind, owner, made_at) VALUES (:id, 'hub', :hub, :now)"),
        {"id": f"hub:{hub}", "hub": hub, "now": now},
    )
