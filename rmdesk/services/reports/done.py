"""Tables of what was done from one day to another: contacts, promises, complaints, gifts, journals."""

from __future__ import annotations

from datetime import date

from rmdesk.base.money import Money
from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import ClientId, PromiseState, Verdict, VisitState
from rmdesk.services.complaints.words import VERDICTS
from rmdesk.services.journals import rules as journals
from rmdesk.services.journals.queries import journals as journals_of
from rmdesk.services.reports import rules, words
from rmdesk.services.reports.parts import Cell, Column, Form, Part, Who
from rmdesk.services.store.reads import Reads
from rmdesk.services.visits.queries import LogFilter, log_ids, log_rows
from rmdesk.services.visits.words import CHANNELS

DAY_, CLIENT = Column(phrase("Day"), Form.DAY, 9), Column(phrase("Client"), width=14)


def contacts(reads: Reads, first: date, last: date) -> Part:
    """Every contact that was held, called off or put off, by day; whether the client answered."""
    ids = log_ids(reads, LogFilter(first=first, last=last))
    rows = sorted(log_rows(reads, ids[: rules.number("sheet", "rows")]), key=lambda one: (one.on, one.at, one.id))
    return Part(
        "contacts",
        phrase("Contacts"),
        (
            DAY_, CLIENT, Column(phrase("Channel"), width=17), Column(phrase("Content"), width=42),
            Column(phrase("Minutes"), Form.COUNT, 14), Column(phrase("State"), width=9),
        ),
        tuple(
            (
                one.on, Who(one.client, one.name), _channel(one.channel), one.content or one.purpose or one.reason,
                one.minutes, _held(one.state, two_way=one.two_way),
            )
            for one in rows
        ),
        empty=phrase("No contact is on record."),
        count=len(ids),
    )  # fmt: skip


def _channel(code: str) -> Phrase:
    return phrase(CHANNELS.get(code, code))


def _held(state: str, *, two_way: bool) -> Phrase:
    if state == VisitState.HELD and not two_way:
        return phrase("No answer")
    return phrase(words.STATES.get(state, state))


_PROMISES = """
SELECT p.due_on, p.client_id, c.name, p.text, p.made_on, p.state, p.closed_on FROM promise p
JOIN client c ON c.id = p.client_id
WHERE (p.closed_on BETWEEN :first AND :last)
   OR (p.due_on BETWEEN :first AND :last AND p.due_on < :day AND (p.state = 'open' OR p.closed_on > :last))
ORDER BY p.due_on, p.id LIMIT :most
"""


def promises(reads: Reads, first: date, last: date, day: date) -> Part:
    """Promises that were settled in these days, or that fell due in them and were not kept by their end."""
    given = {"first": first.isoformat(), "last": last.isoformat(), "day": day.isoformat()}
    rows = reads.rows(_PROMISES, given | {"most": rules.number("sheet", "rows")})
    return Part(
        "promises",
        phrase("Promises"),
        (
            Column(phrase("Due"), Form.DAY, 9), CLIENT, Column(phrase("Promise"), width=46),
            Column(phrase("Settled"), Form.DAY, 9), Column(phrase("Outcome"), width=12),
        ),
        tuple(
            (
                date.fromisoformat(due), Who(ClientId(client), name), text, _date(closed) if state != "open" else None,
                phrase(outcome(state, date.fromisoformat(due), _date(closed), last)),
            )
            for due, client, name, text, _made, state, closed in rows
        ),
        empty=phrase("No promise was due or settled."),
    )  # fmt: skip


def outcome(state: str, due: date, closed: date | None, last: date) -> str:
    """What became of a promise by the last day of a report, as a msgid."""
    if state == PromiseState.OPEN or (closed is not None and closed > last):
        return words.BROKEN
    if state == PromiseState.KEPT:
        return words.KEPT if closed is None or closed <= due else words.LATE
    return words.PROMISES.get(state, state)


