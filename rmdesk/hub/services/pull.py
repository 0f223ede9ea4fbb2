"""Tells a desk what is new, loads a scope for the first time, and proves what a scope holds.

What is said of a scope is of one moment: the rows, the head and the digest belong together. Rows come from a copy of
the database where there is one that has got as far as the desk has; who may ask, and proofs, from the primary only.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from psycopg import Connection

from rmdesk.base import clock
from rmdesk.hub.core import Caller, Hub
from rmdesk.hub.core import epoch as epoch_of
from rmdesk.hub.failures import Failed, foreign
from rmdesk.hub.services import scopes
from rmdesk.hub.services.desks import check_schema, desk, lease
from rmdesk.hub.services.rows import COLUMNS, PackedRow, packed
from rmdesk.wire.messages import Cursor, First, Pull
from rmdesk.wire.proofs import Fetch, Manifest, ManifestAnswer

MOST_EVENTS = 6000  # of one answer over all scopes; the rest comes with the next
STATE = "SELECT id, head, live, digest, min_cursor FROM scope WHERE id = ANY(%s)"
ABOVE = f"SELECT {COLUMNS} FROM record WHERE scope_id = %s AND seq > %s ORDER BY seq LIMIT %s"
BELOW = f"SELECT {COLUMNS} FROM record WHERE scope_id = %s AND seq < %s AND NOT deleted ORDER BY seq DESC LIMIT %s"
EXITS = """
SELECT seq, client_id, handover_id FROM scope_exit WHERE scope_id = %s AND seq > %s ORDER BY seq LIMIT %s
"""
REVS = "SELECT id, rev FROM record WHERE scope_id = %s AND NOT deleted"
THESE = f"""
SELECT {", ".join("r." + name for name in COLUMNS.split(", "))}
FROM record_dir d JOIN record r ON r.scope_id = d.home AND r.id = d.id
WHERE d.id = ANY(%s) AND d.home = ANY(%s)
"""


class PackedEvent(msgspec.Struct):
    """`wire.messages.Event` with its row unread."""

    seq: int
    row: PackedRow | None = None
    exit: str | None = None
    handover: str | None = None


class PackedFeed(msgspec.Struct):
    """`wire.messages.Feed` with its rows unread."""

    events: list[PackedEvent]
    cursor: int
    head: int
    more: bool = False
    live: int = 0
    digest: str = "0"
    code: str = ""


class PackedPull(msgspec.Struct):
    """`wire.messages.Pulled` with its rows unread."""

    epoch: int
    server_time: str
    push_no: int
    scopes: dict[str, PackedFeed]
    granted: list[str]
    revoked: list[str]
    lease: str


class PackedRows(msgspec.Struct):
    """`wire.messages.Fetched` with its rows unread."""

    rows: list[PackedRow]


class PackedPage(msgspec.Struct):
    """`wire.messages.FirstPage` with its rows unread."""

    rows: list[PackedRow]
    below: int
    head: int
    live: int


def pull(hub: Hub, who: Caller, told: Pull) -> PackedPull:
    """The next events of the scopes a desk asks for and may read."""
    check_schema(told.schema)

    def ask(connection: Connection[Any]) -> PackedPull:
        known = desk(connection, who, told.device, told.epoch)
        signed, _until = lease(hub, connection, who)
        granted = scopes.grants(connection, who)
        asked = {scope: cursor for scope, cursor in told.scopes.items() if scope in granted}
        return PackedPull(
            known.epoch,
            clock.now().isoformat(timespec="milliseconds"),
            known.push_no,
            {} if hub.replica else _feeds(hub, connection, asked, told.limit),
            [scope for scope in granted if scope not in told.scopes],
            [scope for scope in told.scopes if scope not in granted],
            signed,
        )

    answer = hub.database.run(ask, reading=True)
    if hub.replica:
        asked = {scope: cursor for scope, cursor in told.scopes.items() if scope not in answer.revoked}
        answer.scopes = _from_copy(hub, asked, told.limit, answer.epoch)
    hub.counts.add("rmdesk_pulled_events_total", sum(len(feed.events) for feed in answer.scopes.values()))
    return answer


def _from_copy(hub: Hub, asked: Mapping[str, Cursor], limit: int, epoch: int) -> dict[str, PackedFeed]:
    """The next events of scopes from the copy; from the primary where the copy does not know what the desk knows."""
    assert hub.replica is not None
    feeds = hub.replica.read(lambda copy: _feeds(hub, copy, asked, limit), asked, epoch) or {}
    behind = {scope: cursor for scope, cursor in asked.items() if scope not in feeds or feeds[scope].code}
    hub.counts.add("rmdesk_copy_feeds_total", len(asked) - len(behind))
    if behind:
        feeds |= hub.database.run(lambda primary: _feeds(hub, primary, behind, limit), behind, reading=True)
    return feeds


def _feeds(hub: Hub, connection: Connection[Any], asked: Mapping[str, Cursor], limit: int) -> dict[str, PackedFeed]:
    hub.database.enter(connection, asked)
    states = {row[0]: row[1:] for row in connection.execute(STATE, (list(asked),))}
    feeds, left = dict[str, PackedFeed](), MOST_EVENTS
    for scope, cursor in asked.items():
        if scope in states:
            feeds[scope] = _feed(connection, scope, cursor, states[scope], min(limit, left))
            left = max(0, left - len(feeds[scope].events))
    return feeds


def _feed(connection: Connection[Any], scope: str, cursor: Cursor, state: tuple[Any, ...], limit: int) -> PackedFeed:
    head, live, digest, oldest = state
    at = cursor.cursor
    if max(at, cursor.need) > head or 0 < at < oldest:
        return PackedFeed([], at, head, False, live, str(digest), "resync")
    if at == head or limit == 0:
        return PackedFeed([], at, head, at < head, live, str(digest))
    rows = (PackedEvent(row.seq, row) for row in packed(connection, ABOVE, (scope, at, limit)))
    exits = (PackedEvent(seq, None, *gone) for seq, *gone in connection.execute(EXITS, (scope, at, limit)))
    events = list(_first(heapq.merge(rows, exits, key=lambda event: event.seq), limit))
    if len(events) < limit:
        return PackedFeed(events, head, head, False, live, str(digest))
    last = events[-1].seq
    return PackedFeed(events, last, head, last < head, live, str(digest))


def _first(events: Iterable[PackedEvent], limit: int) -> Iterable[PackedEvent]:
    for _number, event in zip(range(limit), events, strict=False):
        yield event


def first(hub: Hub, who: Caller, told: First) -> PackedPage:
    """A page of the first load of a scope: its live records, newest first."""
    check_schema(told.schema)

    def ask(connection: Connection[Any]) -> PackedPage | int:
        desk(connection, who, told.device, told.epoch)
        head, live, _digest = _readable(hub, connection, who, told.scope)
        if live > hub.settings.most_rows:
            raise Failed(422, "too_many_rows", field="scope")
        return _page(connection, told, head, live) if hub.replica is None else epoch_of(connection)

    found = hub.database.run(ask, reading=True)
    if isinstance(found, PackedPage):
        return found
    return _page_from_copy(hub, told, found)


def _page_from_copy(hub: Hub, told: First, epoch: int) -> PackedPage:
    """A page from the copy if it knows all that the pages before it knew, else from the primary."""
    assert hub.replica is not None

    def ask(connection: Connection[Any]) -> PackedPage | None:
        row = connection.execute("SELECT head, live FROM scope WHERE id = %s", (told.scope,)).fetchone()
        return None if row is None or row[0] < need else _page(connection, told, *row)

    page, need = None, 0 if told.need is None else told.need
    if told.need is not None:
        page = hub.replica.read(ask, [told.scope], epoch)
    if page is None:
        page = hub.database.run(ask, [told.scope], reading=True)
    if page is None:
        raise Failed(503, "busy", retry_after=5)  # the primary itself was put back while the desk was loading
    return page


def _page(connection: Connection[Any], told: First, head: int, live: int) -> PackedPage:
    rows = packed(connection, BELOW, (told.scope, told.below, told.limit))
    return PackedPage(rows, rows[-1].seq if len(rows) == told.limit else 0, head, live)


def manifest(hub: Hub, who: Caller, told: Manifest) -> ManifestAnswer:
    """Which live records a scope has, and at which revision."""

    def ask(connection: Connection[Any]) -> ManifestAnswer:
        desk(connection, who, told.device, told.epoch)
        head, _live, digest = _readable(hub, connection, who, told.scope)
        return ManifestAnswer(dict(connection.execute(REVS, (told.scope,)).fetchall()), head, str(digest))

    return hub.database.run(ask, reading=True)


def fetch(hub: Hub, who: Caller, told: Fetch) -> PackedRows:
    """Some records as they are now, wherever in the asker's scopes they live."""

    def ask(connection: Connection[Any]) -> PackedRows:
        desk(connection, who, told.device, told.epoch)
        granted = scopes.grants(connection, who)
        hub.database.enter(connection, granted)
        return PackedRows(packed(connection, THESE, (told.ids, list(granted))))

    return hub.database.run(ask, reading=True)


def _readable(hub: Hub, connection: Connection[Any], who: Caller, scope: str) -> tuple[int, int, int]:
    """Head, live count and digest of a scope the asker may read; else 404."""
    if scope not in scopes.grants(connection, who):
        raise foreign()
    hub.database.enter(connection, [scope])
    row = connection.execute("SELECT head, live, digest FROM scope WHERE id = %s", (scope,)).fetchone()
    if row is None:
        raise foreign()
    return row[0], row[1], int(row[2])
