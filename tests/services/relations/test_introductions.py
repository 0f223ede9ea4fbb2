"""Who can introduce me: the nearest client whom the manager knows, and why each can speak to the next."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import ClientStatus
from rmdesk.services.clients.commands import SetStatus
from rmdesk.services.relations.households import MakeHousehold
from rmdesk.services.relations.introductions import introductions
from rmdesk.services.relations.referrals import AddReferral, Brought
from rmdesk.services.store.store import Store
from tests.conftest import TODAY
from tests.services.relations.circle import client, contact, person, tie
from tests.support.build import store_from


def names(store: Store, sought: int | str) -> list[list[str]]:
    return [[hop.party.name for hop in way.hops] for way in store.read(introductions, sought)]


def test_the_shortest_way_is_told_hop_by_hop(store: Store) -> None:
    known, between, sought = client(store, "王芳", sex="F"), person(store, "李雷", "M"), client(store, "赵总")
    tie(store, known, "sibling", between)
    tie(store, between, "colleague", sought)
    assert names(store, sought) == []  # nobody was spoken to yet
    contact(store, known, 12)
    contact(store, known, 40)
    (way,) = store.read(introductions, sought)
    assert [hop.party.name for hop in way.hops] == ["王芳", "李雷", "赵总"]
    assert [hop.why.said for hop in way.hops] == ["王芳 is the sister of 李雷", "李雷 is the colleague of 赵总", ""]
    assert (way.contacts, way.last_contact.isoformat()) == (2, "2026-11-09")


def test_who_was_not_spoken_to_of_late_is_not_asked(store: Store) -> None:
    one, other, sought = client(store, "甲"), client(store, "乙"), client(store, "赵总")
    for who in (one, other):
        tie(store, who, "friend", sought)
    contact(store, one, 181)
    contact(store, other, 3, two_way=False)
    assert names(store, sought) == []
    contact(store, one, 180)
    assert names(store, sought) == [["甲", "赵总"]]


def test_best_known_first_among_equally_near_and_nobody_through_whom_one_should_not_go(store: Store) -> None:
    sought = client(store, "赵总")
    near = [client(store, name) for name in "甲乙丙丁"]
    for who in near:
        tie(store, who, "friend", sought)
        contact(store, who)
    contact(store, near[2], 20)
    assert [way[0] for way in names(store, sought)] == ["丙", "甲", "乙", "丁"]
    store.perform(SetStatus((near[2],), ClientStatus.DO_NOT_CONTACT))
    store.perform(SetStatus((near[0],), ClientStatus.DECEASED))
    assert [way[0] for way in names(store, sought)] == ["乙", "丁"]


def test_the_sought_one_may_be_a_person(store: Store) -> None:
    known, sought = client(store, "甲"), person(store, "赵总")
    tie(store, known, "employer", sought)
    contact(store, known)
    assert names(store, sought) == [["甲", "赵总"]]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=24), st.integers(0, 9))
def test_reading_all_at_once_finds_the_same_ways(
    template: Path, tmp_path_factory: pytest.TempPathFactory, ties: list[tuple[int, int]], goal: int
) -> None:
    store = store_from(template, tmp_path_factory.mktemp("ways"))
    people: list[int | str] = [client(store, f"甲{number}") for number in range(6)]
    people += [person(store, f"乙{number}") for number in range(4)]
    for at in (0, 1, 2):
        contact(store, people[at], at + 1)  # type: ignore[arg-type]
    store.perform(SetStatus((people[1],), ClientStatus.CLOSED))  # type: ignore[arg-type]
    store.perform(AddReferral(people[3], Brought("", TODAY, new=people[4])))  # type: ignore[arg-type]
    store.perform(MakeHousehold("家", (people[5], people[6])))
    for one, other in ties:
        with suppress(Refused):
            tie(store, people[one], "friend", people[other])
    near = store.read(introductions, people[goal])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rmdesk.services.relations.introductions.WIDE", 0)
        assert store.read(introductions, people[goal]) == near
    store.close()
