"""Reads the calendar: everything that falls on the days of a month, week or list, for clients who may be contacted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta

from rmdesk.base import clock
from rmdesk.base.text import phrase
from rmdesk.models.kinds import ClientId, OccasionKind
from rmdesk.services.calendar.rows import ORDER, Entry, EntryKind, kind_of
from rmdesk.services.care import portfolio, words
from rmdesk.services.care.words import Compact
from rmdesk.services.clients.standing import contactable
from rmdesk.services.occasions.queries import NamedDue, named
from rmdesk.services.scoring import tables
from rmdesk.services.segments.assets import asset_kinds
from rmdesk.services.store.reads import Reads

# What is agreed is kept, so it asks for no consent; what rmdesk suggests of itself does.
_ACTIVE, _WELCOME = contactable("c"), contactable("c", marketing=True)


def entries(reads: Reads, first: date, last: date) -> tuple[Entry, ...]:
    """Occasions, planned visits, promises, tasks and maturities from `first` to `last`, by day and kind."""
    found = [*_occasions(named(reads, first, last)), *_agreed(reads, first, last), *_maturities(reads, first, last)]
    found.sort(key=lambda one: (one.on, ORDER[one.kind], one.at or "99"))  # stable: within a kind as they came
    return tuple(found)


def preparing(reads: Reads, first: date, last: date) -> tuple[Entry, ...]:
    """For which occasions a gift has to be prepared from `first` to `last` on: the days their lead time begins.

    Not for whom a gift is on its way already, who was greeted, or whose occasion is only the account's.
    """
    rule = tables.occasions()
    longest = max(rule.long_lead_days, rule.lead_days, _own_lead(reads))
    ahead = named(reads, first, last + timedelta(longest))
    lead = LeadTimes(reads)
    given = _given(reads, first - timedelta(longest), last + timedelta(longest))
    found = []
    for one in ahead:
        if one.kind is OccasionKind.OPENING or one.greeted is not None or one.client in given:
            continue
        begins = one.on - timedelta(lead.of(one.client, one.lead_days))
        if first <= begins <= last and begins < one.on:
            said = phrase("Gift for {occasion} on {day}", occasion=one.said, day=words.month_day(one.on))
            found.append(Entry(begins, EntryKind.PREPARE, one.client, one.name, said, due=one))
    found.sort(key=lambda one: one.on)
    return tuple(found)


class LeadTimes:
    """How many days ahead an occasion is prepared: its own value, else by the client's tier."""

    def __init__(self, reads: Reads, client: ClientId | None = None) -> None:
        rule = tables.occasions()
        self._rule = rule
        whole = portfolio.current(reads) if client is None else portfolio.load(reads, None, [client])
        self._long = {
            int(number) for number, tier in zip(whole.client, whole.tier, strict=True) if tier in rule.long_tiers
        }

    def of(self, client: int, own: int | None) -> int:
        """The days of one occasion."""
        if own is not None:
            return own
        return self._rule.long_lead_days if client in self._long else self._rule.lead_days


def _occasions(found: tuple[NamedDue, ...]) -> Iterator[Entry]:
    for one in found:
        yield Entry(one.on, kind_of(one.kind), one.client, one.name, one.said, due=one, done=one.greeted is not None)


def _agreed(reads: Reads, first: date, last: date) -> Iterator[Entry]:
    """Planned visits, open promises and tasks."""
    window = {"first": first.isoformat(), "last": last.isoformat()}
    visits = f"""
        SELECT v."on", v.client_id, c.name, v.at, coalesce(v.purpose, ''), v.id, v.channel
        FROM visit v JOIN client c ON c.id = v.client_id
        WHERE v.state = 'planned' AND v."on" BETWEEN :first AND :last AND {_ACTIVE}
        ORDER BY v."on", v.at IS NULL, v.at, c.name, v.id LIMIT 5000
    """
    for on, client, name, at, purpose, key, channel in reads.rows(visits, window):
        said = phrase("{text}", text=purpose) if purpose else phrase(_VISITS.get(channel, "Visit"))
        yield Entry(date.fromisoformat(on), EntryKind.VISIT, ClientId(client), name, said, at, key)
    promises = f"""
        SELECT p.due_on, p.client_id, c.name, p.text, p.id FROM promise p JOIN client c ON c.id = p.client_id
        WHERE p.state = 'open' AND p.due_on BETWEEN :first AND :last AND {_ACTIVE}
        ORDER BY p.due_on, c.name, p.id LIMIT 5000
    """
    for on, client, name, text, key in reads.rows(promises, window):
        yield Entry(
            date.fromisoformat(on), EntryKind.PROMISE, ClientId(client), name, phrase("{text}", text=text), None, key
        )
    tasks = f"""
        SELECT t.due_on, t.client_id, coalesce(c.name, ''), t.text, t.id FROM task t
        LEFT JOIN client c ON c.id = t.client_id
        WHERE t.state = 'open' AND t.due_on BETWEEN :first AND :last AND (t.client_id IS NULL OR {_ACTIVE})
        ORDER BY t.due_on, c.name, t.id LIMIT 5000
    """
    for on, client, name, text, key in reads.rows(tasks, window):
        who = None if client is None else ClientId(client)
        yield Entry(date.fromisoformat(on), EntryKind.TASK, who, name, phrase("{text}", text=text), None, key)


def _maturities(reads: Reads, first: date, last: date) -> Iterator[Entry]:
    """Assets that mature, the largest of a day first."""
    sql = f"""
        SELECT h.matures_on, h.client_id, c.name, h.kind, h.amount_minor, h.currency
        FROM holding h JOIN client c ON c.id = h.client_id
        WHERE h.matures_on BETWEEN :first AND :last AND h.ended_on IS NULL AND h.renewed IS NOT 1 AND h.amount_minor > 0
          AND h.kind IN (SELECT value FROM json_each(:assets)) AND {_WELCOME}
        ORDER BY h.matures_on, h.amount_minor DESC, h.id
    """
    given = {"first": first.isoformat(), "last": last.isoformat(), "assets": json.dumps(asset_kinds())}
    for page in reads.pages(sql, given):
        for on, client, name, kind, amount, currency in page:
            said = phrase("{kind} {amount} matures", kind=words.kind_name(kind), amount=Compact(amount, currency))
            yield Entry(date.fromisoformat(on), EntryKind.MATURITY, ClientId(client), name, said)


_VISITS = {"phone": "Call", "chat": "Message", "video": "Video call", "branch": "In the branch"}


def _own_lead(reads: Reads) -> int:
    return int(reads.value("SELECT coalesce(max(lead_days), 0) FROM occasion"))


def _given(reads: Reads, first: date, last: date) -> set[int]:
    """For whom a gift is planned, bought or given about these days."""
    rows = reads.rows(
        "SELECT DISTINCT client_id FROM gift WHERE state <> 'dropped' "
        "AND coalesce(given_on, bought_on, planned_for) BETWEEN ? AND ?",
        (first.isoformat(), last.isoformat()),
    )
    return {row[0] for row in rows}


def today_of(reads: Reads, day: date | None = None) -> tuple[Entry, ...]:
    """The occasions of one day that nobody was greeted for yet, for the reminder in the morning."""
    on = day or clock.today()
    return tuple(one for one in _occasions(named(reads, on, on)) if not one.done)
