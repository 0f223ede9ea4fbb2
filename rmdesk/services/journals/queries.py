"""Reads journals, playbook cards with their uses, and what the week's close still asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rmdesk.base import clock
from rmdesk.models.kinds import CardOutcome, ClientId, Purpose, RecordId
from rmdesk.services.journals import rules
from rmdesk.services.store.reads import Reads


@dataclass(frozen=True, slots=True)
class Named:
    """A client whom a journal is about."""

    id: ClientId
    name: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A card that a journal used, and what came of it."""

    card: RecordId
    title: str
    outcome: CardOutcome | None


@dataclass(frozen=True, slots=True)
class JournalRow:
    """A journal. `number` tells rows of a list apart; `has_card`: a playbook card was made of it."""

    number: int
    id: RecordId
    on: date
    content: str
    method: str
    insight: str
    reflection: str
    purpose: Purpose | None
    group: str | None
    clients: tuple[Named, ...]
    cards: tuple[Cited, ...]
    has_card: bool


@dataclass(frozen=True, slots=True)
class CardRow:
    """A playbook card: how often it was used, and with what outcome."""

    id: RecordId
    title: str
    text: str
    method: str | None
    group: str | None
    made_on: date
    retired: bool
    uses: int
    worked: int
    partly: int
    failed: int


@dataclass(frozen=True, slots=True)
class Week:
    """The week of a day: what its close still asks for. `visits`: held contacts that no journal mentions yet."""

    first: date
    last: date
    journals: tuple[JournalRow, ...]
    unfinished: tuple[JournalRow, ...]  # insight or reflection is missing
    visits: int
    closes: bool


_JOURNALS = """
SELECT j.rowid, j.id, j."on", j.content, j.method, j.insight, j.reflection, j.purpose, j."group",
       EXISTS (SELECT 1 FROM playbook_card p WHERE p.journal_id = j.id)
FROM journal j
"""


_TOLD = "instr(lower(j.content || ' ' || coalesce(j.insight, '') || ' ' || coalesce(j.reflection, '')), ?)"


def journals(
    reads: Reads,
    since: date | None = None,
    until: date | None = None,
    *,
    client: ClientId | None = None,
    method: str | None = None,
    text: str = "",
    limit: int = 500,
) -> tuple[JournalRow, ...]:
    """Journals, newest first; of a time, a client, a method, or with a text in one of the four fields."""
    wanted, given = ["1"], list[object]()
    for condition, value in (
        ('j."on" >= ?', since and since.isoformat()),
        ('j."on" <= ?', until and until.isoformat()),
        ("j.id IN (SELECT journal_id FROM journal_client WHERE client_id = ?)", client),
        ("j.method = ?", method),
        (
            "instr(lower(j.content || ' ' || coalesce(j.insight, '') || ' ' || coalesce(j.reflection, '')), ?)",
            text.lower(),
        ),
    ):
        if value:
            wanted.append(condition)
            given.append(value)
    rows = reads.rows(
        f'{_JOURNALS} WHERE {" AND ".join(wanted)} ORDER BY j."on" DESC, j.entered_at DESC LIMIT ?', (*given, limit)
    )
    clients, cards = _clients(reads, [row[1] for row in rows]), _cards(reads, [row[1] for row in rows])
    return tuple(
        JournalRow(
            number=row[0],
            id=RecordId(row[1]),
            on=date.fromisoformat(row[2]),
            content=row[3],
            method=row[4],
            insight=row[5] or "",
            reflection=row[6] or "",
            purpose=Purpose(row[7]) if row[7] else None,
            group=row[8],
            clients=tuple(clients.get(row[1], ())),
            cards=tuple(cards.get(row[1], ())),
            has_card=bool(row[9]),
        )
        for row in rows
    )


def journal(reads: Reads, key: RecordId) -> JournalRow | None:
    """One journal; None when it is gone."""
    found = reads.one('SELECT "on" FROM journal WHERE id = ?', (key,))
    if found is None:
        return None
    day = date.fromisoformat(found[0])
    return next(one for one in journals(reads, day, day, limit=10_000) if one.id == key)


