"""Desks of a team: stores of their own that follow one small hub."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rmdesk.models.clients import Client
from rmdesk.services.store.store import Store
from tests.services.sync.doing import meet
from tests.services.sync.small_hub import Desk, Person, SmallHub, joined
from tests.support import build

Make = Callable[..., Desk]


@pytest.fixture
def small_hub() -> SmallHub:
    return SmallHub()


@pytest.fixture
def wang(small_hub: SmallHub) -> Person:
    return small_hub.person("王一")


@pytest.fixture
def desk_of(template: Path, tmp_path: Path, small_hub: SmallHub) -> Iterator[Make]:
    """Makes desks: each a store of its own with the same two clients of the bank, joined as somebody."""
    made: list[Store] = []

    def make(person: Person, *, clients: int = 2, fill: Callable[..., None] | None = None) -> Desk:
        folder = tmp_path / f"desk{len(made)}"
        folder.mkdir()
        store = build.store_from(template, folder)
        made.append(store)

        def bank(work) -> None:
            for number in range(1, clients + 1):
                key = 100 * (len(made) - 1) + number  # each desk has numbers of its own
                work.add(Client(id=key, number=f"{person.user[:4]}{number:04}", name=f"客户{number}"))
            work.flush()
            if fill is not None:
                fill(work)

        build.perform(store, bank)
        return joined(small_hub, person, store, 100 * (len(made) - 1))

    yield make
    for store in made:
        store.close()


@pytest.fixture
def pair(desk_of: Make, wang: Person) -> tuple[Desk, Desk]:
    one, two = desk_of(wang), desk_of(wang)
    meet(one, two)
    return one, two
