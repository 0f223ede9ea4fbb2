"""Reads what a lead has to look at: of the books of the team that this desk follows, and of no other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta

from rmdesk.base import clock
from rmdesk.base.record import record, replace
from rmdesk.models.kinds import ClientId, Word
from rmdesk.services.settings import queries as settings
from rmdesk.services.store import sealed
from rmdesk.services.store.reads import Reads, Row
from rmdesk.services.team import rules, words
from rmdesk.services.team.members import Member, Team, team_of
from rmdesk.services.team.rows import QueueRow
from rmdesk.services.team.rules import Why
from rmdesk.services.team.settings import SEED, SHARE

SHOWN = 500  # rows of the queue
_FIRST = (Why.REQUEST, Why.CHANGED, Why.ADDED)  # somebody waits, or a word no longer stands

_FROM = "JOIN client c ON c.id = {of}.client_id LEFT JOIN sync_client k ON k.client_id = c.id"
_RECORDS = {
    "visit": f"""
SELECT v.id, v.client_id, c.name, k.book, v."on", coalesce(v.purpose, v.content, ''), v.channel, v.minutes, NULL, '',
       v.entered_at
FROM visit v {_FROM.format(of="v")} WHERE v.state = 'held' AND c.merged_into IS NULL
""",
    "gift": f"""
SELECT g.id, g.client_id, c.name, k.book, g.given_on, g.title, '', NULL, g.cost_minor, coalesce(g.currency, ''),
       g.given_on
FROM gift g {_FROM.format(of="g")} WHERE g.given_on IS NOT NULL AND c.merged_into IS NULL
""",
    "complaint": f"""
SELECT k0.id, k0.client_id, c.name, k.book, k0.closed_on, k0.text, coalesce(k0.channel, ''), NULL, NULL, '',
       k0.closed_on
FROM complaint k0 {_FROM.format(of="k0")} WHERE k0.state = 'closed' AND c.merged_into IS NULL
""",
}
_ENTERED = {"visit": "v.entered_at", "gift": "g.given_on", "complaint": "k0.closed_on"}
_IDS = {"visit": "v.id", "gift": "g.id", "complaint": "k0.id"}
_REQUESTS = f"""
SELECT a.id, g.client_id, c.name, k.book, a.asked_on, g.title, '', NULL, a.cost_minor, coalesce(g.currency, ''),
       a.asked_on
FROM gift_approval a JOIN gift g ON g.id = a.gift_id {_FROM.format(of="g")}
WHERE a.state = 'asked' AND c.merged_into IS NULL
"""


def queue(reads: Reads, *, everything: bool = False, day: date | None = None) -> tuple[QueueRow, ...]:
    """What waits for the lead: requests and changed records first, then the newest; at most SHOWN.

    In it are gifts, closed complaints, visits of the highest tier and the sample of the others, of the last 60 days,
    that nobody has looked at; and whatever was changed or added to since. `everything`: also what was not drawn.
    """
    team = team_of(reads)
    if not team.members:
        return ()
    found = [_row(team, "gift_approval", row, Why.REQUEST) for row in reads.rows(
        f"{_REQUESTS} AND {team.seen} ORDER BY a.asked_on, a.id LIMIT 500", {"books": team.books}
    )]  # fmt: skip
    found += _records(reads, team, day or clock.today())
    found = _with_tiers(reads, found, everything=everything)
    found.sort(key=lambda one: (one.on, one.id), reverse=True)
    found.sort(key=lambda one: _FIRST.index(one.why) if one.why in _FIRST else len(_FIRST))
    return tuple(found[:SHOWN])


def waiting(reads: Reads) -> int:
    """How many records wait for the lead, for the navigation; 0 for whoever leads nobody."""
    return len(queue(reads))


def _records(reads: Reads, team: Team, day: date) -> Iterator[QueueRow]:
    since = day - timedelta(days=rules.number("sampling", "window_days"))
    seed, percent = settings.value(reads, SEED), settings.value(reads, SHARE)
    last = words.last_words(reads)
    for entity, sql in _RECORDS.items():
        open_ = [key for (of, key), word in last.items() if of == entity and word.word in (Word.RETURNED, Word.DISCUSS)]
        seen = f"{sql} AND {team.seen} AND ({_ENTERED[entity]} >= :since OR {_IDS[entity]} IN "
        params = {"books": team.books, "since": since.isoformat(), "open": json.dumps(open_)}
        rows = [row for page in reads.pages(f"{seen} (SELECT value FROM json_each(:open)))", params) for row in page]
        known = [row[0] for row in rows if (entity, row[0]) in last]
        now = sealed.contents_of(reads, entity, known)
        for row in rows:
            word = last.get((entity, row[0]))
            if word is None:
                drawn = rules.why(entity, row[0], None, seed, percent)
                yield _row(team, entity, row, drawn)
            elif now.get(row[0]) != word.content_hash:
                yield _row(team, entity, row, Why.CHANGED, word.word)
            elif word.added_at > word.at:
                yield _row(team, entity, row, Why.ADDED, word.word)


def _with_tiers(reads: Reads, found: list[QueueRow], *, everything: bool) -> list[QueueRow]:
    """The rows with the tier of their client; what was not drawn stays for its tier, or when all is asked for."""
    tiers = tiers_of(reads, {one.client for one in found})
    always, kept = rules.always_tier(), []
    for one in found:
        tier = tiers.get(one.client)
        plain = one.why in (Why.SAMPLE, Why.OTHER)
        reason = Why.TIER if plain and tier == always else one.why
        if everything or reason is not Why.OTHER:
            kept.append(replace(one, tier=tier, why=reason))
    return kept


def tiers_of(reads: Reads, clients: set[ClientId]) -> dict[int, str | None]:
    """The tier of these clients as it stands today."""
    from rmdesk.models.kinds import Tier
    from rmdesk.services.care import portfolio

    if not clients:
        return {}
    whole = portfolio.current(reads)
    found: dict[int, str | None] = {}
    for client in clients:
        at = whole.place(client)
        found[client] = None if at is None or not whole.tier[at] else tuple(Tier)[int(whole.tier[at]) - 1].value
    return found


def _row(team: Team, entity: str, row: Row, why: Why, before: str = "") -> QueueRow:
    return QueueRow(
        entity=entity, id=row[0], client=ClientId(row[1]), client_name=row[2], book=row[3] or "",
        member=team.name_of(row[3]), on=date.fromisoformat(row[4]), why=why, tier=None, text=row[5], channel=row[6],
        minutes=row[7], amount_minor=row[8], currency=row[9], before=before,
    )  # fmt: skip


@record
class Board:
    """What the page of a lead shows: whether this is a lead at all, the queue, and whose records it holds."""

    lead: bool
    seeded: bool
    rows: tuple[QueueRow, ...]
    members: tuple[Member, ...]


def board(reads: Reads, *, everything: bool = False) -> Board:
    """The queue with what stands around it."""
    team = team_of(reads)
    seeded = bool(settings.value(reads, SEED))
    return Board(team.me.lead, seeded, queue(reads, everything=everything), team.members)
