"""What every form of file is turned into first: a table of raw cells, read in batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

from rmdesk.services.imports.layout import Layout

Rows = list[Sequence[Any]]
BATCH = 4096  # rows handed over at a time


class Broken(list[str]):
    """Stands for a row that could not be cut into cells."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Raw rows that follow each other in the file, and how far the reading is (`done` of `total` bytes or rows)."""

    first: int  # 1-based file row of rows[0]
    rows: Rows
    done: int
    total: int


def in_batches(rows: Iterator[Sequence[Any]], skip: int) -> Iterator[Batch]:
    """Rows of a stream after the first `skip`, some thousand at a time; how many there will be is not known."""
    first = sum(1 for _ in islice(rows, skip)) + 1
    while batch := list(islice(rows, BATCH)):
        yield Batch(first, batch, first + len(batch), 0)
        first += len(batch)


class Table(Protocol):
    """One table of a file: cells as text, numbers, days; None or "" when empty."""

    @property
    def name(self) -> str:
        """The sheet's name; "" where a file is one table."""

    @property
    def encoding(self) -> str | None:
        """How text was decoded; None for binary forms."""

    @property
    def delimiter(self) -> str | None:
        """What stands between cells; None for binary forms."""

    @property
    def known(self) -> Layout | None:
        """The layout, where the form itself says what its columns mean."""

    def head(self, count: int) -> Rows:
        """The first rows."""

    def batches(self, skip: int) -> Iterator[Batch]:
        """All rows after the first `skip`, some thousand at a time."""


@dataclass(frozen=True, slots=True)
class InMemory:
    """A table that is held whole, for forms that are small or read at once."""

    name: str
    rows: Rows
    known: Layout | None = None
    encoding: str | None = None
    delimiter: str | None = None

    def head(self, count: int) -> Rows:
        return self.rows[:count]

    def batches(self, skip: int) -> Iterator[Batch]:
        for at in range(skip, len(self.rows), BATCH):
            part = self.rows[at : at + BATCH]
            yield Batch(at + 1, part, at + len(part), len(self.rows))
