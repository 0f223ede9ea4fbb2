"""Takes in what the hub tells of the bank's facts: whole pages of a feed at once, through the importer's writing.

Called by the engine within its transaction, with `applying` set. A client is found by the wire id, else by the
bank's number, so that clients imported here before the desk joined are the same ones afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import groupby
from typing import TypeVar

import msgspec

from rmdesk.base import clock
from rmdesk.models.kinds import ClientStatus, Topic
from rmdesk.services.imports.days import Days
from rmdesk.services.imports.keys import listed
from rmdesk.services.imports.laying import Laying
from rmdesk.services.imports.matching import LISTED
from rmdesk.services.imports.terms import Terms
from rmdesk.services.segments import figures
from rmdesk.services.store.work import UnitOfWork
from rmdesk.wire import bank, ids
from rmdesk.wire.messages import Row

T = TypeVar("T")
_SYNC = (Topic.SYNC,)
_MOST_TOUCHED = 20_000  # beyond so many clients it is quicker to add up all of them


def apply_bank(work: UnitOfWork, rows: Sequence[Row]) -> frozenset[Topic]:
    """Write these rows of types `wire.bank.TYPES`; gives the topics that changed. Older ones than are here do nothing.

    What a client's money names that is not here yet (an account of a client in another book) waits for it.
    """
    before = set(work.topics)
    fresh = _newer(work, rows)
    laying = Laying(work, Terms(clock.today()))
    _lay(work, laying, fresh)
    _hold(work, fresh)
    _wait(work, laying, fresh)
    while waited := _waited_for(work, laying):  # a client brings accounts, and those what hangs on them
        laying.laid.missing.clear()
        _lay(work, laying, waited)
        _wait(work, laying, waited)
    _close(work, [row for row in fresh if row.deleted and row.type == bank.CLIENT])
    touched = laying.laid.touched
    if touched:
        figures.refresh(work, sorted(touched) if len(touched) <= _MOST_TOUCHED else None)
    return frozenset(work.topics - before)


def _newer(work: UnitOfWork, rows: Iterable[Row]) -> list[Row]:
    """The last row of each record, without those of which the desk has a newer one."""
    last: dict[str, Row] = {}
    for row in rows:
        if row.id not in last or last[row.id].rev <= row.rev:
            last[row.id] = row
    held: dict[str, int] = dict(
        work.rows(f"SELECT wire_id, rev FROM sync_record WHERE wire_id {LISTED}", (listed(last),))
    )
    return [row for row in last.values() if row.rev >= held.get(row.id, 0)]


def _lay(work: UnitOfWork, laying: Laying, rows: Iterable[Row]) -> None:
    for scope, some in groupby(sorted(rows, key=lambda row: row.scope), key=lambda row: row.scope):
        days = Days(work, scope)
        told: dict[str, list[str]] = {kind: [] for kind in bank.TYPES}
        for row in some:
            text = row.fields.get(bank.FACTS)
            if not row.deleted and isinstance(text, str):  # a row without facts must not hold up the others
                told[row.type].append(text)
        for day in _read(bank.day_facts, told[bank.DAY]):
            laying.laid.touched |= days.move(day)
        laying.products(_read(bank.product_facts, told[bank.PRODUCT]), days)
        clients = _read(bank.client_facts, told[bank.CLIENT])
        laying.clients(clients, days, _known(work, [facts.number for facts in clients]))
        _name(work, laying, [facts.number for facts in clients], scope.partition(":")[2])
        laying.money(_read(bank.money_facts, told[bank.MONEY]), days)


def _read(read: Callable[[str], T], texts: Iterable[str]) -> list[T]:
    """What this program understands of these texts; what it does not holds up nothing else."""
    found = []
    for text in texts:
        with suppress(bank.Unreadable):
            found.append(read(text))
    return found


def _known(work: UnitOfWork, numbers: Sequence[str]) -> dict[str, int]:
    """Clients that are here under their wire id."""
    by_wire = {ids.client_id(number): number for number in numbers}
    rows = work.rows(f"SELECT wire_id, client_id FROM sync_client WHERE wire_id {LISTED}", (listed(by_wire),))
    return {by_wire[wire]: client for wire, client in rows}


def _name(work: UnitOfWork, laying: Laying, numbers: Sequence[str], book: str) -> None:
    """Which wire id the clients have, and in which book they are."""
    rows = [(laying.laid.clients[number], ids.client_id(number), book) for number in numbers]
    if rows:
        work.bulk(
            "INSERT INTO sync_client (client_id, wire_id, book) VALUES (?, ?, ?)"
            " ON CONFLICT (client_id) DO UPDATE SET wire_id = excluded.wire_id, book = excluded.book",
            rows,
            topics=_SYNC,
        )


def _hold(work: UnitOfWork, rows: Sequence[Row]) -> None:
    """What the hub has of these records: their revisions, for the digest."""
    wires = {row.client for row in rows if row.client is not None}
    found = work.rows(f"SELECT wire_id, client_id FROM sync_client WHERE wire_id {LISTED}", (listed(wires),))
    clients: dict[str | None, int] = dict(found)
    held = [
        (row.type, row.id, clients.get(row.client), row.id, row.scope, row.rev, row.by or None, row.at or None)
        for row in rows
        if not row.deleted
    ]
    if held:
        work.bulk(
            "INSERT INTO sync_record (entity, entity_id, client_id, wire_id, scope, rev, changed_by, changed_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (entity, entity_id) DO UPDATE SET"
            " client_id = excluded.client_id, scope = excluded.scope, rev = excluded.rev,"
            " changed_by = excluded.changed_by, changed_at = excluded.changed_at",
            held,
            topics=_SYNC,
        )
    gone = [(row.type, row.id) for row in rows if row.deleted]
    if gone:
        work.bulk("DELETE FROM sync_record WHERE entity = ? AND entity_id = ?", gone, topics=_SYNC)


def _waited_for(work: UnitOfWork, laying: Laying) -> list[Row]:
    """Money that waited for something that has just arrived."""
    waiting = "SELECT DISTINCT needs FROM sync_waiting WHERE entity = ?"
    needed = {row[0] for row in work.rows(waiting, (bank.MONEY,))}
    if not needed:
        return []
    arrived = {_need(kind, name) for kind, names in laying.laid.arrived().items() for name in names}
    rows = work.rows(
        f"SELECT row FROM sync_waiting WHERE entity = ? AND needs {LISTED}", (bank.MONEY, listed(needed & arrived))
    )
    return [msgspec.json.decode(row[0], type=Row) for row in rows]


def _wait(work: UnitOfWork, laying: Laying, rows: Sequence[Row]) -> None:
    """Keep the rows of clients whose money names what is not here; what was kept of them before is done with."""
    money = [row for row in rows if row.type == bank.MONEY]
    if money:
        work.bulk("DELETE FROM sync_waiting WHERE wire_id = ?", [(row.id,) for row in money], topics=_SYNC)
    missing = {bank.money_record(number): needs for number, needs in laying.laid.missing.items()}
    kept = [
        (row.id, row.type, row.scope, _need(*min(missing[row.id])), msgspec.json.encode(row).decode())
        for row in money
        if row.id in missing and not row.deleted
    ]
    if kept:
        work.bulk(
            "INSERT OR REPLACE INTO sync_waiting (wire_id, entity, scope, needs, row) VALUES (?, ?, ?, ?, ?)",
            kept,
            topics=_SYNC,
        )


def _need(kind: str, name: str) -> str:
    """What a row waits for; never the id of a record, which others wait for."""
    return f"bank:{ids.named(kind, name)}"


def _close(work: UnitOfWork, rows: Sequence[Row]) -> None:
    """Clients the bank no longer tells of are marked as closed, as an import does; nothing of them is deleted."""
    if not rows:
        return
    wires = listed(row.client for row in rows)
    work.bulk(
        f"UPDATE client SET status = ? WHERE status = ? AND json_extract(kept, '$.status') IS NULL"
        f" AND id IN (SELECT client_id FROM sync_client WHERE wire_id {LISTED})",
        (ClientStatus.CLOSED.value, ClientStatus.ACTIVE.value, wires),
        topics={Topic.CLIENTS},
    )


def let_go(work: UnitOfWork, client: int) -> None:
    """Before a client goes for good: what others hold on their accounts stays, and is fetched anew by the comparison
    with the hub, as is the account of which they were the second holder. Called with `applying` set.
    """
    others = [row[0] for row in work.rows(_ENTWINED, (client,) * 5)]
    if not others:
        return
    work.bulk(
        "UPDATE holding SET account_id = NULL WHERE client_id <> ?1"
        " AND account_id IN (SELECT id FROM account WHERE client_id = ?1)",
        (client,),
        topics={Topic.HOLDINGS},
    )
    work.bulk(
        f"UPDATE sync_record SET rev = 0 WHERE entity = ? AND client_id {LISTED}",
        (bank.MONEY, listed(others)),
        topics=_SYNC,
    )


def hub_went_back(work: UnitOfWork, revs: Mapping[str, int]) -> None:
    """The hub is an older copy of itself: what it has is taken as it is (`revs`: its live records), what it lacks
    stays here and is no longer counted as held. The bank's next files bring it again.
    """
    held = work.rows("SELECT wire_id, rev FROM sync_record WHERE entity IN (SELECT value FROM json_each(?))",
                     (listed(bank.TYPES),))  # fmt: skip
    other = [(wire,) for wire, rev in held if revs.get(wire) != rev]
    if other:
        work.bulk("UPDATE sync_record SET rev = 0 WHERE wire_id = ?", other, topics=_SYNC)


_ENTWINED = """
SELECT h.client_id FROM holding h JOIN account a ON a.id = h.account_id WHERE a.client_id = ? AND h.client_id <> ?
UNION SELECT m.client_id FROM month_fact m JOIN account a ON a.id = m.account_id
WHERE a.client_id = ? AND m.client_id <> ?
UNION SELECT client_id FROM account WHERE second_client_id = ?
"""
