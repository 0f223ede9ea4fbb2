"""What a team lead approved is sealed: what of a record is meant by that, and the one place that refuses to change it.

The content of a record is its values as the file keeps them, without those that differ from desk to desk (a client's
number) and without what goes on afterwards (a gift's reaction). Its hash stands in the review.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import CONTENT, REVIEWED, SEALING, Word
from rmdesk.services.store.reads import Reads


class Touch(Protocol):
    """A change record: one row that a command made, edited (its changed fields) or took away (None after)."""

    entity: Any
    entity_id: Any
    client_id: Any
    before: Any
    after: Any


_OWN = frozenset({"client_id", "to_client_id"})  # who it is about: not hashed, and not changed by an edit either

_SEALED = f"""
SELECT verdict IN ({", ".join(f"'{word}'" for word in SEALING)}) FROM review
WHERE entity = ? AND entity_id = ? AND verdict <> '{Word.DISCUSS}' ORDER BY at DESC, id DESC LIMIT 1
"""
_STEP = "SELECT complaint_id FROM complaint_step WHERE id = ?"


class Sealed(Refused):
    """An edit of a sealed record was refused; the attempt is put on record."""

    def __init__(self, entity: str, entity_id: str, client: int | None) -> None:
        super().__init__(
            N_("The team lead has approved this record: it is sealed."),
            do=N_("Write an addendum; the record stays as it is."),
            code="sealed",
            guide="review",
        )
        self.entity = entity
        self.entity_id = entity_id
        self.client = client


def content_hash(entity: str, values: Mapping[str, Any]) -> str:
    """SHA-256 of a record's content, hex. `values` as SQLite stores them, by column; what is empty does not count."""
    told = {name: values[name] for name in CONTENT[entity] if values.get(name) is not None}
    text = json.dumps([entity, told], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def contents_of(reads: Reads, entity: str, keys: Iterable[str]) -> dict[str, str]:
    """The content hash of records as they are now, by id; those that are gone are left out."""
    names = CONTENT[entity]
    columns = ", ".join(f'"{name}"' for name in names)
    found: dict[str, str] = {}
    for page in reads.pages(
        f"SELECT id, {columns} FROM {entity} WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(keys)),)
    ):
        for row in page:
            found[row[0]] = content_hash(entity, dict(zip(names, row[1:], strict=True)))
    return found


def is_sealed(reads: Reads, entity: str, entity_id: str) -> bool:
    """Whether the last word on a record seals it."""
    return bool(reads.value(_SEALED, (entity, entity_id)))


def check(reads: Reads, changes: Iterable[Touch]) -> None:
    """Refuse a transaction that edits or takes away what is sealed; asked before every commit, so it looks at no
    table unless something that is reviewed was touched. What the hub tells is written all the same."""
    touched = {about for change in changes if (about := _about(reads, change)) is not None}
    for entity, entity_id, client in sorted(touched, key=str):
        if is_sealed(reads, entity, entity_id) and not reads.value("SELECT applying FROM sync_control"):
            raise Sealed(entity, entity_id, client)


def _about(reads: Reads, change: Touch) -> tuple[str, str, int | None] | None:
    """The reviewed record whose content a change touches, if any."""
    before, after = change.before or {}, change.after or {}
    if change.entity in CONTENT and change.before is not None:
        if change.after is not None and not (after.keys() & ({*CONTENT[change.entity]} | _OWN)):
            return None
        return change.entity, change.entity_id, before.get("client_id", change.client_id)
    if change.entity == "complaint_step":
        of = (before | after).get("complaint_id") or reads.value(_STEP, (change.entity_id,))
        return "complaint", str(of), None
    if change.entity == "attachment" and change.after is None and before.get("entity") in REVIEWED:
        return str(before["entity"]), str(before["entity_id"]), change.client_id
    return None
