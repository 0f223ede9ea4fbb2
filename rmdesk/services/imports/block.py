"""Some thousand rows as typed columns, on their way from cells to records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any

from rmdesk.services.imports.records import FIELDS, Chunk, Entity


@dataclass(frozen=True, slots=True)
class Block:
    """Typed values per target, what has no meaning per row, and the file rows; all of one length."""

    values: dict[str, list[Any]]
    extra: list[dict[str, str] | None] | None
    numbers: list[int]

    def without(self, left_out: set[int]) -> Block:
        """The block without some of its rows."""
        if not left_out:
            return self
        keep = [i not in left_out for i in range(len(self.numbers))]
        return Block(
            {name: list(compress(told, keep)) for name, told in self.values.items()},
            None if self.extra is None else list(compress(self.extra, keep)),
            list(compress(self.numbers, keep)),
        )

    def column(self, *names: str) -> list[Any] | None:
        """The first of these columns that is there; holes are filled from the next ones."""
        found: list[Any] | None = None
        for name in names:
            told = self.values.get(name)
            if told is not None:
                found = told if found is None else [a if a is not None else b for a, b in zip(found, told, strict=True)]
        return found

    def same(self, value: Any) -> list[Any]:
        """A column that holds one value in all rows."""
        return [value] * len(self.numbers)

    def currency(self, usual: str) -> list[Any]:
        """The currency of each row."""
        told = self.values.get("currency")
        return self.same(usual) if told is None else [c or usual for c in told]


def made(
    entity: Entity, told: Mapping[str, Sequence[Any] | None], numbers: list[int], keys: tuple[str, ...] = ()
) -> Chunk:
    """A chunk of the columns that are there, in the order of `FIELDS`; rows without any of `keys` are left out."""
    fields = tuple(name for name in FIELDS[entity] if told.get(name) is not None)
    rows = list(zip(*(told[name] or () for name in fields), strict=True)) if fields else []
    present = [column for key in keys if (column := told.get(key)) is not None]
    if keys and not any(all(column) for column in present):
        keep = [any(k) for k in zip(*present, strict=True)]
        rows, numbers = list(compress(rows, keep)), list(compress(numbers, keep))
    return Chunk(entity, fields, rows, numbers)
