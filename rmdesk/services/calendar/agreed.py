"""What is written down with its day: planned visits, events, promises, tasks, assets that mature and talks of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from rmdesk.base.text import phrase
from rmdesk.models.kinds import ClientId
from rmdesk.services.calendar.filling import Filling
from rmdesk.services.calendar.rows import Entry, EntryKind
from rmdesk.services.care import words
from rmdesk.services.care.words import Compact
from rmdesk.services.clients.standing import contactable
from rmdesk.services.segments.assets import asset_kinds
from rmdesk.services.store.reads import Reads

AGREED = frozenset({EntryKind.VISIT, EntryKind.EVENT, EntryKind.PROMISE, EntryKind.TASK})
# What is agreed is kept, so it asks for no consent; what rmdesk suggests of itself does.
_ACTIVE, _WELCOME = contactable("c"), contactable("c", marketing=True)
# The first of each day, and how many the day has: SQLite counts them without a row for each.
_FIRST = """
SELECT * FROM (
    SELECT {on} AS day, v.client_id, c.name, {columns},
           row_number() OVER (PARTITION BY {on} ORDER BY {order}) AS place, count(*) OVER (PARTITION BY {on}) AS of_day
    FROM {among} AND {on} BETWEEN :first AND :last)
WHERE place <= CASE WHEN day IN (SELECT value FROM json_each(:whole)) THEN :all ELSE :most END
ORDER BY day, place
"""


class _Source(NamedTuple):
    """Where a kind comes from: its day, the order within a day, and the columns between client and place."""

    among: str
    on: str
    order: str
    columns: str
    entry: Callable[..., Entry]


def fill(reads: Reads, first: date, last: date, filling: Filling, shown: frozenset[EntryKind]) -> None:
    """The entries of these kinds."""
    given = {
        "first": first.isoformat(),
        "last": last.isoformat(),
        "most": filling.most,
        "all": filling.all_,
        "whole": json.dumps([day.isoformat() for day in filling.whole]),
    }
    for kind, source in _SOURCES:
        if kind in shown:
            own = {"assets": json.dumps(asset_kinds())} if ":assets" in source.among else {}
            filling.add(_read(reads, source, given | own, filling))


def _read(reads: Reads, source: _Source, given: dict[str, Any], filling: Filling) -> Iterator[Entry]:
    sql = _FIRST
    for name in ("among", "on", "order", "columns"):
        sql = sql.replace(f"{{{name}}}", getattr(source, name))
    room, told = 0, ""
    for page in reads.pages(sql, given):
        for day, client, name, *columns, place, of_day in page:
            on = date.fromisoformat(day)
            if day != told:
                room, told = filling.place(on, of_day), day
            if place <= room:
                yield source.entry(on, None if client is None else ClientId(client), name or "", *columns)


def _visit(on: date, client: ClientId, name: str, at: str | None, purpose: str, key: str, channel: str) -> Entry:
    said = phrase("{text}", text=purpose) if purpose else phrase(_VISITS.get(channel, "Visit"))
    return Entry(on, EntryKind.VISIT, client, name, said, at, key)


def _event(on: date, client: ClientId | None, name: str, at: str | None, title: str, place: str, key: str) -> Entry:
    """An event stands under its own name; it belongs to no client."""
    return Entry(on, EntryKind.EVENT, client, name or title, phrase("{text}", text=place), at, key)


def _told(kind: EntryKind, on: date, client: ClientId | None, name: str, text: str, key: str) -> Entry:
    return Entry(on, kind, client, name, phrase("{text}", text=text), None, key)


def _maturity(on: date, client: ClientId, name: str, kind: str, amount: int, currency: str) -> Entry:
    said = phrase("{kind} {amount} matures", kind=words.kind_name(kind), amount=Compact(amount, currency))
    return Entry(on, EntryKind.MATURITY, client, name, said)


def _talk(on: date, client: ClientId, name: str, held: str, matures: str) -> Entry:
    day = words.month_day(date.fromisoformat(matures))
    return Entry(on, EntryKind.MATURITY, client, name, phrase("Speak about {name}, matures {day}", name=held, day=day))


_VISITS = {"phone": "Call", "chat": "Message", "video": "Video call", "branch": "In the branch"}
_SOURCES: tuple[tuple[EntryKind, _Source], ...] = (
    (
        EntryKind.VISIT,
        _Source(
            f"visit v JOIN client c ON c.id = v.client_id WHERE v.state = 'planned' AND {_ACTIVE}",
            'v."on"',
            "v.at IS NULL, v.at, c.name, v.id",
            "v.at, coalesce(v.purpose, ''), v.id, v.channel",
            _visit,
        ),
    ),
    (
        EntryKind.EVENT,
        _Source(
            "(SELECT *, NULL AS client_id FROM gathering) v LEFT JOIN client c ON FALSE WHERE v.state = 'planned'",
            'v."on"',
            "v.at IS NULL, v.at, v.title, v.id",
            "v.at, v.title, coalesce(v.place, ''), v.id",
            _event,
        ),
    ),
    (
        EntryKind.PROMISE,
        _Source(
            f"promise v JOIN client c ON c.id = v.client_id WHERE v.state = 'open' AND {_ACTIVE}",
            "v.due_on",
            "c.name, v.id",
            "v.text, v.id",
            partial(_told, EntryKind.PROMISE),
        ),
    ),
    (
        EntryKind.TASK,
        _Source(
            "task v LEFT JOIN client c ON c.id = v.client_id "
            f"WHERE v.state = 'open' AND (v.client_id IS NULL OR {_ACTIVE})",
            "v.due_on",
            "c.name, v.id",
            "v.text, v.id",
            partial(_told, EntryKind.TASK),
        ),
    ),
    # when the manager means to speak of one, before it does
    (
        EntryKind.MATURITY,
        _Source(
            '(SELECT r.id, r.client_id, r."on" AS talk_on, h.name, h.matures_on FROM renewal_plan r '
            "JOIN holding h ON h.key = r.holding_key WHERE h.ended_on IS NULL AND h.renewed IS NOT 1 "
            f'AND r."on" < h.matures_on) v JOIN client c ON c.id = v.client_id WHERE {_ACTIVE}',
            "v.talk_on",
            "c.name, v.id",
            "v.name, v.matures_on",
            _talk,
        ),
    ),
    # the largest of a day first
    (
        EntryKind.MATURITY,
        _Source(
            "holding v JOIN client c ON c.id = v.client_id WHERE v.ended_on IS NULL AND v.renewed IS NOT 1 "
            f"AND v.amount_minor > 0 AND v.kind IN (SELECT value FROM json_each(:assets)) AND {_WELCOME}",
            "v.matures_on",
            "v.amount_minor DESC, v.id",
            "v.kind, v.amount_minor, v.currency",
            _maturity,
        ),
    ),
)
