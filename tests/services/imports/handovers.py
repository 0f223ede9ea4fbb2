"""Builds hand-overs for tests: from chunks made by hand, or from files; and looks at what the store holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from rmdesk.services.imports.commands import Applied, ApplyImport
from rmdesk.services.imports.gathering import FileRead, Handover, gathered
from rmdesk.services.imports.records import Chunk, Entity
from rmdesk.services.imports.source import open_sources
from rmdesk.services.imports.stage import Stage
from rmdesk.services.imports.terms import Terms
from rmdesk.services.store.command import Outcome
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.store import Store

DAY = date(2026, 10, 31)
TABLES = ("branch", "product", "client", "account", "holding", "month_fact", "client_figures")

Told = tuple[Entity, dict[str, Any]]


def client(number: str | None, **told: Any) -> Told:
    return Entity.CLIENT, {"number": number, **told}


def account(number: str, client_number: str | None = None, **told: Any) -> Told:
    return Entity.ACCOUNT, {"number": number, "client_number": client_number, **told}


def holding(**told: Any) -> Told:
    return Entity.HOLDING, told


def transaction(**told: Any) -> Told:
    return Entity.TRANSACTION, told


def month(**told: Any) -> Told:
    return Entity.MONTH, told


def chunks(told: Sequence[Told]) -> Iterator[Chunk]:
    """One chunk per record, numbered from row 2 on as in a file with a header."""
    for number, (entity, fields) in enumerate(told, start=2):
        yield Chunk(entity, tuple(fields), [tuple(fields.values())], [number])


@contextmanager
def handover(*files: Sequence[Told], as_of: date | None = DAY) -> Iterator[Handover]:
    """A hand-over of files that tell these records."""
    stage = Stage()
    findings = []
    for file, told in enumerate(files):
        for chunk in chunks(told):
            findings += stage.add(chunk, file, f"{file}.csv")
    read = tuple(FileRead(f"{n}.csv", "0" * 64, "made", "utf-8", 1, len(f), (), 0) for n, f in enumerate(files))
    made = Handover(stage, read, tuple(findings), as_of)
    try:
        yield made
    finally:
        made.close()


def take_in(store: Store, *files: Sequence[Told], as_of: date = DAY, **terms: Any) -> Outcome[Applied]:
    """Import records made by hand."""
    with handover(*files, as_of=as_of) as made:
        return store.perform(ApplyImport(made, Terms(as_of, terms.pop("currency", "CNY"), **terms)))


def take_files(store: Store, *paths: Path, currency: str = "CZK", as_of: date | None = None) -> Outcome[Applied]:
    """Import real files together."""
    sources = [source for path in paths for source in open_sources(path, currency=currency)]
    with gathered(sources) as made:
        return store.perform(ApplyImport(made, Terms(as_of or made.day(), currency)))


def contents(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the tables that hold the bank's facts."""

    def read(reads: Reads) -> dict[str, list[tuple[Any, ...]]]:
        return {table: reads.rows(f"SELECT * FROM {table} ORDER BY 1") for table in TABLES}

    return store.read(read)


def told(store: Store, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """Some columns of a table, in the order of its ids."""
    return store.read(lambda reads: reads.rows(f"SELECT {', '.join(columns)} FROM {table} ORDER BY id"))
