"""Clients and visits for the tests of this feature, and the file as it stands, to compare before and after."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientId
from rmdesk.services.store.store import Store
from rmdesk.services.visits.entry import Entry
from tests.conftest import TODAY
from tests.support.build import perform

TABLES = ("visit", "promise", "task", "attachment", "attachment_content", "journal_visit")


def ago(days: int) -> date:
    return TODAY - timedelta(days)


def client(store: Store, name: str = "周文敏", **fields: Any) -> ClientId:
    """One client."""

    def add(work: Any) -> int:
        made = Client(name=name, **fields)
        work.add(made)
        work.flush()
        return int(made.id)

    return ClientId(perform(store, add))


def entry(who: ClientId | None, **fields: Any) -> Entry:
    """A visit with the least that suffices."""
    return Entry(**({"client": who, "channel": "phone", "content": "谈了换汇"} | fields))


def kept(store: Store) -> dict[str, list[Any]]:
    """Every row of the tables that visits write to."""
    return {table: sorted(store.read(lambda reads, t=table: reads.rows(f"SELECT * FROM {t}"))) for table in TABLES}
