"""What is kept on a client, table by table, and what would become of it if it were to be erased."""

from __future__ import annotations

from datetime import date

from rmdesk.base.record import record
from rmdesk.models.kinds import ClientId
from rmdesk.services.profile import privacy
from rmdesk.services.profile.privacy import Retention, TableRow
from rmdesk.services.store.reads import Reads

ERASING = "EraseClient"  # the command, as the change records name it


@record
class Fate:
    """What becomes of one table: rows that go, rows that stay, and why those stay (None: they concern others, too)."""

    table: TableRow
    gone: int
    stays: int
    retention: Retention | None


def fates(reads: Reads, client: ClientId) -> tuple[Fate, ...]:
    """What erasing would do, table by table; tables without rows are left out."""
    found = []
    for table in privacy.personal():
        whole = int(reads.value(f"SELECT count(*) FROM {table.table} WHERE {table.of}", {"client": client}))
        if whole and table.kept is not None:
            found.append(Fate(table, 0, whole, table.kept))
        elif whole:
            alone = len(rows_of(reads, table, client))
            found.append(Fate(table, alone, whole - alone, None))
    return tuple(found)


def erased_on(reads: Reads, client: ClientId) -> date | None:
    """The day this client's data were erased; None: they were not."""
    at = reads.value("SELECT max(at) FROM change WHERE client_id = ? AND command = ?", (client, ERASING))
    return None if at is None else date.fromisoformat(at[:10])


def rows_of(reads: Reads, table: TableRow, client: ClientId) -> list[int]:
    """The rows of one table that concern this client alone, by row number."""
    alone = f" AND ({table.alone})" if table.alone else ""
    sql = f"SELECT rowid FROM {table.table} WHERE ({table.of}){alone}"
    return [row[0] for page in reads.pages(sql, {"client": client}) for row in page]
