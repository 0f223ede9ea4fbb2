"""The migrations make what the models say."""

from __future__ import annotations

import psycopg
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, pool

from rmdesk.hub import migrate
from rmdesk.hub.embedded import OWNER, Postgres
from rmdesk.hub.models.all import metadata
from tests.support.hub import HubUnderTest, settings


def test_the_migrated_schema_is_that_of_the_models(hub: HubUnderTest) -> None:
    engine = create_engine(
        "postgresql+psycopg://", creator=lambda: psycopg.connect(hub.owner_dsn), poolclass=pool.NullPool
    )
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _parents: kind != "table" or name in metadata.tables,
            },
        )
        assert compare_metadata(context, metadata) == []


def test_bringing_up_twice_changes_nothing(hub: HubUnderTest) -> None:
    before = hub.core.id
    migrate.bring_up(hub.owner_dsn, hub.settings.key("signing key"), partitions=4)
    with psycopg.connect(hub.app_dsn) as connection:
        assert connection.execute("SELECT hub, partitions FROM hub_state").fetchall() == [(before, 4)]


def test_an_empty_database_has_no_version(postgres: Postgres) -> None:
    assert migrate.version(postgres.admin_url) is None
    assert settings(postgres.url()).partitions == 4
    assert OWNER != "rmdesk_app"
