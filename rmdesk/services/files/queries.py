"""Reading the files of records."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import ClientId, RecordId
from rmdesk.services.files.kinds import Kind
from rmdesk.services.store.reads import Reads, Row

ON_ITS_WAY = "on_its_way"  # the code of what is at the team hub, and not here
DRAFT = "draft"  # the entity of files in a form that is not saved yet; their `entity_id` names the form


@dataclass(frozen=True, slots=True)
class FileRow:
    """A kept file; `size` in bytes, `added_at` in UTC."""

    id: RecordId
    client: ClientId
    entity: str
    entity_id: str
    name: str
    kind: Kind
    size: int
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a kept file."""

    id: RecordId
    name: str
    kind: Kind
    content: bytes = field(repr=False)


_COLUMNS = "id, client_id, entity, entity_id, name, media_type, size, added_at"


def files_of(reads: Reads, entity: str, entity_id: str | int) -> tuple[FileRow, ...]:
    """The files of one record, oldest first."""
    rows = reads.rows(
        f"SELECT {_COLUMNS} FROM attachment WHERE {_where(entity)} ORDER BY added_at, id", (entity, str(entity_id))
    )
    return tuple(map(_row, rows))


def files_of_client(reads: Reads, client: ClientId, limit: int = 200) -> tuple[FileRow, ...]:
    """All files on one client, newest first, without those of unfinished forms."""
    rows = reads.rows(
        f"SELECT {_COLUMNS} FROM attachment WHERE client_id = ? AND entity <> ? "
        "ORDER BY added_at DESC, id DESC LIMIT ?",
        (client, DRAFT, limit),
    )
    return tuple(map(_row, rows))


def content_of(reads: Reads, file: RecordId) -> Content:
    """The bytes of a file; refused when it is gone, or still on its way from the team hub."""
    row = reads.one(
        "SELECT a.id, a.name, a.media_type, c.content FROM attachment a "
        "JOIN attachment_content c ON c.attachment_id = a.id WHERE a.id = ?",
        (file,),
    )
    if row is None:
        if reads.value("SELECT 1 FROM attachment WHERE id = ?", (file,)):
            raise Refused(N_("This file has not arrived yet."), do=N_("Synchronise, then try again."), code=ON_ITS_WAY)
        raise Refused(N_("This file is no longer kept."), do=N_("Reload the page."), code="gone")
    return Content(RecordId(row[0]), row[1], Kind(row[2]), bytes(row[3]))


def room(reads: Reads, entity: str, entity_id: str | int) -> tuple[int, int]:
    """How many files a record has, and the bytes of all files of the profile."""
    count = reads.value("SELECT count(*) FROM attachment WHERE entity = ? AND entity_id = ?", (entity, str(entity_id)))
    return int(count), int(reads.value("SELECT coalesce(sum(size), 0) FROM attachment"))


def _where(entity: str) -> str:
    """A client's own files go by the client: merging two files of clients moves them."""
    return f"entity = ? AND {'client_id' if entity == 'client' else 'entity_id'} = ?"


def _row(row: Row) -> FileRow:
    return FileRow(
        id=RecordId(row[0]),
        client=ClientId(row[1]),
        entity=row[2],
        entity_id=row[3],
        name=row[4],
        kind=Kind(row[5]),
        size=row[6],
        added_at=datetime.fromisoformat(row[7]),
    )
