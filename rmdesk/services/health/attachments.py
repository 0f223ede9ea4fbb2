"""Attachments: bytes that are missing or not what was kept, and files whose record is gone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rmdesk.base.progress import Progress
from rmdesk.base.text import N_
from rmdesk.models.kinds import Topic
from rmdesk.services.store.command import Done
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.work import UnitOfWork


class Found(NamedTuple):
    """Ids of attachments: without bytes, with other bytes, without a record. `total`: of all."""

    total: int
    missing: tuple[str, ...]
    changed: tuple[str, ...]
    orphans: tuple[str, ...]


def examine(reads: Reads, progress: Progress) -> Found:
    """Every attachment, one at a time; seconds when there are many."""
    ids = [(row[0], row[1]) for page in reads.pages("SELECT id, sha256 FROM attachment ORDER BY rowid") for row in page]
    missing, changed = [], []
    for number, (key, told) in enumerate(ids):
        progress.at(number, len(ids))
        content = reads.value("SELECT content FROM attachment_content WHERE attachment_id = ?", (key,))
        if content is None:
            missing.append(key)
        elif hashlib.sha256(content).hexdigest() != told:
            changed.append(key)
    return Found(len(ids), tuple(missing), tuple(changed), tuple(_orphans(reads)))


def _orphans(reads: Reads) -> list[str]:
    tables = {row[0] for page in reads.pages("SELECT name FROM sqlite_schema WHERE type = 'table'") for row in page}
    found: list[str] = []
    for (entity,) in reads.rows("SELECT DISTINCT entity FROM attachment"):
        if entity in tables:  # else it waits for a form that is not done yet
            gone = f'NOT EXISTS (SELECT 1 FROM "{entity}" t WHERE CAST(t.id AS TEXT) = a.entity_id)'
            found += [
                row[0] for row in reads.rows(f"SELECT a.id FROM attachment a WHERE entity = ? AND {gone}", (entity,))
            ]
    return found


@dataclass(frozen=True, slots=True)
class DropChanged:
    """Let go of bytes that are not what was kept, so that the hub's copy is fetched again. Gives how many. Cannot be
    undone: they were damaged.
    """

    label: ClassVar[str] = N_("Fetch damaged files again")
    ids: tuple[str, ...]

    def apply(self, work: UnitOfWork) -> Done[int]:
        keys = [(key,) for key in self.ids]
        work.bulk("DELETE FROM attachment_content WHERE attachment_id = ?", keys, topics={Topic.VISITS})
        return Done(len(keys))


@dataclass(frozen=True, slots=True)
class SetAside:
    """Keep files whose record is gone with their client. Gives how many. Cannot be undone: the record is gone."""

    label: ClassVar[str] = N_("Keep files without a record with their client")
    ids: tuple[str, ...]

    def apply(self, work: UnitOfWork) -> Done[int]:
        keys = [(key,) for key in self.ids]
        sql = "UPDATE attachment SET entity = 'client', entity_id = CAST(client_id AS TEXT) WHERE id = ?"
        work.bulk(sql, keys, topics={Topic.VISITS})
        return Done(len(keys))
