"""What desks tell of their own audit logs: written once, and seen in its scope only."""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"

APP = "rmdesk_app"
SEEN = "ANY ((SELECT NULLIF(current_setting('app.scopes', true), '')::text[])::text[])"  # as in 0001


def upgrade() -> None:
    op.execute(Path(__file__).with_suffix(".sql").read_text("utf-8"))
    op.execute(f"GRANT SELECT, INSERT ON desk_log TO {APP}")
    op.execute("ALTER TABLE desk_log ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE desk_log FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY by_scope ON desk_log TO {APP} USING (scope_id = {SEEN})")
    op.execute("CREATE POLICY by_owner ON desk_log TO CURRENT_USER USING (true)")