_COMPLAINTS = """
SELECT k.received_on, k.client_id, c.name, k.text, k.owner, k.allowed_days, k.closed_on, k.verdict FROM complaint k
JOIN client c ON c.id = k.client_id
WHERE k.received_on <= :last AND (k.closed_on IS NULL OR k.closed_on >= :first)
ORDER BY k.received_on, k.id LIMIT :most
"""


def complaints(reads: Reads, first: date, last: date) -> Part:
    """Complaints that were open on any of these days, with their legal clock and the client's verdict."""
    from rmdesk.services.complaints.rules import due_on

    given = {"first": first.isoformat(), "last": last.isoformat(), "most": rules.number("sheet", "rows")}
    rows: list[tuple[Cell, ...]] = []
    for on, client, name, text, owner, allowed, closed, verdict in reads.rows(_COMPLAINTS, given):
        received = date.fromisoformat(on)
        ended = _date(closed) if closed and closed <= last.isoformat() else None
        how = phrase(VERDICTS[Verdict(verdict)]) if ended and verdict else _standing(ended)
        rows.append((received, Who(ClientId(client), name), text, owner, due_on(received, allowed), ended, how))
    return Part(
        "complaints",
        phrase("Complaints"),
        (
            Column(phrase("Received"), Form.DAY, 9), CLIENT, Column(phrase("Complaint"), width=30),
            Column(phrase("Owner"), width=10), Column(phrase("Answer by"), Form.DAY, 9),
            Column(phrase("Closed on"), Form.DAY, 9), Column(phrase("Verdict"), width=11),
        ),
        tuple(rows),
        empty=phrase("No complaint was open."),
    )  # fmt: skip


def _standing(closed: date | None) -> Phrase:
    return phrase("Open") if closed is None else phrase(words.UNKNOWN)


_GIFTS = """
SELECT g.given_on, g.client_id, c.name, coalesce(p.name, t.name, c.name), g.title, g.occasion, g.cost_minor,
       g.currency, g.breach IS NOT NULL
FROM gift g JOIN client c ON c.id = g.client_id LEFT JOIN client t ON t.id = g.to_client_id
LEFT JOIN person p ON p.id = g.to_person_id
WHERE g.given_on BETWEEN :first AND :last
ORDER BY g.given_on, g.id LIMIT :most
"""


def gifts(reads: Reads, first: date, last: date) -> Part:
    """Gifts that were given, with what they cost; a cost nobody entered is unknown."""
    given = {"first": first.isoformat(), "last": last.isoformat(), "most": rules.number("sheet", "rows")}
    return Part(
        "gifts",
        phrase("Gifts given"),
        (
            DAY_, CLIENT, Column(phrase("Recipient"), width=13), Column(phrase("Gift"), width=24),
            Column(phrase("Occasion"), width=18), Column(phrase("Cost"), Form.MONEY, 10),
            Column(phrase("Note"), width=10),
        ),
        tuple(
            (
                date.fromisoformat(on), Who(ClientId(client), name), to, title, occasion or "",
                None if minor is None else Money(minor, currency),
                phrase("Given before approval") if breach else "",
            )
            for on, client, name, to, title, occasion, minor, currency, breach in reads.rows(_GIFTS, given)
        ),
        empty=phrase("No gift was given."),
    )  # fmt: skip


def journals_written(reads: Reads, first: date, last: date) -> Part:
    """The journals of these days, with what was learnt."""
    found = journals_of(reads, first, last, limit=rules.number("sheet", "rows"))
    names = journals.methods()
    return Part(
        "journals",
        phrase("Journals"),
        (
            DAY_, Column(phrase("Method"), width=12), Column(phrase("Clients"), width=16),
            Column(phrase("Content"), width=35), Column(phrase("Insight"), width=26),
        ),
        tuple(
            (
                one.on, names.get(one.method, one.method), ", ".join(client.name for client in one.clients),
                one.content, one.insight,
            )
            for one in reversed(found)
        ),
        empty=phrase("No journal was written."),
    )  # fmt: skip


def _date(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)
