"""Two clients that are one, side by side; which fields a merge would take, and what would move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.services.imports.kept import CLIENT
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.references import FACTS, all_naming_clients

# A client's number stays with its own row: the bank goes on telling of both.
FIELDS = tuple(column for column in CLIENT.columns if column not in ("number", "extra"))


@dataclass(frozen=True, slots=True)
class FieldPair:
    """One field of both clients; `other` is proposed where the kept client lacks it."""

    field: str
    keep: Any
    drop: Any

    @property
    def from_drop(self) -> bool:
        """Whether a merge takes the other's value when nobody chooses."""
        return self.keep in (None, "") and self.drop not in (None, "")

    @property
    def differs(self) -> bool:
        """Whether both are known and not the same."""
        return self.keep not in (None, "") and self.drop not in (None, "") and self.keep != self.drop


@dataclass(frozen=True, slots=True)
class Pair:
    """Two clients side by side. `moves` counts what would move, by table; `fields` are those that either has."""

    keep: int
    drop: int
    keep_number: str | None
    drop_number: str | None
    fields: tuple[FieldPair, ...]
    moves: dict[str, int]


def side_by_side(reads: Reads, keep: int, drop: int, tables: tuple[tuple[str, str], ...] | None = None) -> Pair:
    """Both clients, field by field; refused when they are the same or one of them is gone or merged already."""
    columns = ", ".join(f'"{column}"' for column in FIELDS)
    rows = {
        row[0]: row
        for row in reads.rows(
            f"SELECT id, number, {columns} FROM client WHERE id IN (?, ?) AND merged_into IS NULL", (keep, drop)
        )
    }
    if keep == drop or len(rows) < 2:
        raise Refused(
            N_("These two clients can't be merged."), do=N_("Choose two different clients of the list."), code="no_pair"
        )
    left, right = rows[keep], rows[drop]
    pairs = [FieldPair(field, left[2 + at], right[2 + at]) for at, field in enumerate(FIELDS)]
    moves = {}
    for table, column in tables if tables is not None else all_naming_clients():
        if (table in FACTS and table not in ("account", "holding")) or column != "client_id":
            continue
        count = reads.value(f"SELECT count(*) FROM {table} WHERE {column} = ?", (drop,))
        if count:
            moves[table] = int(count)
    told = tuple(pair for pair in pairs if pair.keep not in (None, "") or pair.drop not in (None, ""))
    return Pair(keep, drop, left[1], right[1], told, moves)
