"""Keeping files, removing them, and letting them out of the encrypted file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.all import Model
from rmdesk.models.clients import Client
from rmdesk.models.files import Attachment, AttachmentContent
from rmdesk.models.kinds import ClientId, RecordId, Topic, new_id
from rmdesk.services.files import queries, rules
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import TakeAway
from rmdesk.services.store.work import UnitOfWork

TOPICS = frozenset({Topic.VISITS})
# What a file may belong to: the names are tables.
RECORDS = frozenset({"client", "visit", "gift", "complaint", "feedback", "journal", "task", "promise", "person"})


@dataclass(frozen=True, slots=True)
class AddAttachment:
    """Keep a file with a record, without what a camera tells of place and device."""

    label: ClassVar[str] = N_("Add file")
    entity: str
    entity_id: str
    client: ClientId
    name: str
    content: bytes = field(repr=False)

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        work.get(Client, self.client)
        _check_record(work, self.entity, self.entity_id)
        file = _keep(work, self.entity, self.entity_id, self.client, rules.cleaned(self.name, self.content))
        return Done(file, inverse=TakeAway(_keys(file)))


@dataclass(frozen=True, slots=True)
class RemoveAttachment:
    """Remove a file; undo brings it back with its bytes, as long as the desk is not locked."""

    label: ClassVar[str] = N_("Remove file")
    file: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        return TakeAway(_keys(self.file)).apply(work)


@dataclass(frozen=True, slots=True)
class KeepPending:
    """Keep a file of a form that is not saved yet, so that a crash does not lose it; the form itself is the undo."""

    label: ClassVar[str] = N_("Add file")
    form: str
    client: ClientId
    name: str
    content: bytes = field(repr=False)

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        work.get(Client, self.client)
        cleaned = rules.cleaned(self.name, self.content)
        return Done(_keep(work, queries.DRAFT, self.form, self.client, cleaned))


@dataclass(frozen=True, slots=True)
class AttachPending:
    """The form is saved: its files become those of the record. Gives back how many."""

    label: ClassVar[str] = N_("Add file")
    form: str
    entity: str
    entity_id: str
    client: ClientId

    def apply(self, work: UnitOfWork) -> Done[int]:
        files = queries.files_of(work, queries.DRAFT, self.form)
        if files:
            _check_record(work, self.entity, self.entity_id)
        for row in files:
            file = work.get(Attachment, row.id)
            file.entity, file.entity_id, file.client_id = self.entity, self.entity_id, self.client
        keys = tuple(key for row in files for key in _keys(row.id))
        return Done(len(files), inverse=TakeAway(keys) if files else None)


@dataclass(frozen=True, slots=True)
class DropPending:
    """The form was left without saving: its files go. Cannot be undone, as leaving was the question."""

    label: ClassVar[str] = N_("Remove file")
    form: str
    file: RecordId | None = None  # one of them only

    def apply(self, work: UnitOfWork) -> Done[int]:
        files = [row for row in queries.files_of(work, queries.DRAFT, self.form) if self.file in (None, row.id)]
        for row in files:
            TakeAway(_keys(row.id)).apply(work)
        return Done(len(files))


def rows_of(work: UnitOfWork, entity: str, entity_id: str | int) -> tuple[tuple[type[Model], Any], ...]:
    """The rows of a record's files, for whoever takes the record away: put them first into `TakeAway`."""
    return tuple(key for row in queries.files_of(work, entity, entity_id) for key in _keys(row.id))


def _keep(work: UnitOfWork, entity: str, entity_id: str, client: ClientId, file: rules.Cleaned) -> RecordId:
    rules.check_room(*queries.room(work, entity, entity_id), len(file.content))
    same = "SELECT 1 FROM attachment WHERE entity = ? AND entity_id = ? AND sha256 = ?"
    if work.value(same, (entity, entity_id, file.sha256)):
        raise Refused(N_("This file is here already."), do=N_("Choose another file."), field="file", code="same_file")
    made = new_id()
    work.add(
        Attachment(
            id=made,
            client_id=client,
            entity=entity,
            entity_id=entity_id,
            name=file.name,
            media_type=file.kind.value,
            size=len(file.content),
            sha256=file.sha256,
            added_at=clock.now(),
        )
    )
    work.flush()
    # Past the ORM, which would make a second copy of the bytes for the change records.
    work.bulk(
        "INSERT INTO attachment_content (attachment_id, content) VALUES (?, ?)", (made, file.content), topics=TOPICS
    )
    return made


def _keys(file: RecordId) -> tuple[tuple[type[Model], Any], ...]:
    return (AttachmentContent, file), (Attachment, file)


def _check_record(work: UnitOfWork, entity: str, entity_id: str) -> None:
    if entity not in RECORDS:
        raise ValueError(f"nothing is attached to a {entity}")
    if work.value(f"SELECT 1 FROM {entity} WHERE id = ?", (entity_id,)) is None:
        raise Refused(N_("This record no longer exists."), do=N_("Reload the page."), code="gone")
