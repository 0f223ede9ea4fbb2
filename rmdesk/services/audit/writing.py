"""Putting an act on record: in the transaction of the command that does it, or on its own."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.text import N_
from rmdesk.models.kinds import Topic
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.chain import START, Entry, hash_of
from rmdesk.services.store.command import Done
from rmdesk.services.store.work import UnitOfWork

Facts = Mapping[str, str | int]

VIEW_EVERY = timedelta(minutes=15)
_LAST = "SELECT seq, hash FROM audit_entry ORDER BY seq DESC LIMIT 1"
_CODE = re.compile(r"[\x21-\x7e]{0,160}")
_INSERT = """
INSERT INTO audit_entry (seq, at, who, act, entity, entity_id, facts, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def note(
    work: UnitOfWork,
    act: Act,
    *,
    entity: str = "",
    entity_id: str | int = "",
    facts: Facts | None = None,
    at: datetime | None = None,
) -> int:
    """Put an act on record; gives the entry's number. It is there when the command is committed, else not.

    `facts` are codes, ids and numbers: a text with spaces or other letters may be about a client, and is a ValueError.
    `at`: when it happened, where that was before now.
    """
    told = dict(facts or {})
    wrong = [name for name, value in told.items() if isinstance(value, str) and not _CODE.fullmatch(value)]
    if wrong:
        raise ValueError(f"no codes: {', '.join(wrong)}")
    seq, before = work.one(_LAST) or (0, START)
    when = (at or clock.now()).astimezone(UTC).isoformat(timespec="milliseconds")
    words = json.dumps(told, ensure_ascii=False, sort_keys=True)
    one = Entry(seq + 1, when, work.who, act.value, entity, str(entity_id), words, before, "")
    digest = hash_of(one)
    row = (one.seq, one.at, one.who, one.act, one.entity, one.entity_id, one.facts, one.prev, digest)
    work.bulk(_INSERT, row, topics={Topic.AUDIT})
    work.audit_end = (one.seq, digest)
    return one.seq


@dataclass(frozen=True, slots=True)
class NoteAct:
    """Put an act on record that changes no data. Has no inverse: it happened."""

    label: ClassVar[str] = N_("Put on record")
    act: Act
    entity: str = ""
    entity_id: str = ""
    facts: Facts = field(default_factory=dict)

    def apply(self, work: UnitOfWork) -> Done[int]:
        work.only_noted = True
        return Done(note(work, self.act, entity=self.entity, entity_id=self.entity_id, facts=self.facts))


@dataclass(frozen=True, slots=True)
class NoteView:
    """Put on record that a client's file was opened; once in a quarter of an hour is enough. Has no inverse."""

    label: ClassVar[str] = N_("Put on record")
    client: int

    def apply(self, work: UnitOfWork) -> Done[int]:
        work.only_noted = True
        since = (clock.now() - VIEW_EVERY).astimezone(UTC).isoformat(timespec="milliseconds")
        sql = """
            SELECT max(seq) FROM audit_entry
            WHERE entity = 'client' AND entity_id = ? AND at > ? AND at <= ? AND act = ? AND who = ?
        """
        now = clock.now().astimezone(UTC).isoformat(timespec="milliseconds")
        seen = work.value(sql, (str(self.client), since, now, Act.VIEW.value, work.who))
        return Done(int(seen) if seen else note(work, Act.VIEW, entity="client", entity_id=self.client))
