"""Keeps the index of texts in step: for a worker, never for the main thread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from rmdesk.base.text import N_
from rmdesk.services.search import syllables, words
from rmdesk.services.search.sources import BY_ENTITY, SOURCES, Entry, texts_of
from rmdesk.services.store.command import Done
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.work import UnitOfWork

SLICE = 500  # texts taken into the index at a time, so that a record that is being saved need not wait
# How texts are cut. Another way of cutting needs another number here: it is part of each text's number in the index,
# so that texts cut otherwise are known and taken in again.
VERSION = 2
FIRST = VERSION << 38


@dataclass(frozen=True, slots=True)
class IndexTexts:
    """Take changed texts into the index, then those an older rmdesk took in, a slice at a time.

    Gives back how many are left. Nothing to take back.
    """

    label: ClassVar[str] = N_("Prepare the search")
    most: int = SLICE

    def apply(self, work: UnitOfWork) -> Done[int]:
        anew = work.rows("SELECT entity, entity_id FROM search_change ORDER BY rowid LIMIT ?", (self.most,))
        older = work.rows(
            "SELECT entity, entity_id FROM search_text WHERE id < ? ORDER BY id LIMIT ?",
            (FIRST, self.most - len(anew)),
        )
        given = [(str(row[0]), str(row[1])) for row in dict.fromkeys((*anew, *older))]
        if given:
            _take_out(work, given)
            _take_in(work, given)
            work.bulk("DELETE FROM search_change WHERE entity = ? AND entity_id = ?", given, topics=())
        return Done(left(work))


@dataclass(frozen=True, slots=True)
class RebuildTexts:
    """Forget the whole index and note every text as one to take in. Gives how many. Cannot be undone: it is worked out.

    The texts are taken in by `IndexTexts`, in idle moments.
    """

    label: ClassVar[str] = N_("Prepare the search anew")

    def apply(self, work: UnitOfWork) -> Done[int]:
        work.bulk("INSERT INTO search_index (search_index) VALUES ('delete-all')", topics=())
        work.bulk("DELETE FROM search_text", topics=())
        for source in SOURCES:
            work.bulk(
                f"INSERT INTO search_change (entity, entity_id) SELECT '{source.entity}', CAST({source.key} AS TEXT) "
                f"FROM {source.entity} t WHERE {' OR '.join(_holds(part) for part in source.texts)} "
                "ON CONFLICT DO NOTHING",
                topics=(),
            )
        return Done(left(work))


def _holds(part: str) -> str:
    return f"coalesce({part}, '') <> ''"


def left(reads: Reads) -> int:
    """How many texts the index does not know as they are now and as they are cut today."""
    return changed(reads) + int(reads.value("SELECT count(*) FROM search_text WHERE id < ?", (FIRST,)))


def changed(reads: Reads) -> int:
    """How many texts the index does not know as they are now."""
    return int(reads.value("SELECT count(*) FROM search_change"))


def _take_out(work: UnitOfWork, given: list[tuple[str, str]]) -> None:
    work.bulk(
        "DELETE FROM search_index WHERE rowid = (SELECT id FROM search_text WHERE entity = ? AND entity_id = ?)",
        given, topics=(),
    )  # fmt: skip
    work.bulk("DELETE FROM search_text WHERE entity = ? AND entity_id = ?", given, topics=())


def _take_in(work: UnitOfWork, given: Iterable[tuple[str, str]]) -> None:
    by_entity: dict[str, list[str]] = {}
    for entity, key in given:
        by_entity.setdefault(entity, []).append(key)
    found: list[Entry] = []
    for entity, keys in by_entity.items():
        if entity in BY_ENTITY:
            found += texts_of(work, BY_ENTITY[entity], keys)
    found.sort(key=lambda entry: entry.day)  # later ones get higher numbers: they are looked at first
    last = max(int(work.value("SELECT coalesce(max(id), 0) FROM search_text")), FIRST)
    entries, told = [], []
    for number, entry in enumerate(found, last + 1):
        entries.append((number, entry.entity, entry.key, entry.day[:10] or None))
        told.append((number, " ".join((*words.words(entry.text), *syllables.words(entry.text)))))
    if entries:
        work.bulk('INSERT INTO search_text (id, entity, entity_id, "on") VALUES (?, ?, ?, ?)', entries, topics=())
        work.bulk("INSERT INTO search_index (rowid, words) VALUES (?, ?)", told, topics=())
