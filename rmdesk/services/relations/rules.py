"""Plain rules about relationships: what follows from what is kept, and the nearest way through it. No I/O."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from rmdesk.services.relations.rows import Node
from rmdesk.services.relations.tables import Inferred

# What the way back is called.
BACK = {"parent": "child", "child": "parent", "spouse": "spouse", "sibling": "sibling"}

Kin = Mapping[Node, Sequence[tuple[str, Node]]]  # who is what to somebody: their (role, node) pairs
Found = tuple[int, bool, tuple[Node, ...]]  # which entry of the rule book, backwards, the nodes after the start


def patterns(table: Sequence[Inferred]) -> dict[tuple[str, ...], tuple[int, bool]]:
    """The paths that mean something: those of the rule book, and each of them walked backwards."""
    found: dict[tuple[str, ...], tuple[int, bool]] = {}
    for at, entry in enumerate(table):
        found.setdefault(entry.path, (at, False))
        found.setdefault(tuple(BACK[step] for step in reversed(entry.path)), (at, True))
    return found


def inferred_kin(kin: Kin, start: Node, table: Sequence[Inferred]) -> dict[Node, Found]:
    """Who is kin of `start` by way of others: for each the shortest path, and of those the first of the rule book.

    Who is tied to `start` by kept kinship is left out: what is kept is known better.
    """
    known = patterns(table)
    begun = {path[:length] for path in known for length in range(1, len(path) + 1)}
    kept = {node for _role, node in kin.get(start, ())}
    found: dict[Node, Found] = {}
    ranks: dict[Node, tuple[int, int, tuple[str, ...]]] = {}
    paths: list[tuple[tuple[str, ...], tuple[Node, ...]]] = [((), (start,))]
    while paths:
        paths = [
            ((*roles, role), (*nodes, node))
            for roles, nodes in paths
            for role, node in kin.get(nodes[-1], ())
            if node not in nodes and (*roles, role) in begun
        ]
        for roles, nodes in paths:
            end = nodes[-1]
            if roles in known and end not in kept:
                at, backwards = known[roles]
                rank = (len(roles), at, tuple(map(str, nodes)))
                if end not in ranks or rank < ranks[end]:
                    ranks[end], found[end] = rank, (at, backwards, nodes[1:])
    return found


def ways_from(
    goal: Node,
    neighbours: Callable[[Collection[Node]], Iterable[tuple[Node, Node]]],
    known: Callable[[Collection[Node]], Collection[Node]],
    most_hops: int,
    enough: int,
) -> list[tuple[Node, ...]]:
    """The shortest ways to `goal` from those who are `known`, each as nodes from the known one to the goal.

    Breadth-first from the goal: everybody is looked at once, and ends with the ring in which the `enough`-th known
    one was met, or `most_hops` away. A known one is not gone through: who can be asked is asked first.
    """
    toward: dict[Node, Node] = {goal: goal}
    ring: list[Node] = [goal]
    ways: list[tuple[Node, ...]] = []
    for _hop in range(most_hops):
        reached: dict[Node, Node] = {}
        for node, other in neighbours(ring):
            if other not in toward and (other not in reached or _before(node, reached[other])):
                reached[other] = node
        if not reached:
            break
        toward |= reached
        met = set(known(reached))
        ways += [_way(toward, node, goal) for node in sorted(met, key=order)]
        if len(ways) >= enough:
            break
        ring = sorted((node for node in reached if node not in met), key=order)
    return ways


def _way(toward: Mapping[Node, Node], node: Node, goal: Node) -> tuple[Node, ...]:
    way = [node]
    while way[-1] != goal:
        way.append(toward[way[-1]])
    return tuple(way)


def order(node: Node) -> tuple[bool, int, str]:
    """What to sort by: clients first, by number; then persons."""
    return (False, node, "") if isinstance(node, int) else (True, 0, node)


def _before(one: Node, other: Node) -> bool:
    return order(one) < order(other)
