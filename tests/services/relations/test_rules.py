"""What follows from what is kept, and the nearest way through it, against plain reckoning by hand."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.models.kinds import RelationKind
from rmdesk.services.relations import rules, tables
from rmdesk.services.relations.rows import Node
from rmdesk.services.rulebook import book

TABLE = tables.inferred()


def test_every_kind_has_words_a_group_and_a_source() -> None:
    for kind in RelationKind:
        for first in (True, False):
            role = tables.role_of(kind, first=first)
            assert role.group in tables.groups()
            assert all(role.called.by(sex).en and role.called.by(sex).zh for sex in ("F", "M", ""))
        assert book("relations")["kinds"][kind]["source"]
    assert tables.role("child").called.by("F").zh == "女儿"
    assert tables.role("parent").called.by("M").en == "father"
    assert len(tables.role_names()) == 13 + sum(not tables.is_symmetric(kind) for kind in RelationKind)
    with pytest.raises(KeyError):
        tables.role("enemy")


def test_every_path_of_the_book_is_read_in_both_directions() -> None:
    known = rules.patterns(TABLE)
    for at, entry in enumerate(TABLE):
        assert set(entry.path) <= tables.KIN_STEPS
        assert known[entry.path] == (at, False), "a path stands twice"
        back = tuple(rules.BACK[step] for step in reversed(entry.path))
        assert known[back][0] == at
        if back == entry.path:
            assert entry.role == entry.back


def kin_of(ties: Collection[tuple[int, str, int]]) -> dict[Node, list[tuple[str, Node]]]:
    """(1, "parent", 2): 2 is the parent of 1."""
    found: dict[Node, list[tuple[str, Node]]] = defaultdict(list)
    for of, role, other in ties:
        if of != other:
            found[of].append((role, other))
            found[other].append((rules.BACK[role], of))
    return found


def called(ties: Collection[tuple[int, str, int]], start: int, via: str = "", sex: str = "") -> dict[Node, str]:
    found = rules.inferred_kin(kin_of(ties), start, TABLE)
    return {
        node: TABLE[at].called(backwards=backwards, via=via if len(path) == 2 else "").by(sex).zh
        for node, (at, backwards, path) in found.items()
    }


def test_a_family_of_three_generations() -> None:
    # 1 and 2 are married, 3 their child; 4 the mother of 1, 5 the sister of 1, 6 the child of 5, 7 the spouse of 5.
    family = [(1, "spouse", 2), (1, "child", 3), (2, "child", 3), (1, "parent", 4), (5, "parent", 4),
              (5, "child", 6), (5, "spouse", 7)]  # fmt: skip
    assert called(family, 3, via="F") == {4: "外祖父母", 5: "父母的兄弟姐妹"}
    assert called(family, 3) == {4: "祖父母", 5: "父母的兄弟姐妹"}
    assert called(family, 1) == {5: "兄弟姐妹", 6: "兄弟姐妹的子女"}
    assert called([*family, (1, "sibling", 5)], 1) == {6: "兄弟姐妹的子女", 7: "兄弟姐妹的配偶"}
    assert called(family, 4)[3] == "孙辈"
    assert called(family, 2, sex="F", via="M")[4] == "婆婆"
    assert called(family, 2, sex="M", via="F")[4] == "岳父"
    assert called(family, 4, sex="M", via="F")[2] == "女婿"
    found = rules.inferred_kin(kin_of(family), 3, TABLE)
    assert found[4][2] in {(1, 4), (2, 4)}


def test_what_is_kept_is_not_told_again() -> None:
    assert called([(1, "parent", 2), (2, "child", 3), (1, "sibling", 3)], 1) == {}


TIES = st.lists(
    st.tuples(st.integers(0, 6), st.sampled_from(("parent", "child", "spouse", "sibling")), st.integers(0, 6)),
    max_size=14,
    unique_by=lambda tie: frozenset((tie[0], tie[2])),  # two are one thing to one another
)


@given(TIES)
def test_kin_that_follows_follows_for_both(ties: list[tuple[int, str, int]]) -> None:
    kin = kin_of(ties)
    for start in range(7):
        for node, (at, backwards, path) in rules.inferred_kin(kin, start, TABLE).items():
            assert isinstance(node, int)
            assert path[-1] == node
            assert len(set(path)) == len(path)
            assert start not in path
            back_at, back_backwards, back_path = rules.inferred_kin(kin, node, TABLE)[start]
            assert (back_at, len(back_path)) == (at, len(path))
            if TABLE[at].role != TABLE[at].back and back_path[-2::-1] == path[:-1]:  # not over somebody else
                assert back_backwards is not backwards


EDGES = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=40)


@given(EDGES, st.frozensets(st.integers(0, 11)), st.integers(0, 11), st.integers(1, 6), st.integers(1, 4))
def test_the_nearest_way_is_as_short_as_plain_reckoning_says(
    edges: list[tuple[int, int]], known: frozenset[int], goal: int, most: int, enough: int
) -> None:
    near: dict[Node, set[Node]] = defaultdict(set)
    for one, other in edges:
        near[one].add(other)
        near[other].add(one)
    looked: list[Node] = []

    def neighbours(ring: Collection[Node]) -> Iterator[tuple[Node, Node]]:
        looked.extend(ring)
        for node in ring:
            yield from ((node, other) for other in near[node])

    ways = rules.ways_from(goal, neighbours, lambda nodes: [node for node in nodes if node in known], most, enough)
    assert len(looked) == len(set(looked)), "somebody was looked at twice"
    expected = distances(near, goal, known, most)
    for way in ways:
        assert way[-1] == goal
        assert way[0] in known
        assert all(after in near[node] for node, after in pairwise(way))
        assert not set(way[1:-1]) & known
        assert len(way) - 1 == expected[way[0]]
    assert [len(way) for way in ways] == sorted(len(way) for way in ways)
    assert len({way[0] for way in ways}) == len(ways) >= min(enough, len(expected))
    assert set(expected) >= {way[0] for way in ways}


def distances(near: dict[Node, set[Node]], goal: int, known: frozenset[int], most: int) -> dict[Node, int]:
    """Steps from the goal to each known one, going through others who are not known."""
    steps: dict[Node, int] = {goal: 0}
    waiting = deque([goal])
    while waiting:
        node = waiting.popleft()
        if node != goal and node in known:
            continue
        for other in near[node]:
            if other not in steps:
                steps[other] = steps[node] + 1
                waiting.append(other)  # type: ignore[arg-type]
    return {node: count for node, count in steps.items() if node in known and node != goal and count <= most}


def test_long_chains_end_and_wide_ones_are_looked_at_once() -> None:
    def chain(ring: Collection[Node]) -> Iterator[tuple[Node, Node]]:
        for node in ring:
            assert isinstance(node, int)
            yield node, node + 1

    assert rules.ways_from(0, chain, lambda nodes: [node for node in nodes if node == 5], 6, 1) == [(5, 4, 3, 2, 1, 0)]
    assert rules.ways_from(0, chain, lambda nodes: [node for node in nodes if node == 7], 6, 1) == []
