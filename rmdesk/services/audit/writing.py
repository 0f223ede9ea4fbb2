"""Putting an act on record: in the transaction of the command that does it, or on its own (`services/audit/noting`)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

from rmdesk.base import clock
from rmdesk.models.kinds import Topic
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.chain import START, Entry, hash_of
from rmdesk.services.store.reads import Params, Row

Facts = Mapping[str, str | int]

_LAST = "SELECT seq, hash FROM audit_entry ORDER BY seq DESC LIMIT 1"
_CODE = re.compile(r"[\x21-\x7e]{0,160}")
_INSERT = """
INSERT INTO audit_entry (seq, at, who, act, entity, entity_id, facts, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


class Notes(Protocol):
    """What a note needs of a transaction: a unit of work has it."""

    who: str
    audit_end: tuple[int, str] | None

    def one(self, sql: str, params: Params = ()) -> Row | None:
        """The first row, or None."""

    def bulk(self, sql: str, params: Params | list[Any] = (), *, topics: Iterable[Topic]) -> int:
        """Run one statement."""


def note(
    work: Notes,
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
    words = json.dumps(told, ensure_ascii=False, sort_keys=True)
    one = Entry(seq + 1, instant(at or clock.now()), work.who, act.value, entity, str(entity_id), words, before, "")
    digest = hash_of(one)
    row = (one.seq, one.at, one.who, one.act, one.entity, one.entity_id, one.facts, one.prev, digest)
    work.bulk(_INSERT, row, topics={Topic.AUDIT})
    work.audit_end = (one.seq, digest)
    return one.seq


def instant(at: datetime) -> str:
    """An instant as the file keeps it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")
