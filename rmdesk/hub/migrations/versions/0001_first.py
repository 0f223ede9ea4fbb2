"""Everything the hub begins with: tables, parts, what the role that serves may do, and who sees which rows."""

from pathlib import Path

from alembic import context, op

revision = "0001"
down_revision = None

APP = "rmdesk_app"
PARTED = ("record", "record_history")
BY_SCOPE = {
    "scope": "id", "record": "scope_id", "record_history": "scope_id", "scope_exit": "scope_id",
    "quarantine": "scope_id", "audit": "scope_id", "blob": "scope_id", "blob_part": "scope_id",
}  # fmt: skip
# What is written once is never changed: no UPDATE and no DELETE on the history and the audit.
INSERTED = "ALL TABLES IN SCHEMA public"
UPDATED = (
    "team, hub_user, book, membership, device, refresh_token, scope, record, record_dir, hub_client, quarantine, "
    "handover, purge_receipt, bank_load, bank_load_scope, blob, blob_part"
)
DELETED = (
    "membership, refresh_token, login_attempt, sign_in, record, blob, blob_part, scope_exit, bank_load_scope, "
    "bank_finding"
)
# The scopes of the transaction, worked out once a statement; none when it names none.
SEEN = "ANY ((SELECT NULLIF(current_setting('app.scopes', true), '')::text[])::text[])"


def upgrade() -> None:
    for statement in Path(__file__).with_suffix(".sql").read_text("utf-8").split(";\n"):
        if statement.strip():
            op.execute(statement)
    op.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    op.execute(f"GRANT USAGE ON SCHEMA public TO {APP}")
    op.execute(f"GRANT SELECT, INSERT ON {INSERTED} TO {APP}")
    op.execute(f"REVOKE INSERT ON hub_state, alembic_version FROM {APP}")
    op.execute(f"GRANT UPDATE ON {UPDATED} TO {APP}")
    op.execute(f"GRANT DELETE ON {DELETED} TO {APP}")
    # After the grants: nobody reads a part by its own name, where the policies of the whole do not reach.
    parts = context.config.attributes.get("partitions", 16)
    for table in PARTED:
        for number in range(parts):
            op.execute(
                f"CREATE TABLE {table}_{number} PARTITION OF {table} "
                f"FOR VALUES WITH (MODULUS {parts}, REMAINDER {number}) WITH (fillfactor = 85)"
            )
    for table, column in BY_SCOPE.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY by_scope ON {table} TO {APP} USING ({column} = {SEEN})")
    # The owner works on rows only in migrations, and then on all of them.
    for table in BY_SCOPE:
        op.execute(f"CREATE POLICY by_owner ON {table} TO CURRENT_USER USING (true)")
