"""The client file whole: new tables, columns that are empty until somebody fills them, and the search over texts."""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    for name in ("0002_client_file.sql", "0002_search.sql"):
        # A trigger has statements of its own inside: only an empty line or a line's end after ";" ends one.
        for statement in Path(__file__).with_name(name).read_text("utf-8").split(";\n"):
            if statement.strip():
                op.execute(statement)
