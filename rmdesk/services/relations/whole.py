"""The whole network in memory, for searches that go too far to be read ring by ring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rmdesk.services.relations.rows import Node
from rmdesk.services.store.reads import Reads

Ints = NDArray[np.int64]

# Persons are numbered below zero in the order of their ids, as the ties need whole numbers. One text for all rows is
# read ten times as fast as the rows.
_PERSON = "-(SELECT n FROM numbered WHERE id = {0})"
_NUMBERED = "WITH numbered(id, n) AS MATERIALIZED (SELECT id, row_number() OVER (ORDER BY id) FROM person) "
_PAIRS = (
    "SELECT group_concat(coalesce(from_client_id, "
    + _PERSON.format("from_person_id")
    + ") || ' ' || coalesce(to_client_id, "
    + _PERSON.format("to_person_id")
    + "), ' ') FROM relationship",
    "SELECT group_concat(client_id || ' ' || new_client_id, ' ') FROM referral WHERE new_client_id IS NOT NULL",
    "SELECT group_concat(coalesce(m.client_id, "
    + _PERSON.format("m.person_id")
    + ") || ' ' || coalesce(o.client_id, "
    + _PERSON.format("o.person_id")
    + "), ' ') FROM household_member m JOIN household_member o ON o.household_id = m.household_id AND o.id > m.id",
)


@dataclass(frozen=True, slots=True)
class Whole:
    """Ties as pairs of places, each in both directions; `nodes` are sorted as `rules.order` sorts."""

    nodes: list[Node]
    one: Ints
    other: Ints

    def ways(
        self, goal: Node, known: set[Node], barred: set[Node], most_hops: int, enough: int
    ) -> list[tuple[Node, ...]]:
        """As `rules.ways_from`, over all ties at once."""
        place = {node: at for at, node in enumerate(self.nodes)}
        if goal not in place:
            return []
        count = len(self.nodes)
        is_known, seen, front = (np.zeros(count, dtype=bool) for _ in range(3))
        is_known[[place[node] for node in known if node in place]] = True
        seen[[place[goal], *(place[node] for node in barred if node in place)]] = True
        front[place[goal]] = True
        toward = np.full(count, count, dtype=np.int64)
        met: list[int] = []
        for _hop in range(most_hops):
            new = front[self.one] & ~seen[self.other]
            reached = self.other[new]
            if not len(reached):
                break
            np.minimum.at(toward, reached, self.one[new])
            seen[reached] = True
            front[:] = False
            front[reached] = True
            met += np.flatnonzero(front & is_known).tolist()
            if len(met) >= enough:
                break
            front &= ~is_known
        return [self._way(toward, at, place[goal]) for at in met]

    def _way(self, toward: Ints, at: int, goal: int) -> tuple[Node, ...]:
        way = [at]
        while way[-1] != goal:
            way.append(int(toward[way[-1]]))
        return tuple(self.nodes[one] for one in way)


def load(reads: Reads) -> Whole:
    """All ties of the portfolio: 300,000 take a fifth of a second, for a worker."""
    texts: list[Any] = [reads.value(_NUMBERED + sql) for sql in _PAIRS]
    pairs = np.fromstring(" ".join(text for text in texts if text), dtype=np.int64, sep=" ").reshape(-1, 2)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    numbers, places = np.unique(pairs, return_inverse=True)
    places = places.reshape(-1, 2)
    persons = int((numbers < 0).sum())
    # unique() put persons first, the last of them foremost; clients come first here.
    place_of = np.concatenate(
        (np.arange(len(numbers) - 1, len(numbers) - persons - 1, -1), np.arange(len(numbers) - persons))
    )
    ids: list[Node] = [row[0] for row in reads.rows("SELECT id FROM person ORDER BY id")] if persons else []
    nodes: list[Node] = [int(number) for number in numbers[persons:]]
    nodes += [ids[-int(number) - 1] for number in numbers[:persons][::-1]]
    one, other = place_of[places[:, 0]], place_of[places[:, 1]]
    return Whole(nodes, np.concatenate((one, other)), np.concatenate((other, one)))
