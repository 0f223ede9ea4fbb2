"""What the search list says beside a name."""

from __future__ import annotations

from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientKind
from rmdesk.services.search.described import described
from rmdesk.services.store.store import Store
from tests.support.build import Do


def test_two_of_a_name_are_told_apart_without_showing_a_whole_number(store: Store) -> None:
    store.perform(Do(lambda work: work.add(Client(name="王伟", number="901", initials="ww", phone="138 0013 8000"))))
    store.perform(
        Do(lambda work: work.add(Client(name="王伟", number="902", initials="ww", kind="company", phone="110")))
    )
    found = store.read(described, [1, 2, 99])
    assert set(found) == {1, 2}
    assert (found[1].number, found[1].tail, found[1].kind, found[1].tier) == ("901", "8000", ClientKind.PERSON, None)
    assert (found[2].number, found[2].tail, found[2].kind) == ("902", "", ClientKind.COMPANY)


def test_nobody_is_asked_about(store: Store) -> None:
    assert store.read(described, []) == {}
