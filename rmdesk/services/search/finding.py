"""Finds texts by what was typed, and the newest records of the clients it means: on the reading thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rmdesk.models.kinds import ClientId
from rmdesk.services.search import words
from rmdesk.services.search.asked import Part, Stage, parts, questions
from rmdesk.services.search.sources import BY_ENTITY, SOURCES, Entry, newest_of, texts_of
from rmdesk.services.store.reads import Reads

CANDIDATES = 100  # texts that are looked at for each question, those written last; of more hits others are left out
SHOWN = 20
RECORDS = 5  # of the clients meant
WIDTH = 48  # signs of a snippet


@dataclass(frozen=True, slots=True)
class TextHit:
    """A text that was found: a snippet with the hits in it, whose it is, and where it is shown.

    Without a hit in it, it is a record of a client that was meant.
    """

    entity: str
    entity_id: str
    client: ClientId | None
    name: str
    on: date | None
    snippet: str
    spans: tuple[tuple[int, int], ...]
    tab: str
    page: str


def find(reads: Reads, typed: str, limit: int = SHOWN, clients: Sequence[ClientId] = ()) -> tuple[TextHit, ...]:
    """Texts with everything that was typed; then the newest records of `clients`; then texts that are read so.

    `clients` are those whom the same words mean. Of each sort the newest come first. Letters are pinyin, too: whole
    syllables first, then begun ones and, from three letters on, initials.
    """
    asked = parts(typed)
    found: dict[tuple[str, str], TextHit] = {}
    for stage, question in questions(asked) if asked else [(Stage.WRITTEN, "")]:
        if question and len(found) < limit:
            _keep(found, _answers(reads, question, asked, stage, limit))
        if stage is Stage.WRITTEN:
            room = max(limit - RECORDS, limit // 2) if clients else limit
            found = dict(list(found.items())[:room])
            _keep(found, newest(reads, clients))
    return tuple(found.values())[:limit]


def newest(reads: Reads, clients: Sequence[ClientId], limit: int = RECORDS) -> list[TextHit]:
    """What was written last about these clients."""
    if not clients:
        return []
    entries = [entry for source in SOURCES for entry in newest_of(reads, source, clients, limit)]
    entries.sort(key=lambda entry: (entry.day, entry.key), reverse=True)
    return [_hit(entry, words.one_line(entry.text), ()) for entry in entries[:limit]]


def _answers(reads: Reads, question: str, asked: Sequence[Part], stage: Stage, limit: int) -> list[TextHit]:
    """The newest candidates in whose text every part really stands; looked at until there are enough."""
    rows = reads.rows(
        'SELECT s."on", s.entity_id, s.entity FROM search_index i JOIN search_text s ON s.id = i.rowid '
        "WHERE i.search_index MATCH ? ORDER BY i.rowid DESC LIMIT ?",
        (question, CANDIDATES),
    )
    rows.sort(key=lambda row: (row[0] or "", row[1]), reverse=True)
    found: list[TextHit] = []
    for at in range(0, len(rows), limit):
        if len(found) < limit:
            found += _standing(_entries(reads, rows[at : at + limit]), asked, stage)
    return found


def _entries(reads: Reads, rows: Sequence[tuple[str, str, str]]) -> list[Entry]:
    by_entity: dict[str, list[str]] = {}
    for _on, key, entity in rows:
        by_entity.setdefault(entity, []).append(key)
    entries = [entry for entity, keys in by_entity.items() for entry in texts_of(reads, BY_ENTITY[entity], keys)]
    entries.sort(key=lambda entry: (entry.day, entry.key), reverse=True)
    return entries


def _standing(entries: Sequence[Entry], asked: Sequence[Part], stage: Stage) -> list[TextHit]:
    found = []
    for entry in entries:
        line = words.one_line(entry.text)
        places = [part.places(line, stage) for part in asked]
        if all(places):
            found.append(_hit(entry, line, words.in_order(place for some in places for place in some)))
    return found


def _hit(entry: Entry, line: str, marks: Sequence[tuple[int, int]]) -> TextHit:
    source = BY_ENTITY[entry.entity]
    snippet, spans = words.snippet(line, marks, WIDTH)
    on = date.fromisoformat(entry.day[:10]) if entry.day else None
    return TextHit(entry.entity, entry.key, entry.client, entry.name, on, snippet, spans, source.tab, source.page)


def _keep(found: dict[tuple[str, str], TextHit], more: Sequence[TextHit]) -> None:
    for hit in more:
        found.setdefault((hit.entity, hit.entity_id), hit)
