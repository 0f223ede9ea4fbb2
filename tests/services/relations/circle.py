"""A small circle of people to try relationships on, and the state of the tables that an undo must bring back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from rmdesk.base import clock
from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientId, ClientKind, new_id
from rmdesk.models.visits import Visit
from rmdesk.services.relations.commands import AddRelationship
from rmdesk.services.relations.persons import make
from rmdesk.services.relations.rows import Details, Node
from rmdesk.services.store.command import Command
from rmdesk.services.store.inverse import Kept
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from tests.support.build import perform

TABLES = (
    "client", "person", "relationship", "household", "household_member", "referral", "consent", "gift", "occasion",
)  # fmt: skip


def state(store: Store) -> dict[str, list[Any]]:
    """All rows that these commands may touch."""
    return store.read(lambda reads: {table: reads.rows(f"SELECT * FROM {table} ORDER BY id") for table in TABLES})


def client(store: Store, name: str, **more: Any) -> ClientId:
    """A client of the bank."""

    def arrange(work: UnitOfWork) -> ClientId:
        made = Client(name=name, **more)
        work.add(made)
        work.flush()
        return ClientId(made.id)

    made: ClientId = perform(store, arrange)
    return made


def company(store: Store, name: str) -> ClientId:
    """A client that is a company."""
    return client(store, name, kind=ClientKind.COMPANY)


def person(store: Store, name: str, sex: str = "", **more: Any) -> str:
    """A person who is no client."""
    made: str = perform(store, lambda work: make(work, Kept(), Details(name, sex, **more), None))
    return made


def tie(store: Store, of: Node, role: str, other: Node) -> str:
    """`other` is the `role` of `of`."""
    return store.perform(AddRelationship(of, role, other, sure=True)).result


def contact(store: Store, who: ClientId, ago: int = 10, *, two_way: bool = True) -> None:
    """A contact held so many days ago."""
    on: date = clock.today() - timedelta(days=ago)
    perform(
        store,
        lambda work: work.add(
            Visit(
                id=new_id(), client_id=who, state="held", channel="phone", on=on, two_way=two_way,
                entered_at=clock.now(),
            )
        ),
    )  # fmt: skip


def there_and_back(store: Store, command: Command[Any]) -> Any:
    """Perform; take back; do again; take back: the tables are as before, and as after. Leaves it done."""
    before = state(store)
    done = store.perform(command)
    after = state(store)
    assert after != before
    assert done.inverse is not None
    undone = store.perform(done.inverse)
    assert state(store) == before
    assert undone.inverse is not None
    again = store.perform(undone.inverse)
    assert state(store) == after
    assert again.inverse is not None
    store.perform(again.inverse)
    assert state(store) == before
    assert store.perform(undone.inverse).topics == done.topics
    return done.result
