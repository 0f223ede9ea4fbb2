"""The network around a client: who is in it, how far, and what is left out."""

from __future__ import annotations

from rmdesk.services.relations.households import MakeHousehold
from rmdesk.services.relations.network import network
from rmdesk.services.relations.referrals import AddReferral, Brought
from rmdesk.services.store.store import Store
from tests.conftest import TODAY
from tests.services.relations.circle import client, person, tie


def test_rings_lines_and_what_they_say(store: Store) -> None:
    middle, near = client(store, "王芳", sex="F"), client(store, "李雷", sex="M")
    far, beyond = person(store, "赵兰", "F"), person(store, "外人")
    tie(store, middle, "child", near)
    tie(store, near, "friend", far)
    tie(store, far, "friend", beyond)
    found = store.read(network, middle)
    assert [(node.party.name, node.distance, node.ties) for node in found.nodes] == [
        ("王芳", 0, 1), ("李雷", 1, 2), ("赵兰", 2, 1),
    ]  # fmt: skip
    assert [(line.one, line.other, line.group) for line in found.ties] == [(0, 1, "family"), (2, 1, "social")]
    assert found.ties[0].said.said == "王芳 is the mother of 李雷"
    assert found.left_out == 0
    assert len(store.read(network, middle, 3).nodes) == 4
    assert len(store.read(network, middle, 1).nodes) == 2
    assert store.read(network, middle) == found


def test_referrals_and_households_are_ties_too(store: Store) -> None:
    by, new, wife = client(store, "王芳"), client(store, "李雷"), person(store, "韩梅")
    store.perform(AddReferral(by, Brought("李雷", TODAY, new=new)))
    store.perform(MakeHousehold("李家", (new, wife)))
    found = store.read(network, by)
    assert {line.said.said for line in found.ties} == {
        "王芳 is the referrer of 李雷",
        "李雷 and 韩梅 share a household",
    }


def test_a_full_picture_keeps_the_nearest_and_the_best_tied(store: Store) -> None:
    middle = client(store, "中")
    ring = [person(store, f"甲{number}") for number in range(5)]
    for node in ring:
        tie(store, middle, "friend", node)
    outer = [person(store, f"乙{number}") for number in range(6)]
    for at, node in enumerate(outer):
        tie(store, ring[0], "friend", node)
        if at == 5:
            tie(store, ring[1], "friend", node)
    found = store.read(network, middle, limit=8)
    assert [node.distance for node in found.nodes] == [0, 1, 1, 1, 1, 1, 2, 2]
    assert found.nodes[6].party.name == "乙5"  # tied to two of the ring
    assert found.left_out == 4


def test_a_client_without_ties_stands_alone(store: Store) -> None:
    found = store.read(network, client(store, "王芳"))
    assert (len(found.nodes), found.ties, found.left_out) == (1, (), 0)
