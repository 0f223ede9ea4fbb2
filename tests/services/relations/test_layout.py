"""Everybody has a place of their own in the picture, the same at every call."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rmdesk.base.text import phrase
from rmdesk.services.relations import layout, tables
from rmdesk.services.relations.rows import NetNode, NetTie, Network, Party
from rmdesk.services.rulebook import Words

NAMES = ("王芳", "宏远机械（集团）有限公司", "Christopher Montgomery", "欧阳婉清")


def net(count: int, ties: list[tuple[int, int]]) -> Network:
    """Nodes 0 to count - 1 with the distances that the ties give."""
    distance = {0: 0}
    for _step in range(count):
        for one, other in (*ties, *((b, a) for a, b in ties)):
            if one in distance and other not in distance:
                distance[other] = distance[one] + 1
    nodes = tuple(
        NetNode(Party(at + 1, NAMES[at % 4]), distance.get(at, 2), "", sum(at in tie for tie in ties))
        for at in range(count)
    )
    role = tables.role("friend")
    lines = tuple(
        NetTie(a, b, Words("friend", "朋友"), Words("friend", "朋友"), role.group, phrase(""))
        for a, b in ties
        if a != b
    )
    return Network(nodes, lines, 0)


def overlapping(network: Network) -> list[tuple[int, int]]:
    places = layout.places_of(network)
    boxes = layout._boxes(network)
    return [
        (a, b)
        for a, b in combinations(range(len(places)), 2)
        if abs(places[a][0] - places[b][0]) < (boxes[a][0] + boxes[b][0]) / 2 - 0.5
        and abs(places[a][1] - places[b][1]) < (boxes[a][1] + boxes[b][1]) / 2 - 0.5
    ]


def test_nobody_and_one_alone() -> None:
    assert layout.places_of(net(0, [])) == ()
    assert layout.places_of(net(1, [])) == ((0.0, 0.0),)


@pytest.mark.parametrize(
    "ties",
    [
        [(0, at) for at in range(1, 200)],
        [(at, at + 1) for at in range(199)],
        [(0, at) for at in range(1, 15)] + [(1 + at % 14, at) for at in range(15, 200)],
    ],
)
def test_two_hundred_have_room_and_the_middle_is_the_middle(ties: list[tuple[int, int]]) -> None:
    network = net(200, ties)
    places = layout.places_of(network)
    assert places[0] == (0.0, 0.0)
    assert overlapping(network) == []
    assert layout.places_of(network) == places


@settings(max_examples=30)
@given(st.integers(1, 25), st.data())
def test_no_labels_overlap(count: int, data: st.DataObject) -> None:
    ends = st.integers(0, count - 1)
    ties = data.draw(st.lists(st.tuples(ends, ends), max_size=40))
    assert overlapping(net(count, ties)) == []


def test_the_near_stand_nearer_than_the_far() -> None:
    ties = [(0, 1), (0, 2), (0, 3), (1, 4), (1, 5), (2, 6), (3, 7)]
    places = layout.places_of(net(8, ties))
    wide, high = layout.LANDSCAPE
    far = [(x / wide) ** 2 + (y / high) ** 2 for x, y in places]
    assert max(far[1:4]) < min(far[4:])
