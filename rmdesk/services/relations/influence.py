"""Reads who has influence on how many, and on whom they decide."""

from __future__ import annotations

from rmdesk.models.kinds import ClientId, RelationKind
from rmdesk.services.relations import rules, tables, ties
from rmdesk.services.relations.rows import (
    Influence,
    Node,
    Party,
)
from rmdesk.services.store.reads import Reads

SWAYS = (RelationKind.DECIDER, RelationKind.INFLUENCER)


def influence_of(reads: Reads, client: ClientId) -> Influence | None:
    """How well connected a client is; None when there is no such client."""
    party = ties.parties(reads, [client]).get(client)
    if party is None:
        return None
    mine = ties.of(reads, client)
    decides = len({tie.other for tie in mine if tie.kind in SWAYS and tie.one == client})
    return _influence(party, len({tie.far(client) for tie in mine}), decides)


def influencers(reads: Reads, limit: int = 50) -> tuple[Influence, ...]:
    """The best connected of the portfolio, clients and others: those who decide for or sway many first."""
    found: dict[Node, list[int]] = {}
    sways = ", ".join(f"'{kind}'" for kind in SWAYS)
    one, other = ties.ONE.format("r"), ties.OTHER.format("r")
    for page in reads.pages(
        f"SELECT node, count(DISTINCT far), count(DISTINCT CASE WHEN sways THEN far END) FROM ("
        f"SELECT {one} AS node, {other} AS far, kind IN ({sways}) AS sways FROM relationship r"
        f" UNION ALL SELECT {other}, {one}, 0 FROM relationship r) WHERE node <> far"
        " GROUP BY node HAVING count(DISTINCT far) >= :ties"
        " OR count(DISTINCT CASE WHEN sways THEN far END) >= :decides",
        {"ties": tables.number("influence", "ties"), "decides": tables.number("influence", "decides")},
    ):
        for node, count, decides in page:
            found[node] = [decides, count]
    best = sorted(found, key=lambda node: (-found[node][0], -found[node][1], rules.order(node)))[:limit]
    known = ties.parties(reads, best)
    return tuple(_influence(known[node], found[node][1], found[node][0]) for node in best if node in known)


def _influence(party: Party, count: int, decides: int) -> Influence:
    strong = count >= tables.number("influence", "ties") or decides >= tables.number("influence", "decides")
    return Influence(party, count, decides, strong)
