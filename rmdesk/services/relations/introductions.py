"""Who can introduce me: the shortest ways from clients whom the manager knows to somebody who is sought."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from itertools import pairwise

from rmdesk.base import clock
from rmdesk.base.text import phrase
from rmdesk.models.kinds import ClientStatus, VisitState
from rmdesk.services.relations import rules, tables, ties
from rmdesk.services.relations.network import said
from rmdesk.services.relations.rows import Hop, Introduction, Node
from rmdesk.services.store.reads import Reads

Contacts = dict[Node, tuple[int, date]]
WIDE = 500  # people looked at, from which on everything is read at once
NOT_ASKED = (ClientStatus.DECEASED, ClientStatus.DO_NOT_CONTACT, ClientStatus.CLOSED)


def introductions(reads: Reads, sought: Node, day: date | None = None) -> tuple[Introduction, ...]:
    """The shortest ways to somebody, best first; at most five, none when nobody whom the manager knows leads there.

    The manager knows a client with a two-way contact within 180 days (rules/relations.toml). Nobody is asked or
    gone through who has died, left the bank or wants no contact.
    """
    today = day or clock.today()
    shown = tables.number("introduction", "shown")
    try:
        ways, contacts = _ring_by_ring(reads, sought, today, shown)
    except _TooWide:
        ways, contacts = _all_at_once(reads, sought, today, shown)
    ways.sort(key=lambda way: (len(way), -contacts[way[0]][0], -contacts[way[0]][1].toordinal(), rules.order(way[0])))
    return _told(reads, ways[:shown], contacts)


class _TooWide(Exception):
    """So many people stand around that reading everything at once is quicker."""


Ways = tuple[list[tuple[Node, ...]], Contacts]


def _ring_by_ring(reads: Reads, sought: Node, today: date, enough: int) -> Ways:
    contacts: Contacts = {}
    looked = 0

    def known(nodes: Collection[Node]) -> Collection[Node]:
        met = _contacts(reads, today, nodes)
        contacts.update(met)
        return met.keys()

    def near(nodes: Collection[Node]) -> Iterable[tuple[Node, Node]]:
        nonlocal looked
        looked += len(nodes)
        if looked > WIDE:
            raise _TooWide
        pairs = [pair for pair in ties.neighbours(reads, nodes) if pair[0] != pair[1]]
        barred = _barred(reads, {other for _node, other in pairs})
        return [pair for pair in pairs if pair[1] not in barred]

    return rules.ways_from(sought, near, known, tables.number("introduction", "most_hops"), enough), contacts


def _all_at_once(reads: Reads, sought: Node, today: date, enough: int) -> Ways:
    """The same ways. Who can't be asked is looked up for the ways found, and these are then sought anew."""
    from rmdesk.services.relations import whole

    network, contacts = whole.load(reads), _contacts(reads, today)
    barred: set[Node] = set()
    while True:
        found = network.ways(sought, set(contacts), barred, tables.number("introduction", "most_hops"), enough)
        new = _barred(reads, {node for way in found for node in way[:-1]})
        if not new:
            return found, contacts
        barred |= new


def _told(
    reads: Reads, ways: list[tuple[Node, ...]], contacts: dict[Node, tuple[int, date]]
) -> tuple[Introduction, ...]:
    nodes = {node for way in ways for node in way}
    who = ties.parties(reads, nodes)
    lines = {frozenset((tie.one, tie.other)): tie for tie in reversed(ties.around(reads, nodes))}
    found = []
    for way in ways:
        if all(node in who for node in way):
            hops = tuple(
                Hop(who[node], said(lines[frozenset((node, after))], node, who)) for node, after in pairwise(way)
            )
            found.append(Introduction((*hops, Hop(who[way[-1]], phrase(""))), *contacts[way[0]]))
    return tuple(found)


def _contacts(reads: Reads, today: date, nodes: Collection[Node] | None = None) -> Contacts:
    """Which of these, or of all clients, the manager knows: two-way contacts of late, and the last of them."""
    since = today - timedelta(days=tables.number("introduction", "known_days"))
    among = "" if nodes is None else "v.client_id IN (SELECT value FROM json_each(:nodes)) AND "
    rows = reads.rows(
        f'SELECT v.client_id, count(*), max(v."on") FROM visit v WHERE {among}v."on" BETWEEN :since AND :today'
        " AND v.state = :held AND v.two_way GROUP BY v.client_id",
        {
            "nodes": json.dumps([node for node in nodes or () if isinstance(node, int)]),
            "since": since.isoformat(),
            "today": today.isoformat(),
            "held": VisitState.HELD.value,
        },
    )
    return {row[0]: (row[1], date.fromisoformat(row[2])) for row in rows}


def _barred(reads: Reads, nodes: Collection[Node]) -> set[Node]:
    """Those of these who can't be asked; a client merged away has no ties."""
    statuses = ", ".join(f"'{status}'" for status in NOT_ASKED)
    rows = reads.rows(
        f"SELECT id FROM client WHERE id IN (SELECT value FROM json_each(?)) AND status IN ({statuses})",
        (json.dumps([node for node in nodes if isinstance(node, int)]),),
    )
    return {row[0] for row in rows}
