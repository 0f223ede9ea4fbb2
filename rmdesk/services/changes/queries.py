"""Reading the change records: of one record, of one client, the latest."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rmdesk.services.store.reads import Reads, Row

_COLUMNS = "id, unit, at, who, command, label, entity, entity_id, client_id, before, after"


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One row touched by one command; `label` is the command's msgid, `at` is UTC.

    `before` is empty when the row was made, `after` when it was deleted; else both hold the changed fields only.
    """

    id: int
    unit: str
    at: datetime
    who: str
    command: str
    label: str
    entity: str
    entity_id: str
    client_id: int | None
    before: dict[str, Any] = field(hash=False)
    after: dict[str, Any] = field(hash=False)

    @property
    def made(self) -> bool:
        """Whether the row was made by this change."""
        return not self.before

    @property
    def deleted(self) -> bool:
        """Whether the row was deleted by this change."""
        return not self.after


def changes_of(reads: Reads, entity: str, entity_id: str | int, limit: int = 200) -> tuple[ChangeRow, ...]:
    """The history of one record (a table's name and its primary key), latest first."""
    return _found(reads, "entity = ? AND entity_id = ?", (entity, str(entity_id)), limit)


def changes_of_client(reads: Reads, client: int, limit: int = 200) -> tuple[ChangeRow, ...]:
    """Everything that was changed about one client, latest first."""
    return _found(reads, "client_id = ?", (client,), limit)


def latest_changes(reads: Reads, limit: int = 200) -> tuple[ChangeRow, ...]:
    """The latest changes of the whole profile, latest first."""
    return _found(reads, "TRUE", (), limit)


def _found(reads: Reads, where: str, params: tuple[Any, ...], limit: int) -> tuple[ChangeRow, ...]:
    rows = reads.rows(f"SELECT {_COLUMNS} FROM change WHERE {where} ORDER BY id DESC LIMIT ?", (*params, limit))
    return tuple(_row(row) for row in rows)


def _row(row: Row) -> ChangeRow:
    number, unit, at, who, command, label, entity, entity_id, client, before, after = row
    return ChangeRow(
        number,
        unit,
        datetime.fromisoformat(at),
        who,
        command,
        label,
        entity,
        entity_id,
        client,
        before=json.loads(before) if before else {},
        after=json.loads(after) if after else {},
    )
