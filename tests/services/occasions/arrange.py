"""Rows for the tests of occasions."""

from __future__ import annotations

from typing import Any

from rmdesk.models.kinds import ClientId, ClientStatus
from rmdesk.services.store.store import Store
from tests.support import build

TABLES = ("occasion", "greeting", "template", "gift", "person", "consent", "visit")


def client(store: Store, **columns: Any) -> ClientId:
    """A client with these columns."""
    from rmdesk.models.clients import Client

    given = {"name": "周文敏", "status": ClientStatus.ACTIVE.value, "sex": "F", **columns}

    def add(work: Any) -> int:
        made = Client(**given)
        work.add(made)
        work.flush()
        return int(made.id)

    return ClientId(build.perform(store, add))


def row(store: Store, model: str, **columns: Any) -> str:
    """A row of a model by its name, as in `row(store, "Person", name="小周")`; gives its id."""
    from rmdesk.models import all as models
    from rmdesk.models.kinds import new_id

    given = {"id": new_id(), **columns}
    kind = next(one for one in models.Model.__subclasses__() if one.__name__ == model)

    def add(work: Any) -> None:
        work.add(kind(**given))

    build.perform(store, add)
    return str(given["id"])


def state(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the tables concerned, to compare before and after."""
    return {
        table: store.read(lambda reads, table=table: reads.rows(f"SELECT * FROM {table} ORDER BY 1"))
        for table in TABLES
    }
