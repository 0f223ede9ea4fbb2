"""Real desks that follow the hub under test: signed up, approved, joined."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rmdesk.base import clock
from rmdesk.hub.gate import tokens
from rmdesk.services.store.store import Store
from rmdesk.services.sync import address, login, state
from rmdesk.services.sync.engine import Report, sync_round
from rmdesk.wire.signing_in import SignedIn
from tests.support import build
from tests.support.hub import HubUnderTest, Person

URL = "https://hub.example"
Make = Callable[..., Store]


@contextmanager
def desks(hub: HubUnderTest, template: Path, folder: Path) -> Iterator[Make]:
    """Makes desks of people of the hub; `fill` writes what is there before they join."""
    made: list[Store] = []

    def make(person: Person, fill: Callable[..., None] | None = None) -> Store:
        home = folder / f"desk{len(made)}"
        home.mkdir()
        store = build.store_from(template, home)
        made.append(store)
        if fill is not None:
            build.perform(store, fill)
        assert login.register(store, URL, entered(hub, person), "laptop", hub.transport) != "active"
        device = store.read(lambda reads: state.get(reads, "enrolment"))["device"]
        assert hub.client(hub.people.admin).post(f"/v1/devices/{device}/approve").status_code == 200
        login.join(store, hub.transport)
        return store

    try:
        yield make
    finally:
        for store in made:
            store.close()


def entered(hub: HubUnderTest, person: Person) -> SignedIn:
    """As after signing in."""
    word = hub.core.gate.mint.word("enter", clock.now() + tokens.ENTER, user=person.id)
    return SignedIn(word, person.id, person.name, person.role)


def sync(hub: HubUnderTest, *stores: Store) -> Report:
    """A round of each; what the last one did."""
    for store in stores:
        with address.connect(store, hub.transport) as client:
            report = sync_round(store, client)
    return report
