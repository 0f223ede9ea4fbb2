"""Keeps the index of texts in step, and asks it: for a worker, never for the main thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from rmdesk.base.text import N_
from rmdesk.models.kinds import ClientId
from rmdesk.services.search import words
from rmdesk.services.search.sources import BY_ENTITY, Source
from rmdesk.services.store.command import Done
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.work import UnitOfWork

SLICE = 500  # texts taken into the index at a time, so that a record that is being saved need not wait
CANDIDATES = 100  # newest texts that are looked at; of more hits the older ones are left out
SHOWN = 20
WIDTH = 48  # signs of a snippet


@dataclass(frozen=True, slots=True)
class TextHit:
    """A text that was found: a snippet with the hits in it, whose it is, and where it is shown."""

    entity: str
    entity_id: str
    client: ClientId | None
    name: str
    on: date | None
    snippet: str
    spans: tuple[tuple[int, int], ...]
    tab: str
    page: str


@dataclass(frozen=True, slots=True)
class IndexTexts:
    """Take changed texts into the index, a slice at a time. Gives back how many are left. Nothing to take back."""

    label: ClassVar[str] = N_("Prepare the search")
    most: int = SLICE

    def apply(self, work: UnitOfWork) -> Done[int]:
        changed = work.rows("SELECT entity, entity_id FROM search_change LIMIT ?", (self.most,))
        by_entity: dict[str, list[str]] = {}
        for entity, key in changed:
            by_entity.setdefault(entity, []).append(key)
        for entity, keys in by_entity.items():
            _take_out(work, entity, keys)
            source = BY_ENTITY.get(entity)
            if source is not None:
                _take_in(work, source, keys)
        done = [tuple(row) for row in changed]
        if done:
            work.bulk("DELETE FROM search_change WHERE entity = ? AND entity_id = ?", done, topics=())
        return Done(left(work))


def left(reads: Reads) -> int:
    """How many texts the index does not know as they are."""
    return int(reads.value("SELECT count(*) FROM search_change"))


def find(reads: Reads, typed: str, limit: int = SHOWN, client: ClientId | None = None) -> tuple[TextHit, ...]:
    """Texts with everything that was typed, the newest first; of one client where one is given.

    Single letters and digits are not asked for: nearly every text has them.
    """
    asked = words.question(typed)
    parts = words.pieces(typed)
    if not asked or all(len(part) < 2 and part.isascii() for part in parts):
        return ()
    rows = reads.rows(
        'SELECT s.entity, s.entity_id, s."on" FROM search_index i JOIN search_text s ON s.id = i.rowid '
        "WHERE i.search_index MATCH ? ORDER BY i.rowid DESC LIMIT ?",
        (asked, CANDIDATES),
    )
    found: list[TextHit] = []
    by_entity: dict[str, list[str]] = {}
    for entity, key, _on in rows:
        by_entity.setdefault(entity, []).append(key)
    for entity, keys in by_entity.items():
        found += _hits(reads, BY_ENTITY[entity], keys, parts, client)
    found.sort(key=lambda hit: (hit.on or date.min, hit.entity_id), reverse=True)
    return tuple(found[:limit])


def _hits(
    reads: Reads, source: Source, keys: Sequence[str], parts: tuple[str, ...], client: ClientId | None
) -> list[TextHit]:
    """The candidates of one table in whose text every part really stands."""
    found = []
    for key, whose, name, day, text in _texts(reads, source, keys):
        marked = {text[first:last] for first, last in words.spans(text, parts)}
        if len({words.folded(one) for one in marked}) < len(parts) or (client is not None and whose != client):
            continue
        snippet, spans = words.snippet(text, parts, WIDTH)
        on = None if day is None else date.fromisoformat(day[:10])
        whom = None if whose is None else ClientId(whose)
        found.append(TextHit(source.entity, key, whom, name or "", on, snippet, spans, source.tab, source.page))
    return found


def _texts(reads: Reads, source: Source, keys: Sequence[str]) -> list[tuple[Any, ...]]:
    """(key, client, name, day, text) of records; the parts of a text on lines of their own."""
    text = " || char(10) || ".join(f"coalesce({part}, '')" for part in source.texts)
    simple = source.key == "t.id"
    # A key made of columns is no index of the table; the client in front of it is.
    asked = list(keys) if simple else sorted({int(key.partition("/")[0]) for key in keys})
    rows = reads.rows(
        f"SELECT x.key, x.client, c.name, x.day, trim(x.text, char(10)) FROM (SELECT CAST({source.key} AS TEXT) AS key,"
        f" {source.client} AS client, {source.day} AS day, {text} AS text FROM {source.entity} t"
        f" WHERE {'t.id' if simple else 't.client_id'} IN ({', '.join('?' * len(asked))})) x"
        " LEFT JOIN client c ON c.id = x.client",
        tuple(asked),
    )
    wanted = set(keys)
    return [row for row in rows if row[4] and row[0] in wanted]


def _take_out(work: UnitOfWork, entity: str, keys: Sequence[str]) -> None:
    given = [(entity, key) for key in keys]
    work.bulk(
        "DELETE FROM search_index WHERE rowid = (SELECT id FROM search_text WHERE entity = ? AND entity_id = ?)",
        given, topics=(),
    )  # fmt: skip
    work.bulk("DELETE FROM search_text WHERE entity = ? AND entity_id = ?", given, topics=())


def _take_in(work: UnitOfWork, source: Source, keys: Sequence[str]) -> None:
    rows = _texts(work, source, keys)
    rows.sort(key=lambda row: row[3] or "")  # later ones get higher numbers: they are looked at first
    number = int(work.value("SELECT coalesce(max(id), 0) FROM search_text"))
    entries, told = [], []
    for key, _client, _name, day, text in rows:
        number += 1
        entries.append((number, source.entity, key, None if day is None else day[:10]))
        told.append((number, " ".join(words.words(text))))
    if entries:
        work.bulk('INSERT INTO search_text (id, entity, entity_id, "on") VALUES (?, ?, ?, ?)', entries, topics=())
        work.bulk("INSERT INTO search_index (rowid, words) VALUES (?, ?)", told, topics=())
