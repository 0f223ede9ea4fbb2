"""What to do next for a client: at most a few steps, from what is owed, what is ahead, and what is not known yet."""

from __future__ import annotations

from datetime import date, timedelta

from rmdesk.base import clock
from rmdesk.base.record import record
from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import ClientId
from rmdesk.services.care import words
from rmdesk.services.care.file import occasions_of
from rmdesk.services.clients import standing
from rmdesk.services.profile.queries import open_questions
from rmdesk.services.rulebook import book
from rmdesk.services.store.reads import Reads


@record
class Step:
    """One step; `kind` says what it rests on: complaint, promise, task, maturity, occasion, question."""

    kind: str
    text: Phrase


def next_steps(reads: Reads, client: ClientId, limit: int = 3, day: date | None = None) -> tuple[Step, ...]:
    """The next steps, the most pressing first; none for a client who may not be contacted."""
    today = day or clock.today()
    if standing.stop_of(reads, client) is not None:
        return ()
    steps = [*_owed(reads, client, today), *_maturing(reads, client, today), *_occasions(reads, client, today)]
    steps += [Step("question", phrase("Ask: {question}", question=q.text)) for q in open_questions(reads, client, 1)]
    return tuple(steps[:limit])


def _ahead(name: str) -> int:
    return int(book("profile")["steps"][name]["value"])


def _owed(reads: Reads, client: ClientId, today: date) -> list[Step]:
    rows = reads.rows(
        """
        SELECT 'complaint', text, received_on FROM complaint WHERE client_id = :client AND state = 'open'
        UNION ALL SELECT 'promise', text, due_on FROM promise
            WHERE client_id = :client AND state = 'open' AND due_on <= :until
        UNION ALL SELECT 'task', text, due_on FROM task
            WHERE client_id = :client AND state = 'open' AND due_on <= :until
        ORDER BY 1, 3 LIMIT 10
        """,
        {"client": client, "until": (today + timedelta(_ahead("owed_days"))).isoformat()},
    )
    said = {
        "complaint": phrase("Settle the complaint: {text}"),
        "promise": phrase("Keep the promise by {day}: {text}"),
        "task": phrase("Do by {day}: {text}"),
    }
    return [
        Step(kind, Phrase(said[kind].message, {"text": _short(text), "day": words.month_day(date.fromisoformat(on))}))
        for kind, text, on in rows
    ]


def _maturing(reads: Reads, client: ClientId, today: date) -> list[Step]:
    row = reads.one(
        """
        SELECT coalesce(h.name, p.name), h.amount_minor, h.currency, h.matures_on
        FROM holding h LEFT JOIN product p ON p.id = h.product_id
        WHERE h.client_id = ? AND h.ended_on IS NULL AND h.matures_on BETWEEN ? AND ? AND h.amount_minor > 0
        ORDER BY h.amount_minor DESC LIMIT 1
        """,
        (client, today.isoformat(), (today + timedelta(_ahead("maturity_days"))).isoformat()),
    )
    if row is None:
        return []
    text = phrase(
        "Talk about {amount} maturing on {day}: {product}",
        amount=words.Compact(row[1], row[2]),
        day=words.month_day(date.fromisoformat(row[3])),
        product=row[0] or "",
    )
    return [Step("maturity", text)]


def _occasions(reads: Reads, client: ClientId, today: date) -> list[Step]:
    found = [
        one for one in occasions_of(reads, client, today) if one.days <= _ahead("occasion_days") and not one.greeted
    ]
    return [
        Step("occasion", phrase("Prepare a greeting: {occasion}", occasion=words.in_days(one.title, one.days)))
        for one in found[:1]
    ]


def _short(text: str) -> str:
    line = text.strip().split("\n")[0]
    return line if len(line) <= 40 else f"{line[:39]}…"
