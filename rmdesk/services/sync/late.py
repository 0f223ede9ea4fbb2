"""Late entries: what a former manager wrote offline about a client who had moved on, taken over or set aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import RecordId
from rmdesk.models.team import LateEdit
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.writing import note
from rmdesk.services.store.command import Command, Done
from rmdesk.services.store.inverse import PutBack, TakeAway, fields_of
from rmdesk.services.store.several import Several
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync.moving import fields_from, key_of, models
from rmdesk.services.sync.queries import item_values
from rmdesk.services.sync.state import who

OPEN, KEPT, ACCEPTED = "open", "kept", "accepted"


@dataclass(frozen=True, slots=True)
class AcceptLate:
    """Take a late entry over: it becomes an ordinary record, or corrects the one there is."""

    label: ClassVar[str] = N_("Accept late entry")
    late: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        entry = _open(work, self.late)
        written = _write(work, entry)
        settled = _settled(work, entry, ACCEPTED)
        note(work, Act.SETTLE, entity=entry.entity, entity_id=entry.entity_id, facts={"how": "late_accepted"})
        return Done(None, inverse=Several((*written, settled)))


@dataclass(frozen=True, slots=True)
class KeepLate:
    """Leave the records as they are; the late entry stays on record beside them."""

    label: ClassVar[str] = N_("Set late entry aside")
    late: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        entry = _open(work, self.late)
        note(work, Act.SETTLE, entity=entry.entity, entity_id=entry.entity_id, facts={"how": "late_aside"})
        return Done(None, inverse=_settled(work, entry, KEPT))


def _open(work: UnitOfWork, late: RecordId) -> LateEdit:
    entry = work.get(LateEdit, late)
    if entry.state != OPEN:
        raise Refused(N_("This has been settled already."), do=N_("Reload the page."), code="settled")
    return entry


def _settled(work: UnitOfWork, entry: LateEdit, state: str) -> Command[Any]:
    before = fields_of(entry, "state", "settled_by")
    me = who(work)
    entry.state, entry.settled_by = state, me.user if me else work.who
    return PutBack(LateEdit, entry.id, before)


def _write(work: UnitOfWork, entry: LateEdit) -> tuple[Command[Any], ...]:
    """Write what the entry tells; gives back what takes it away again."""
    model, item = models()[entry.entity], dict(entry.item)
    key = key_of(entry.entity, entry.entity_id)
    thing = work.find(model, key)
    fields = fields_from(work, entry.entity, item_values(item))
    if thing is not None and item.get("delete") is not None and not fields:
        from rmdesk.services.store.inverse import BringBack

        kept = fields_of(thing)
        work.delete(thing)
        return (BringBack(((model, kept),)),)
    if thing is not None:
        before = fields_of(thing, *(name for name, _value in fields))
        for name, value in fields:
            setattr(thing, name, value)
        return (PutBack(model, key, before),)
    if not fields:
        return ()
    work.add(model(**_whole(entry, key, dict(fields))))
    work.flush()
    return (TakeAway(((model, key),)),)


def _whole(entry: LateEdit, key: Any, fields: dict[str, Any]) -> dict[str, Any]:
    """A new record: its key, the client it hangs on here, and what was told."""
    columns = models()[entry.entity].__table__
    keys = key if isinstance(key, tuple) else (key,)
    told = dict(zip((str(column.key) for column in columns.primary_key), keys, strict=True))
    given = {**fields, **told}
    if "client_id" in columns.columns:
        given["client_id"] = entry.client_id
    lacking = [
        str(column.key)
        for column in columns.columns
        if not column.nullable and column.default is None and given.get(str(column.key)) is None
    ]
    if lacking:
        raise Refused(
            N_("The record that this corrects is no longer here."),
            do=N_("Set the entry aside; it stays on record."),
            code="gone",
        )
    return given
