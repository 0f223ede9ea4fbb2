"""Alembic's entry: runs on the connection that services/store/migrate hands over, DDL inside one transaction."""

from alembic import context

from rmdesk.models.all import Model

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Model.metadata, transactional_ddl=True, render_as_batch=True)
context.run_migrations()
