"""Reads the cadences that manager and lead have agreed, and puts them in the place of the table's."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from rmdesk.base.record import record
from rmdesk.services.desk_user import desk_user, named
from rmdesk.services.segments import tables
from rmdesk.services.store.reads import Reads

if TYPE_CHECKING:
    from rmdesk.services.segments.rules import Floats, Ints

AGREED = "agreed"


@record
class Agreed:
    """A cadence in force: of a book (empty without a hub), a tier 1..5, a group 1..9 or 0 for all; who agreed, when."""

    id: str
    book: str
    tier: int
    group: int
    days: int
    note: str
    by: tuple[str, ...]
    on: date


_ROWS = f"""
SELECT id, book, tier, "group", days, note, proposed_by, agreed_by, agreed_on FROM agreed_cadence
WHERE state = '{AGREED}' AND agreed_on <= ? ORDER BY "group" IS NOT NULL, agreed_on, id
"""


def agreed(reads: Reads, day: date) -> tuple[Agreed, ...]:
    """What is in force on a day: for a whole tier first, then for single groups, older ones before newer ones."""
    found = []
    for key, book, tier, group, days, note, proposed, by, on in reads.rows(_ROWS, (day.isoformat(),)):
        who = tuple(dict.fromkeys(named(reads, signs) for signs in (proposed, by) if signs))
        place = tables.GROUPS.index(group) + 1 if group in tables.GROUPS else 0
        found.append(Agreed(key, book, int(tier[1:]), place, days, note, who, date.fromisoformat(on)))
    return tuple(found)


def applied(
    reads: Reads, known: tuple[Agreed, ...], clients: Ints, tier: Ints, group: Ints, cadence: Floats
) -> tuple[Floats, Ints]:
    """The cadence of each client with what was agreed for them, and by which agreement (its place from 1 on, else 0).

    An agreement for one group stands before one for the whole tier, a newer one before an older one.
    """
    days, which = cadence.copy(), np.zeros(len(clients), dtype=np.int64)
    if not known:
        return days, which
    of = _books(reads, known, clients)
    for at, one in enumerate(known, start=1):
        own = of[one.book] & (tier == one.tier) & (group > 0)
        inside = own & (group == one.group) if one.group else own
        days[inside], which[inside] = float(one.days), at
    return days, which


def _books(
    reads: Reads, known: tuple[Agreed, ...], clients: Ints
) -> dict[str, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Which clients are in each book; without a hub all are in the one without a name."""
    if not desk_user(reads).joined:
        return {one.book: np.full(len(clients), one.book == "") for one in known}
    names = {one.book for one in known}
    found: dict[str, list[int]] = {name: [] for name in names}
    sql = "SELECT client_id, book FROM sync_client WHERE book IN (SELECT value FROM json_each(?))"
    for page in reads.pages(sql, (json.dumps(sorted(names)),)):
        for client, book in page:
            found[book].append(client)
    return {name: np.isin(clients, np.array(inside, dtype=np.int64)) for name, inside in found.items()}
