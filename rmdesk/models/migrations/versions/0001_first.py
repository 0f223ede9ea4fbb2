"""The first schema."""

from alembic import op

from rmdesk.models.all import Model

revision = "0001"
down_revision = None


def upgrade() -> None:
    # Frozen into plain statements when the first version is released.
    Model.metadata.create_all(op.get_bind())