def visits_of(reads: Reads, key: RecordId) -> tuple[RecordId, ...]:
    """The visits that a journal draws on."""
    return tuple(
        RecordId(row[0]) for row in reads.rows("SELECT visit_id FROM journal_visit WHERE journal_id = ?", (key,))
    )


def about(reads: Reads, client: ClientId | None, visit: RecordId | None) -> tuple[ClientId | None, str, str]:
    """What a new journal starts with: the client, their name, and what the visit's log says."""
    content = ""
    if visit is not None:
        row = reads.one("SELECT client_id, content FROM visit WHERE id = ?", (visit,))
        if row is not None:
            client, content = ClientId(row[0]), row[1] or ""
    name = reads.value("SELECT name FROM client WHERE id = ?", (client,)) if client is not None else None
    return (client if name is not None else None), name or "", content


def cards(reads: Reads, *, retired: bool = False, group: str | None = None) -> tuple[CardRow, ...]:
    """The playbook, the most used first; with the retired ones, or of one group (and those for any)."""
    rows = reads.rows(
        'SELECT p.id, p.title, p.text, p.method, p."group", p.made_on, p.retired_on IS NOT NULL, count(c.card_id), '
        "sum(c.outcome = 'worked'), sum(c.outcome = 'partly'), sum(c.outcome = 'not') "
        "FROM playbook_card p LEFT JOIN citation c ON c.card_id = p.id "
        'WHERE (? OR p.retired_on IS NULL) AND (? IS NULL OR p."group" IS NULL OR p."group" = ?) '
        "GROUP BY p.id ORDER BY p.retired_on IS NOT NULL, count(c.card_id) DESC, p.made_on DESC, p.id",
        (int(retired), group, group),
    )
    return tuple(
        CardRow(
            id=RecordId(row[0]),
            title=row[1],
            text=row[2],
            method=row[3],
            group=row[4],
            made_on=date.fromisoformat(row[5]),
            retired=bool(row[6]),
            uses=row[7],
            worked=row[8] or 0,
            partly=row[9] or 0,
            failed=row[10] or 0,
        )
        for row in rows
    )


def week(reads: Reads, day: date | None = None) -> Week:
    """What the close of a day's week still asks for."""
    today = day or clock.today()
    first, last = rules.week_of(today)
    found = journals(reads, first, last)
    unwritten = reads.value(
        "SELECT count(*) FROM visit v WHERE v.state = 'held' AND v.two_way AND v.\"on\" BETWEEN ? AND ? "
        "AND NOT EXISTS (SELECT 1 FROM journal_visit j WHERE j.visit_id = v.id)",
        (first.isoformat(), min(last, today).isoformat()),
    )
    unfinished = tuple(one for one in found if not (one.insight and one.reflection))
    return Week(first, last, found, unfinished, unwritten, rules.closes(today))


def _clients(reads: Reads, keys: list[str]) -> dict[str, list[Named]]:
    found: dict[str, list[Named]] = {}
    marks = ", ".join("?" * len(keys))
    for key, client, name in reads.rows(
        "SELECT j.journal_id, c.id, c.name FROM journal_client j JOIN client c ON c.id = j.client_id "
        f"WHERE j.journal_id IN ({marks}) ORDER BY c.id",
        keys,
    ):
        found.setdefault(key, []).append(Named(ClientId(client), name))
    return found


def _cards(reads: Reads, keys: list[str]) -> dict[str, list[Cited]]:
    found: dict[str, list[Cited]] = {}
    marks = ", ".join("?" * len(keys))
    for key, card, title, outcome in reads.rows(
        "SELECT c.journal_id, p.id, p.title, c.outcome FROM citation c JOIN playbook_card p ON p.id = c.card_id "
        f"WHERE c.journal_id IN ({marks}) ORDER BY p.made_on, p.id",
        keys,
    ):
        found.setdefault(key, []).append(Cited(RecordId(card), title, CardOutcome(outcome) if outcome else None))
    return found
