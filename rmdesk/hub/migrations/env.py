"""Alembic's entry: runs on the connection that migrate.py hands over, DDL inside one transaction."""

from alembic import context

from rmdesk.hub.models.all import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
context.run_migrations()
