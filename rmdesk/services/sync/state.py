"""What this desk knows of the hub it follows: typed reads and writes of `sync_state`. Without a hub all of it is None.

Names in the table: `hub` {url, id, key}, `me` {user, name, role, team, book}, `device`, `epoch`, `push_no`, `lease`,
`tokens`, `tracking` (which triggers the file has), `reached` {at, error, next_after} of the last round, `asks` (what
waits for the manager's word, see guards.py), `grants` (that word), `speaks` (the schema of the hub), `log`
(how far it has the audit log, see witnessing.py), `seen` (the mark of whom and
what the hub told of), `rejoin` and `replaces` (see rejoining.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from rmdesk.base.errors import Refused
from rmdesk.base.record import record
from rmdesk.base.text import N_
from rmdesk.models.kinds import Topic
from rmdesk.services.store.reads import Reads


class Writes(Protocol):
    """The part of a unit of work that a fact needs."""

    def bulk(self, sql: str, params: Any = (), *, topics: Iterable[Topic]) -> int:
        """One statement; gives how many rows it touched."""
        ...


@record
class Me:
    """Who works at this desk, as the hub knows them. `role`: manager, lead or administrator; ids are 32 hex digits."""

    user: str
    name: str
    role: str
    team: str
    book: str  # "" for somebody who keeps none
    device: str


@record
class Hub:
    """The hub this desk follows; `key` is its public key, pinned when it was joined ("": none)."""

    url: str
    id: str
    key: str = ""


@record
class Reached:
    """The last round: when it ended, what hindered it ("" nothing), seconds until the hub wants to hear again."""

    at: datetime | None = None
    error: str = ""
    next_after: int = 900
    tried: datetime | None = None


def get(reads: Reads, name: str) -> Any:
    """A fact of following the hub by name, None when it is not known."""
    found = reads.value("SELECT value FROM sync_state WHERE name = ?", (name,))
    return None if found is None else json.loads(found)


def put(work: Writes, name: str, value: Any) -> None:
    """Keep a fact of following the hub; None forgets it."""
    if value is None:
        work.bulk("DELETE FROM sync_state WHERE name = ?", (name,), topics={Topic.SYNC})
        return
    told = json.dumps(value, ensure_ascii=False, sort_keys=True)
    work.bulk("INSERT OR REPLACE INTO sync_state (name, value) VALUES (?, ?)", (name, told), topics={Topic.SYNC})


def joined(reads: Reads) -> bool:
    """Whether this desk follows a hub."""
    return bool(reads.value("SELECT joined FROM sync_control"))


def hub(reads: Reads) -> Hub | None:
    """The hub this desk follows."""
    found = get(reads, "hub")
    return None if found is None else Hub(found["url"], found["id"], found.get("key", ""))


def the_hub(reads: Reads) -> Hub:
    """The hub this desk follows; refused when it follows none, or is not let in yet."""
    found = hub(reads)
    if found is None and get(reads, "enrolment"):
        raise Refused(
            N_("This desk waits for approval."), do=N_("Once it is let in, join the hub once more."), code="waiting"
        )
    if found is None:
        raise Refused(N_("This desk follows no team hub."), do=N_("Join one first."), code="no_hub")
    return found


def who(reads: Reads) -> Me | None:
    """Who works at this desk, None when it follows no hub."""
    found = get(reads, "me")
    if found is None:
        return None
    user, name, role, team, book = (str(found.get(part) or "") for part in ("user", "name", "role", "team", "book"))
    return Me(user, name, role, team, book, str(get(reads, "device") or ""))


def epoch(reads: Reads) -> int:
    """How often the hub was thrown back to a copy of itself, as far as this desk has heard; 0 before it greeted."""
    return int(get(reads, "epoch") or 0)


def push_no(reads: Reads) -> int:
    """The number of the last batch that was answered."""
    return int(get(reads, "push_no") or 0)


def reached(reads: Reads) -> Reached:
    """How the last round with the hub went."""
    found = get(reads, "reached") or {}
    return Reached(_instant(found.get("at")), found.get("error", ""), found.get("next_after", 900),
                   _instant(found.get("tried")))  # fmt: skip


def lease(reads: Reads) -> str:
    """The hub's signed word until when this desk may be opened, "" when there is none."""
    return str(get(reads, "lease") or "")


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
