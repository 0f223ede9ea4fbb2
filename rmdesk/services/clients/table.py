"""Reads the table of clients: who is in it and in which order, then the rows that are looked at, page by page.

`standing` holds the figures of the whole portfolio as arrays; `find` narrows and orders their ids; `rows_of` reads
the few rows that a screen shows. None of them ever builds a row for every client.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from rmdesk.models.kinds import ClientId, ClientKind, ClientStatus, Familiarity, Origin, Tier
from rmdesk.services.clients import freshness, rules
from rmdesk.services.clients.filters import GROUPS, ClientFilter, Order
from rmdesk.services.clients.table_rows import ClientRow, Found, Standing
from rmdesk.services.rulebook import book
from rmdesk.services.segments.rules import Floats, Ints
from rmdesk.services.store.reads import Reads, Row

Mask = NDArray[np.bool_]
Number = TypeVar("Number", np.int64, np.float64)

STATUSES = tuple(ClientStatus)
TIERS = tuple(Tier)
FAMILIARITIES = tuple(Familiarity)
ROWS_AT_ONCE = 200  # rows read at a time, well under SQLite's limit of parameters


def find(reads: Reads, standing: Standing, chosen: ClientFilter, order: Order) -> Found:
    """The clients that a filter leaves, in order. Without a group chosen, `cells` add up to the clients grouped."""
    ids = _at_hand(standing, chosen)
    if ids is None:
        ids = _candidates(reads, chosen, standing.day)
    at = places(standing.client, ids)
    keep = _fits(standing, at, chosen)
    groups = _taken(standing.group, at, -1)
    cells = np.bincount(groups[keep & (groups > 0)], minlength=10)[1:10]
    if chosen.groups:
        keep &= np.isin(groups, [GROUPS.index(group) + 1 for group in chosen.groups])
    ids, at = ids[keep], at[keep]
    aum = _taken(standing.aum, at, np.nan)
    total = reads.value(_TOTAL) if standing.status is None else len(standing.client)
    ordered = ids[_ordering(reads, standing, ids, at, order)]
    return Found(tuple(ordered.tolist()), tuple(int(count) for count in cells), int(np.nansum(aum)), int(total))


def rows_of(reads: Reads, standing: Standing, ids: Sequence[int]) -> tuple[ClientRow, ...]:
    """The rows of these clients, in this order; a client that is gone is left out."""
    found: dict[int, ClientRow] = {}
    for start in range(0, len(ids), ROWS_AT_ONCE):
        some = [int(client) for client in ids[start : start + ROWS_AT_ONCE]]
        maturities = _maturities(reads, some, standing.day)
        for row in reads.rows(_ROWS.format(marks=", ".join("?" * len(some))), some):
            found[row[0]] = _row(row, standing, maturities.get(row[0]))
    return tuple(found[int(client)] for client in ids if int(client) in found)


def branches(reads: Reads) -> tuple[tuple[int, str], ...]:
    """The branches that clients belong to, by name, to choose from."""
    rows = reads.rows(
        "SELECT id, name FROM branch WHERE EXISTS (SELECT 1 FROM client WHERE branch_id = branch.id) "
        "ORDER BY name, id LIMIT 500"
    )
    return tuple((int(row[0]), str(row[1])) for row in rows)


def places(clients: Ints, ids: Ints) -> Ints:
    """Where each id stands in the ascending `clients`; -1 where it does not."""
    if not len(clients):
        return np.full(len(ids), -1, np.int64)
    at = np.minimum(np.searchsorted(clients, ids), len(clients) - 1)
    return np.where(clients[at] == ids, at, -1).astype(np.int64)


_ROWS = """
SELECT c.id, c.number, c.name, c.initials, c.kind, c.status, c.origin, c.phone, c.district, b.name, c.birth_date,
       min(coalesce(f.since, c.opened_on), coalesce(c.opened_on, f.since)), coalesce(f.aum_on, c.as_of)
