"""Taking in what the hub told: rows of any kind at once, in the transaction that also moves the cursor.

`wire.merge.merged` decides about each record; here its names are translated, its links looked for, and the tables
written. What cannot be written waits (`waiting.py`); what must go goes (`removing.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Any

from rmdesk.models.kinds import Origin
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync import contents, finding, known, removing, waiting, writing
from rmdesk.services.sync.bank import apply_bank
from rmdesk.services.sync.contents import applying
from rmdesk.services.sync.known import Known
from rmdesk.services.sync.naming import Names
from rmdesk.wire import bank, merge
from rmdesk.wire.messages import Row
from rmdesk.wire.registry import BY_NAME, TYPES, Type

# Refusals that end when the hub sends the record itself: its client is in a book of this desk again.
NOT_OURS = ("unknown_client", "unknown_record")


@dataclass(slots=True)
class _Page:
    """What a page of rows comes to."""

    names: Names
    batch: int | None
    writes: dict[str, list[tuple[Known, Row, dict[str, Any]]]] = field(default_factory=lambda: defaultdict(list))
    keeps: list[Known] = field(default_factory=list)
    fresh: set[str] = field(default_factory=set)  # wire ids of which nothing was known here
    removals: list[tuple[Known, Row]] = field(default_factory=list)
    waits: list[tuple[Row, str | None]] = field(default_factory=list)
    done: set[str] = field(default_factory=set)  # wire ids that wait no longer
    fetch: list[str] = field(default_factory=list)


def take_in(work: UnitOfWork, rows: Sequence[Row]) -> list[str]:
    """Take in rows of the hub, in any order, each record at most once; gives the wire ids to fetch anew.

    Afterwards whatever waited for them is tried again.
    """
    with applying(work):
        fetch = _take_in(work, rows)
        tried: set[str] = set()
        while again := waiting.ready(work):
            if {row.id for row in again} == tried:
                break
            tried = {row.id for row in again}
            fetch += _take_in(work, again)
    return fetch


def retry_strange(work: UnitOfWork) -> int:
    """Try again what an older version of this program did not understand; gives how many rows."""
    rows = waiting.of_newer_programs(work)
    with applying(work):
        _take_in(work, rows)
    return len(rows)


def _take_in(work: UnitOfWork, rows: Sequence[Row]) -> list[str]:
    told = [row for row in rows if row.type in bank.TYPES]
    if told:
        apply_bank(work, told)
    page = _Page(Names(work), work.value("SELECT number FROM sync_batch"))
    ours = _worth(work, page, [row for row in rows if row.type not in bank.TYPES])
    by_kind: dict[str, list[Row]] = defaultdict(list)
    for row in ours:
        by_kind[row.type].append(row)
    page.names.learn_keys(("client", row.client or row.id) for row in ours if row.client or row.type == "client")
    for name, some in by_kind.items():
        page.names.learn_links(BY_NAME[name], [row.fields for row in some])
    for kind in TYPES:
        if some := by_kind.get(kind.name, []):
            _decide(work, page, kind, some)
            _write(work, page, kind)
    is_new = [one.wire_id in page.fresh and one.entity != "client" for one in page.keeps]
    known.add(work, compress(page.keeps, is_new))
    known.save(work, compress(page.keeps, [not one for one in is_new]))
    removing.remove(work, page.removals, page.waits)
    waiting.drop(work, page.done - {row.id for row, _needs in page.waits})
    waiting.keep(work, page.waits)
    return page.fetch


def _worth(work: UnitOfWork, page: _Page, rows: list[Row]) -> list[Row]:
    """The rows to look at: of kinds that are known, and not older than what waits already."""
    late = waiting.among(work, (row.id for row in rows))
    found = []
    for row in rows:
        if row.id in late and late[row.id].rev > row.rev:
            continue
        page.done.add(row.id)
        if row.type not in BY_NAME:
            if not row.deleted:
                page.waits.append((row, None))
            continue
        found.append(row)
    return found


def _decide(work: UnitOfWork, page: _Page, kind: Type, rows: list[Row]) -> None:
    here, taken = finding.find(work, kind, rows, page.names)
    page.waits += [(row, taken[row.id]) for row in rows if row.id in taken and not row.deleted]
    dirty = [one.entity_id for one in here.values() if one.held.waits]
    values = contents.wire_values(work, kind, dirty, page.names) if dirty else {}
    for row in rows:
        one = here.get(row.id)
        if row.id in taken:
            continue
        if one is None:
            done = merge.merged(kind, None, None, row, in_flight=False)
            page.fresh.add(row.id)
        else:
            have = values.get(one.entity_id) if one.held.waits else {}
            in_flight = one.sent is not None and one.sent == page.batch
            done = merge.merged(kind, one.held, have, row, in_flight=in_flight)
        if done.act == "fetch":
            page.fetch.append(row.id)
        elif done.act == "remove" and one is not None:
            page.removals.append((one, row))
        elif done.act == "keep" and one is not None and done.held is not None:
            one.held = done.held
            _keep(page, one, row)
        elif done.act == "write" and done.held is not None and done.values is not None:
            made = one or Known(kind.name, "", row.id)
            made.wire_id, made.held = row.id, done.held
            page.writes[kind.name].append((made, row, done.values))


def _keep(page: _Page, one: Known, row: Row) -> None:
    if one.state == known.REFUSED and (one.refusal or {}).get("code") in NOT_OURS:
        one.state, one.refusal = known.CLEAN, None  # what waits may be told again
    one.settled()
    known.told(one, row)
    page.keeps.append(one)


def _write(work: UnitOfWork, page: _Page, kind: Type) -> None:
    """Write the rows of one kind; those before it in the registry, which it may point to, are written already."""
    wanted: list[writing.Written] = []
    placed: dict[str, str] = {}
    needed = contents.needed_links(kind.name)
    for one, row, values in page.writes.pop(kind.name, []):
        raw, missing = page.names.to_desk(kind, values)
        lacking = next((missing[name] for name in missing if name in needed), None)
        if lacking is not None:
            page.waits.append((row, lacking))
            if one.entity_id:
                removing.set_aside(work, kind, one)
            continue
        if missing or waiting.strange(row):
            page.waits.append((row, next(iter(missing.values()), None)))
        if kind.name == "client" and not one.entity_id and values.get("origin") != Origin.DESK:
            page.waits.append((row, row.id))  # the bank's own part comes first
            continue
        if not one.entity_id and kind.name != "client":
            one.entity_id = finding.key_of_new(kind, row, raw)
        if kind.key != ("id",) and one.entity_id in placed:  # two of the hub's for one place here
            page.waits.append((row, placed[one.entity_id]))
            continue
        placed[one.entity_id] = row.id
        wanted.append((one, row, raw))
    unfit = writing.write(work, kind, wanted, page.names)
    page.waits += [(row, None) for row in unfit]
    left = {row.id for row in unfit}
    for one, row, _raw in wanted:
        if row.id not in left:
            client = page.names.key("client", row.client) if row.client else None
            one.client = int(client) if client is not None else one.client
            _keep(page, one, row)
