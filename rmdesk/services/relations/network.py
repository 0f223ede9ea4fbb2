"""The network around a client: everybody within some steps, nearest first, and the lines between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import ClientId
from rmdesk.services.relations import rules, tables, ties
from rmdesk.services.relations.rows import NetNode, NetTie, Network, Node, Party
from rmdesk.services.relations.ties import Tie
from rmdesk.services.store.reads import Reads


def network(
    reads: Reads, client: ClientId, depth: int | None = None, limit: int | None = None, day: date | None = None
) -> Network:
    """The picture around a client, up to `depth` steps away (2) and at most `limit` people (200).

    Whoever is nearer comes first; of those equally near, who is tied to more of them.
    """
    steps = tables.number("network", "depth") if depth is None else depth
    most = tables.number("network", "limit") if limit is None else limit
    distance, kept, left_out = _rings(reads, client, steps, max(1, most))
    known = ties.parties(reads, distance)
    nodes = [node for node in distance if node in known]
    kin = {frozenset((tie.one, tie.other)) for tie in kept if tie.role_of(tie.one).kinship}
    lines = [
        tie
        for tie in kept
        if tie.one in known
        and tie.other in known
        and not (tie.kind == tables.HOUSEHOLD and frozenset((tie.one, tie.other)) in kin)  # said by the kinship
    ]
    tiers = _tiers(reads, [node for node in nodes if isinstance(node, int)], day)
    counts: dict[Node, set[Node]] = defaultdict(set)
    for tie in lines:
        counts[tie.one].add(tie.other)
        counts[tie.other].add(tie.one)
    place = {node: at for at, node in enumerate(nodes)}
    return Network(
        tuple(NetNode(known[node], distance[node], tiers.get(node, ""), len(counts[node])) for node in nodes),
        tuple(_line(tie, known, place) for tie in sorted(lines, key=lambda tie: (place[tie.one], place[tie.other]))),
        left_out,
    )


def _rings(reads: Reads, start: Node, depth: int, most: int) -> tuple[dict[Node, int], list[Tie], int]:
    """Everybody by distance, the ties between them, and how many found no room."""
    distance: dict[Node, int] = {start: 0}
    ring: list[Node] = [start]
    found: dict[tuple[str, str, Node, Node], Tie] = {}
    left_out = 0
    for step in range(1, depth + 1):
        reached: dict[Node, int] = defaultdict(int)
        for tie in ties.around(reads, ring):
            found[tie.id, tie.kind, tie.one, tie.other] = tie
            for node in (tie.one, tie.other):
                if node not in distance:
                    reached[node] += 1
        room = most - len(distance)
        ring = sorted(reached, key=lambda node: (-reached[node], rules.order(node)))
        left_out += max(0, len(ring) - room)
        ring = ring[:room]
        distance |= dict.fromkeys(ring, step)
        if not ring:
            break
    if ring:  # the outermost know one another, too
        for tie in ties.around(reads, ring):
            found[tie.id, tie.kind, tie.one, tie.other] = tie
    return distance, [tie for tie in found.values() if tie.one in distance and tie.other in distance], left_out


def _line(tie: Tie, known: dict[Node, Party], place: dict[Node, int]) -> NetTie:
    role = tie.role_of(tie.one)
    called = role.called.by(known[tie.one].sex)
    back = tie.role_of(tie.other).called.by(known[tie.other].sex)
    return NetTie(place[tie.one], place[tie.other], called, back, role.group, said(tie, tie.one, known))


def said(tie: Tie, subject: Node, known: Mapping[Node, Party]) -> Phrase:
    """A tie as a sentence about `subject`, where both sides have a name for it: 王芳 is the mother of 李雷."""
    both = tie.role_of(tie.one).kinship or tables.is_symmetric(tie.kind)
    one = subject if both else tie.one
    other = tie.far(one)
    if tie.kind == tables.HOUSEHOLD:
        return phrase("{one} and {other} share a household", one=known[one].name, other=known[other].name)
    called = tie.role_of(one).called.by(known[one].sex)
    return phrase("{one} is the {role} of {other}", one=known[one].name, role=called, other=known[other].name)


def _tiers(reads: Reads, clients: list[int], day: date | None) -> dict[Node, str]:
    """The tiers of these clients, where money is known."""
    if not clients:
        return {}
    from rmdesk.services.care import portfolio

    whole = portfolio.load(reads, day, clients)
    return {int(client): f"T{tier}" for client, tier in zip(whole.client, whole.tier, strict=True) if tier}
