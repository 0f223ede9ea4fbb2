"""The desk as a safe, and what turns segments into insight: one part per feature, in the order of their names."""

from pathlib import Path

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    for part in sorted(Path(__file__).parent.glob("0004_*.sql")):
        # A trigger has statements of its own inside: only a line's end after ";" ends one.
        for statement in part.read_text("utf-8").split(";\n"):
            if statement.strip():
                op.execute(statement)
