"""Reads the ties themselves: relationships, referrals that became clients, and who keeps house with whom."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rmdesk.models.kinds import ClientKind, ClientStatus, RelationKind
from rmdesk.services.relations import rules, tables
from rmdesk.services.relations.rows import Node, Party
from rmdesk.services.store.reads import Reads

ONE = "coalesce({0}.from_client_id, {0}.from_person_id)"
OTHER = "coalesce({0}.to_client_id, {0}.to_person_id)"


@dataclass(frozen=True, slots=True)
class Tie:
    """`one` is the `kind` of `other`; `id` is empty for what is no relationship of its own."""

    id: str
    kind: str
    one: Node
    other: Node
    noted_on: date | None = None
    note: str = ""

    def far(self, node: Node) -> Node:
        """The other end, seen from `node`."""
        return self.other if node == self.one else self.one

    def role_of(self, node: Node) -> tables.Role:
        """What `node` is to the other end."""
        return tables.role_of(self.kind, first=node == self.one)


_ENDS = ("from_client_id", "from_person_id", "to_client_id", "to_person_id")


def around(reads: Reads, nodes: Collection[Node]) -> list[Tie]:
    """All ties of these, each once, by id; ties of somebody with themselves, as a merge may leave, are none."""
    given = _given(nodes)
    found: dict[tuple[str, Node, Node], Tie] = {}
    rows: list[tuple[str, str, Node, Node, str, str | None]] = []
    for end in _ENDS:
        rows += reads.rows(
            f"SELECT id, kind, {ONE.format('r')}, {OTHER.format('r')}, noted_on, note FROM relationship r"
            f" WHERE {end} IN (SELECT value FROM json_each(?))",
            (given[end.endswith("client_id")],),
        )
    for id_, kind, one, other, noted_on, note in sorted(rows, key=lambda row: row[0]):
        tie = Tie(id_, kind, one, other, date.fromisoformat(noted_on), note or "")
        if one != other and not _repeats(tie, found):
            found[kind, one, other] = tie
    for tie in [*_brought(reads, given[True]), *_housed(reads, given)]:
        if tie.one != tie.other and not _repeats(tie, found):
            found[tie.kind, tie.one, tie.other] = tie
    return list(found.values())


def of(reads: Reads, node: Node) -> list[Tie]:
    """All ties of one."""
    return around(reads, (node,))


def neighbours(reads: Reads, nodes: Collection[Node]) -> Iterator[tuple[Node, Node]]:
    """Pairs of one of these and somebody tied to them; a pair may come more than once."""
    given = _given(nodes)
    for end in _ENDS:
        near, far = ("from", "to") if end.startswith("from") else ("to", "from")
        for page in reads.pages(
            f"SELECT {end}, coalesce({far}_client_id, {far}_person_id) FROM relationship"
            f" WHERE {end} IN (SELECT value FROM json_each(?))",
            (given[end == f"{near}_client_id"],),
        ):
            yield from page
    for tie in [*_brought(reads, given[True]), *_housed(reads, given)]:
        yield tie.one, tie.other
        yield tie.other, tie.one


def parties(reads: Reads, nodes: Iterable[Node]) -> dict[Node, Party]:
    """Who these are; somebody who is gone is missing."""
    given = _given(set(nodes))
    found: dict[Node, Party] = {}
    for row in reads.rows(
        "SELECT id, name, sex, kind, status, coalesce(occupation, ''), coalesce(employer, '') FROM client"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (given[True],),
    ):
        about = " · ".join(part for part in row[5:] if part)
        found[row[0]] = Party(row[0], row[1], row[2] or "", row[3] == ClientKind.COMPANY, ClientStatus(row[4]), about)
    for row in reads.rows(
        "SELECT id, name, sex, official, coalesce(occupation, ''), coalesce(employer, '') FROM person"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (given[False],),
    ):
        about = " · ".join(part for part in row[4:] if part)
        found[row[0]] = Party(row[0], row[1], row[2] or "", about=about, official=bool(row[3]))
    return found


def kin(reads: Reads, start: Node, depth: int) -> dict[Node, list[tuple[str, Node]]]:
    """The kept kinship up to so many steps around somebody: for each their (role, who) pairs."""
    most = tables.number("kin", "most")
    found: dict[Node, list[tuple[str, Node]]] = {}
    ring: set[Node] = {start}
    for _step in range(depth):
        ties = [tie for tie in around(reads, ring) if tie.role_of(tie.one).kinship]
        following: set[Node] = set()
        for node in ring:
            mine = [tie for tie in ties if node in (tie.one, tie.other)]
            found[node] = sorted(((tie.role_of(tie.far(node)).name, tie.far(node)) for tie in mine), key=str)
            following |= {tie.far(node) for tie in mine}
        ring = following - found.keys()
        if not ring or len(found) + len(ring) > most:
            break
    return found


def kin_depth() -> int:
    """How many steps the longest path of the rule book has."""
    return max(len(path) for path in rules.patterns(tables.inferred()))


def _brought(reads: Reads, clients: str) -> list[Tie]:
    """Referrals of which both sides are clients."""
    return [
        Tie("", RelationKind.REFERRER, one, other)
        for one, other in reads.rows(
            "SELECT client_id, new_client_id FROM referral WHERE new_client_id IS NOT NULL"
            " AND client_id IN (SELECT value FROM json_each(:given))"
            " UNION SELECT client_id, new_client_id FROM referral"
            " WHERE new_client_id IN (SELECT value FROM json_each(:given))",
            {"given": clients},
        )
    ]


def _housed(reads: Reads, given: dict[bool, str]) -> list[Tie]:
    """Two of one household, once each."""
    found: dict[tuple[Node, Node], Tie] = {}
    for column in ("client_id", "person_id"):
        for one, other in reads.rows(
            f"SELECT m.{column}, coalesce(o.client_id, o.person_id) FROM household_member m"
            " JOIN household_member o ON o.household_id = m.household_id AND o.id <> m.id"
            f" WHERE m.{column} IN (SELECT value FROM json_each(?))",
            (given[column == "client_id"],),
        ):
            first, second = sorted((one, other), key=rules.order)
            found.setdefault((first, second), Tie("", tables.HOUSEHOLD, first, second))
    return list(found.values())


def _repeats(tie: Tie, found: dict[tuple[str, Node, Node], Tie]) -> bool:
    """Whether the same tie is there already, as after a merge."""
    turned = tables.is_symmetric(tie.kind) and (tie.kind, tie.other, tie.one) in found
    return turned or (tie.kind, tie.one, tie.other) in found


def _given(nodes: Collection[Node]) -> dict[bool, str]:
    """Client ids (True) and person ids (False) as JSON, which SQLite reads as a table of any length."""
    clients = [node for node in nodes if isinstance(node, int)]
    persons = [node for node in nodes if isinstance(node, str)]
    return {True: json.dumps(clients), False: json.dumps(persons)}