FROM client c LEFT JOIN branch b ON b.id = c.branch_id LEFT JOIN client_figures f ON f.client_id = c.id
WHERE c.id IN ({marks})
"""


_TOTAL = "SELECT count(*) FROM client WHERE merged_into IS NULL"
_ASKED = ("branches", "prospects_only", "text", "matures_days", "among")  # what only the file can answer


def _at_hand(standing: Standing, chosen: ClientFilter) -> Ints | None:
    """Ids, ascending, where the arrays hold all that the filter asks for: no row of the file is read for them."""
    usual = ClientFilter()
    if standing.status is None or any(getattr(chosen, name) != getattr(usual, name) for name in _ASKED):
        return None
    if not chosen.statuses:
        return standing.client
    return standing.client[np.isin(standing.status, [STATUSES.index(status) for status in chosen.statuses])]


def _candidates(reads: Reads, chosen: ClientFilter, day: date) -> Ints:
    """Ids, ascending, that the part of the filter kept in the database leaves."""
    wheres, params = ["merged_into IS NULL"], list[object]()
    for column, values in (("status", chosen.statuses), ("branch_id", chosen.branches)):
        if values:
            wheres.append(f"{column} IN ({', '.join('?' * len(values))})")
            params += values
    if chosen.prospects_only:
        wheres.append("origin = 'desk'")
    for word in chosen.text.split():
        wheres.append(
            "(instr(name, ?) OR instr(initials, ?) OR instr(coalesce(number, ''), ?) OR instr(coalesce(phone, ''), ?))"
        )
        params += [word, word.lower(), word, word]
    if chosen.matures_days is not None:
        wheres.append(f"id IN (SELECT client_id FROM holding WHERE {_MATURING})")
        params += [day.isoformat(), (day + timedelta(chosen.matures_days)).isoformat(), day.isoformat()]
    if chosen.among is not None:
        wheres.append("id IN (SELECT value FROM json_each(?))")
        params.append(json.dumps(chosen.among))
    sql = f"SELECT id FROM client WHERE {' AND '.join(wheres)} ORDER BY id"
    return _ids(reads, sql, params)


_ASSETS = ", ".join(f"'{kind}'" for kind, entry in book("products")["kinds"].items() if entry["asset"])
_MATURING = f"matures_on BETWEEN ? AND ? AND (ended_on IS NULL OR ended_on > ?) AND kind IN ({_ASSETS})"


def _ids(reads: Reads, sql: str, params: Sequence[object] = ()) -> Ints:
    parts = [np.fromiter((row[0] for row in page), np.int64, len(page)) for page in reads.pages(sql, list(params))]
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)


def _fits(standing: Standing, at: Ints, chosen: ClientFilter) -> Mask:
    """Which of the candidates pass the part of the filter that lives in the arrays."""
    keep = np.ones(len(at), np.bool_)
    if chosen.tiers:
        keep &= np.isin(_taken(standing.tier, at, -1), [TIERS.index(tier) for tier in chosen.tiers])
    if chosen.familiarities:
        wanted = [FAMILIARITIES.index(familiarity) for familiarity in chosen.familiarities]
        keep &= np.isin(_taken(standing.familiarity, at, -1), wanted)
    if chosen.quiet_days is not None:
        gap = _taken(standing.gap, at, np.nan)
        keep &= ~(gap < chosen.quiet_days)  # NaN, never contacted, stays
    return keep


def _taken(values: NDArray[Number], at: Ints, unknown: float) -> NDArray[Number]:
    if not len(values):
        return np.full(len(at), unknown, values.dtype)
    taken: NDArray[Number] = values[at]
    taken[at < 0] = unknown
    return taken


def _ordering(reads: Reads, standing: Standing, ids: Ints, at: Ints, order: Order) -> Ints:
    """Positions in display order; ties by id, unknown last whichever way."""
    array = {
        "tier": standing.tier,
        "familiarity": standing.familiarity,
        "group": standing.group,
        "aum": standing.aum,
        "change": standing.change,
        "gap": standing.gap,
        "score": standing.score,
    }.get(order.column)
    if array is None:
        key = _ranked(reads, ids, order.column, standing.day)
    else:
        key = _taken(array.astype(np.float64), at, np.nan)
        if array.dtype != np.float64:
            key[key < 0] = np.nan
    if order.descending:
        key = -key
    return np.argsort(key, kind="stable")  # NaN sorts last


# Unknown is NULL here, and stays out of the ranking.
_TEXT_ORDER = {
    "name": "SELECT id FROM client WHERE name <> '' ORDER BY initials COLLATE NOCASE, pinyin, name, id",
    "phone": "SELECT id FROM client WHERE phone IS NOT NULL ORDER BY phone, id",
    "birthday": "SELECT id FROM client WHERE birth_date IS NOT NULL ORDER BY birth_date, id",
    "district": "SELECT id FROM client WHERE district IS NOT NULL ORDER BY district, id",
    "branch": "SELECT c.id FROM client c JOIN branch b ON b.id = c.branch_id ORDER BY b.name, c.id",
    "number": "SELECT id FROM client WHERE number IS NOT NULL ORDER BY number, id",
    "status": "SELECT id FROM client ORDER BY status, id",
    "as_of": "SELECT id FROM client WHERE as_of IS NOT NULL ORDER BY as_of, id",
    "tenure": "SELECT client_id FROM client_figures WHERE since IS NOT NULL ORDER BY since DESC, client_id",
    "maturity": (
        f"SELECT client_id FROM holding WHERE {_MATURING} GROUP BY client_id ORDER BY min(matures_on), client_id"
    ),
}


def _ranked(reads: Reads, ids: Ints, column: str, day: date) -> Floats:
    """A rank for each id by a column of the database; NaN where unknown."""
    params = [day.isoformat(), _maturity_end(day), day.isoformat()] if column == "maturity" else []
    ordered = _ids(reads, _TEXT_ORDER[column], params)
    ascending = np.argsort(ordered, kind="stable")
    at = places(ordered[ascending], ids)
    rank = np.full(len(ids), np.nan)
    rank[at >= 0] = ascending[at[at >= 0]]
    return rank


def _maturity_end(day: date) -> str:
    return (day + timedelta(freshness.maturity_days())).isoformat()


def _maturities(reads: Reads, clients: list[int], day: date) -> dict[int, tuple[str, int | None]]:
    rows = reads.rows(
        f"SELECT client_id, min(matures_on), sum(amount_minor) FROM holding WHERE {_MATURING} "
        f"AND client_id IN ({', '.join('?' * len(clients))}) GROUP BY client_id",
        [day.isoformat(), _maturity_end(day), day.isoformat(), *clients],
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def _row(row: Row, standing: Standing, maturity: tuple[str, int | None] | None) -> ClientRow:
    at = int(places(standing.client, np.asarray([row[0]], np.int64))[0])
    tier, familiarity, group = (
        int(values[at]) if at >= 0 else -1 for values in (standing.tier, standing.familiarity, standing.group)
    )
    aum, change, gap, score = (
        float(values[at]) if at >= 0 else np.nan
        for values in (standing.aum, standing.change, standing.gap, standing.score)
    )
    since = None if row[11] is None else date.fromisoformat(row[11])
    as_of = None if row[12] is None else date.fromisoformat(row[12])
    return ClientRow(
        id=ClientId(row[0]),
        number=row[1] or "",
        name=row[2],
        initials=row[3],
        kind=ClientKind(row[4]),
        status=ClientStatus(row[5]),
        origin=Origin(row[6]),
        tier=TIERS[tier] if tier >= 0 else None,
        familiarity=FAMILIARITIES[familiarity] if familiarity >= 0 else None,
        group=f"G{group}" if group > 0 else None,
        aum_minor=None if np.isnan(aum) else int(aum),
        currency=standing.currency,
        change_90=None if np.isnan(change) else change,
        gap_days=None if np.isnan(gap) else int(gap),
        score=None if np.isnan(score) else round(score, 1),
        phone=rules.masked_phone(row[7]),
        district=row[8] or "",
        branch=row[9] or "",
        birth_date=row[10] or "",
        tenure=rules.tenure_years(since, standing.day),
        matures_on=None if maturity is None else date.fromisoformat(maturity[0]),
        matures_minor=None if maturity is None else maturity[1],
        as_of=as_of,
        stale=freshness.is_stale(as_of, standing.day),
    )
