"""A team: what following a hub needs, reviews, addenda and late edits."""

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    for name in ("0003_team.sql", "0003_search.sql"):
        # A trigger has statements of its own inside: only a line's end after ";" ends one.
        for statement in Path(__file__).with_name(name).read_text("utf-8").split(";\n"):
            if statement.strip():
                op.execute(statement)
