"""Settling what waits for the manager's word: differences, refused records."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, ClassVar

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import Topic
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.writing import note
from rmdesk.services.profile.secrets import check_text
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import Fields
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync import state
from rmdesk.services.sync.moving import MoveDifferences, conflicts_of, fields_from, key_of, models
from rmdesk.services.sync.queries import followers


@dataclass(frozen=True, slots=True)
class Settle:
    """Say which version of a field holds: the one in the record, another one, or a text of one's own.

    `choice` is the id of the version that becomes current, "" for the one in the record; `text` is taken instead
    where it is given. An ordinary edit: it is noted, told to the team, and undone like any other. What is worked out
    of the field (the reading of a name) goes with it. Refused when nothing is open there any more.
    """

    label: ClassVar[str] = N_("Settle a difference")
    entity: str
    entity_id: str
    field: str
    choice: str = ""
    text: str | None = None

    def apply(self, work: UnitOfWork) -> Done[None]:
        conflicts = conflicts_of(work, self.entity, self.entity_id)
        there = {str(one["field"]) for one in conflicts.values()}
        with_it = followers(self.entity, self.field, there)
        closed = {key: one for key, one in conflicts.items() if one["field"] in (self.field, *with_it)}
        if self.field not in there or (self.choice and self.choice not in closed):
            raise Refused(
                N_("This has been settled already."), do=N_("Reload the page."), code="settled", field=self.field
            )
        moved = MoveDifferences(
            self.entity, self.entity_id, self._fields(work, closed),
            close=tuple((key, json.dumps(one, sort_keys=True)) for key, one in closed.items()),
        )  # fmt: skip
        facts = {"field": self.field, "how": "text" if self.text is not None else "other" if self.choice else "kept"}
        note(work, Act.SETTLE, entity=self.entity, entity_id=self.entity_id, facts=facts)
        return moved.apply(work)

    def _fields(self, work: UnitOfWork, closed: dict[str, Any]) -> Fields:
        if self.text is not None:
            return self._written(work)
        if not self.choice:
            return ()
        chosen = closed[self.choice]
        author = chosen.get("by"), chosen.get("device")
        values = {
            one["field"]: one.get("value")
            for one in closed.values()
            if (one.get("by"), one.get("device")) == author and one["field"] != self.field
        }
        return fields_from(work, self.entity, {self.field: chosen.get("value"), **values})

    def _written(self, work: UnitOfWork) -> Fields:
        text = check_text(self.text, self.field)
        column = models()[self.entity].__table__.columns[self.field]
        if not text and not column.nullable:
            raise Refused(N_("Write something."), field=self.field, code="empty")
        return ((self.field, text or None), *_read(self.entity, self.field, text))


def _read(entity: str, field: str, text: str) -> Fields:
    """The reading of a name that was written anew."""
    if field != "name" or entity not in ("client", "person") or not text:
        return ()
    from rmdesk.services.clients.pinyin import reading

    read = reading(text)
    told: Fields = (("pinyin", read.pinyin), ("initials", read.initials))
    return (*told, ("pinyin_also", read.also)) if entity == "client" else told


@dataclass(frozen=True, slots=True)
class RetryRefused:
    """Tell the hub a refused record once more, as it is now."""

    label: ClassVar[str] = N_("Send once more")
    entity: str
    entity_id: str

    def apply(self, work: UnitOfWork) -> Done[None]:
        key = (self.entity, self.entity_id)
        refusal = work.value(
            "SELECT refusal FROM sync_record WHERE entity = ? AND entity_id = ? AND state = 'refused'", key
        )
        if refusal is None:
            raise Refused(N_("This has been settled already."), do=N_("Reload the page."), code="settled")
        work.bulk(
            "UPDATE sync_record SET state = 'dirty', refusal = NULL WHERE entity = ? AND entity_id = ?", key,
            topics={Topic.SYNC},
        )  # fmt: skip
        return Done(None, inverse=_HoldBack(*key, refusal))


@dataclass(frozen=True, slots=True)
class _HoldBack:
    """Leave a record refused as it was."""

    label: ClassVar[str] = N_("Hold back")
    entity: str
    entity_id: str
    refusal: str

    def apply(self, work: UnitOfWork) -> Done[None]:
        work.bulk(
            "UPDATE sync_record SET state = 'refused', refusal = ? WHERE entity = ? AND entity_id = ?",
            (self.refusal, self.entity, self.entity_id), topics={Topic.SYNC},
        )  # fmt: skip
        return Done(None, inverse=RetryRefused(self.entity, self.entity_id))


@dataclass(frozen=True, slots=True)
class TakeTheirs:
    """Give up what was written here and refused, and take what the team has.

    What the hub never had is removed; of everything else the next round brings the hub's version. What was written
    stays in the change records; it can't be taken back otherwise.
    """

    label: ClassVar[str] = N_("Take the team's version")
    entity: str
    entity_id: str

    def apply(self, work: UnitOfWork) -> Done[None]:
        key = (self.entity, self.entity_id)
        found = work.one("SELECT rev FROM sync_record WHERE entity = ? AND entity_id = ? AND state = 'refused'", key)
        if found is None:
            raise Refused(N_("This has been settled already."), do=N_("Reload the page."), code="settled")
        if not found[0]:
            thing = work.find(models()[self.entity], key_of(*key))
            if thing is not None:
                work.delete(thing)
                work.flush()
            work.bulk("DELETE FROM sync_record WHERE entity = ? AND entity_id = ?", key, topics={Topic.SYNC})
            return Done(None)
        # As if it had never come: the next round compares everything, and the hub's row is the one that counts.
        work.bulk(
            "UPDATE sync_record SET state = 'clean', refusal = NULL, dirty = '{}', deleted = NULL, offers = '[]', "
            "resolves = '[]', rev = 0 WHERE entity = ? AND entity_id = ?", key, topics={Topic.SYNC},
        )  # fmt: skip
        state.put(work, "verified", None)
        return Done(None)
