"""What the bank no longer tells of, when a hand-over holds all of a kind; it is asked about, never deleted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rmdesk.services.imports.kept import BY_ENTITY
from rmdesk.services.imports.records import Entity
from rmdesk.services.imports.stage import Stage
from rmdesk.services.imports.terms import Terms
from rmdesk.services.store.reads import Reads

_PAGE = 2000


@dataclass(frozen=True, slots=True)
class Ending:
    """How a thing that has gone is marked."""

    table: str
    column: str
    client: str
    open: str  # rows that are not marked yet and that a bank told of


ENDING: dict[Entity, Ending] = {
    Entity.CLIENT: Ending(
        "client", "status", "id", "status = 'active' AND origin = 'bank' AND number IS NOT NULL AND merged_into IS NULL"
    ),
    Entity.ACCOUNT: Ending("account", "closed_on", "client_id", "closed_on IS NULL"),
    Entity.HOLDING: Ending("holding", "ended_on", "client_id", "ended_on IS NULL"),
}


@dataclass(frozen=True, slots=True)
class Gone:
    """A row that the hand-over lacks: its natural key, its client, and the value that would mark it."""

    id: int
    key: str
    client: int
    value: Any
    batch: int | None
    name: str


def gone(reads: Reads, stage: Stage, terms: Terms, entity: Entity) -> Iterator[list[Gone]]:
    """Open rows of a kind that a hand-over of all of them lacks; rows of a later day are left out."""
    ending, kept = ENDING[entity], BY_ENTITY[entity]
    name = "name" if "name" in kept.columns else "''"
    last = 0
    while page := reads.rows(
        f"SELECT id, {kept.key}, {ending.client}, {ending.column}, batch_id, {name} FROM {ending.table}"
        f" WHERE id > ? AND {ending.open} AND ifnull(as_of, '') <= ? ORDER BY id LIMIT {_PAGE}",
        (last, terms.as_of.isoformat()),
    ):
        last = page[-1][0]
        there = stage.known(kept, [row[1] for row in page])
        missing = [Gone(*row) for row in page if row[1] not in there]
        if missing:
            yield missing
