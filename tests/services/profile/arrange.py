"""Clients to write profiles of, and the state of all that a profile is made of."""

from __future__ import annotations

from typing import Any

from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientId, ClientKind, Origin, RecordId
from rmdesk.models.relations import Person
from rmdesk.services.store.store import Store
from tests.support.build import perform

ZHOU, LI, FIRM = ClientId(1), ClientId(2), ClientId(3)
CHILD = RecordId("c" * 32)
TABLES = ("preference", "consent", "kyc_block", "man_answer")


def fill(store: Store) -> Store:
    """Two persons and a company of the bank, and a child of the first."""
    perform(store, lambda work: work.add(Client(id=1, name="周文敏", number="9001", origin=Origin.BANK)))
    perform(store, lambda work: work.add(Client(id=2, name="李静", origin=Origin.BANK)))
    perform(store, lambda work: work.add(Client(id=3, name="宏远机械", kind=ClientKind.COMPANY)))
    perform(store, lambda work: work.add(Person(id=CHILD, name="小雨")))
    return store


def state(store: Store) -> dict[str, Any]:
    """The rows of a profile as they are kept, and what the client's row says of it."""
    found: dict[str, Any] = {
        table: sorted(store.read(lambda r, t=table: r.rows(f"SELECT * FROM {t}"))) for table in TABLES
    }  # type: ignore[misc]
    columns = "id, marketing_consent, kept, preferred_channel, preferred_hours, district, wechat"
    found["client"] = store.read(lambda reads: reads.rows(f"SELECT {columns} FROM client ORDER BY id"))
    return found
