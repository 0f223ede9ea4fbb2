"""What is worked out from the rest and can be made anew: triggers and indexes, figures, the index of texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rmdesk.base.text import N_
from rmdesk.services.health import expected
from rmdesk.services.search import sources, words
from rmdesk.services.search.texts import FIRST
from rmdesk.services.segments import figures
from rmdesk.services.store.command import Done
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync import tracking

SAMPLE = 200  # texts compared word by word with the index
_OBJECTS = "SELECT name, sql FROM sqlite_schema WHERE type IN ('trigger', 'index') AND sql IS NOT NULL"


def missing_objects(reads: Reads) -> dict[str, str]:
    """Triggers and indexes that are missing or not as they should be, and how each is made."""
    wanted = dict(expected.made_by_scripts())
    if reads.value("SELECT joined FROM sync_control"):
        wanted |= tracking.STATEMENTS
    there: dict[str, str] = {row[0]: row[1] for page in reads.pages(_OBJECTS) for row in page}
    return {name: sql for name, sql in wanted.items() if name not in there or not expected.same(there[name], sql)}


@dataclass(frozen=True, slots=True)
class RenewObjects:
    """Make triggers and indexes anew. Gives how many. Cannot be undone: they belong to the data."""

    label: ClassVar[str] = N_("Mend triggers and indexes")

    def apply(self, work: UnitOfWork) -> Done[int]:
        found = missing_objects(work)
        for name, sql in found.items():
            kind = "TRIGGER" if sql.startswith("CREATE TRIGGER") else "INDEX"
            work.bulk(f'DROP {kind} IF EXISTS "{name}"', topics=())
            work.bulk(sql, topics=())
        return Done(len(found))


@dataclass(frozen=True, slots=True)
class RenewFigures:
    """Work out the figures of all clients anew. Gives how many differed. Cannot be undone: they follow from facts."""

    label: ClassVar[str] = N_("Work out the figures anew")

    def apply(self, work: UnitOfWork) -> Done[int]:
        before = _figures(work)
        figures.refresh(work)
        after = _figures(work)
        return Done(len(before ^ after))


class Differs(Exception):
    """Carries the answer of a trial out of the transaction that is rolled back."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count


@dataclass(frozen=True, slots=True)
class TryFigures:
    """Work out the figures and keep nothing: always raises Differs. Nothing to take back."""

    label: ClassVar[str] = N_("Compare the figures")

    def apply(self, work: UnitOfWork) -> Done[None]:
        raise Differs(RenewFigures().apply(work).result)


def texts_amiss(reads: Reads) -> int:
    """How many texts the index lacks, has too many, or has in other words; those it has yet to take in do not count."""
    waiting = {(row[0], row[1]) for page in reads.pages("SELECT entity, entity_id FROM search_change") for row in page}
    indexed: dict[tuple[str, str], int] = {
        (row[1], row[2]): row[0]
        for page in reads.pages("SELECT id, entity, entity_id FROM search_text WHERE id >= ?", (FIRST,))
        for row in page
    }
    numbers = {row[0] for page in reads.pages("SELECT id FROM search_index_docsize") for row in page}
    old = {row[0] for page in reads.pages("SELECT id FROM search_text WHERE id < ?", (FIRST,)) for row in page}
    amiss = len(set(indexed.values()) ^ (numbers - old))
    older = {row[0:2] for page in reads.pages("SELECT entity, entity_id FROM search_text") for row in page}
    for source in sources.SOURCES:
        there = {key for key in _keys(reads, source) if (source.entity, key) not in waiting}
        known = {key for entity, key in older if entity == source.entity and (entity, key) not in waiting}
        amiss += len(there ^ known)
        amiss += sum(not _agrees(reads, source, key, indexed) for key in sorted(there & known)[:: _step(there)])
    return amiss


def _step(keys: set[str]) -> int:
    return max(1, len(keys) // (SAMPLE // len(sources.SOURCES)))


def _keys(reads: Reads, source: sources.Source) -> set[str]:
    there = " OR ".join(f"coalesce({part}, '') <> ''" for part in source.texts)
    sql = f"SELECT CAST({source.key} AS TEXT) FROM {source.entity} t WHERE {there}"
    return {row[0] for page in reads.pages(sql) for row in page if row[0] is not None}


def _agrees(reads: Reads, source: sources.Source, key: str, indexed: dict[tuple[str, str], int]) -> bool:
    """Whether the index has the words of a text under its number."""
    number = indexed.get((source.entity, key))
    entries = sources.texts_of(reads, source, [key])
    if number is None or not entries:
        return True  # an older way of cutting, taken in anew soon; or a text that came and went meanwhile
    asked = " AND ".join(f'"{word}"' for word in sorted(set(words.words(entries[0].text)))[:20])
    sql = "SELECT 1 FROM search_index WHERE rowid = ? AND search_index MATCH ?"
    return not asked or reads.value(sql, (number, asked)) is not None


def _figures(reads: Reads) -> set[tuple[object, ...]]:
    return {row for page in reads.pages("SELECT * FROM client_figures") for row in page}
