"""What the screens show of following a hub."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rmdesk.base.record import record
from rmdesk.base.text import Phrase
from rmdesk.models.kinds import ClientId
from rmdesk.services.rulebook import Words
from rmdesk.services.sync.spans import Spans


class SyncMode(StrEnum):
    """The one thing to say about following a hub, the most urgent first."""

    NONE = "none"  # no hub is joined
    EXPIRED = "expired"  # the lease has run out: nothing opens until the hub was reached
    ATTENTION = "attention"  # something waits for the manager's word
    OFFLINE = "offline"  # the hub could not be reached
    WAITING = "waiting"  # the hub has not heard everything yet
    SYNCED = "synced"


@record
class SyncLine:
    """Where following the hub stands. `waiting` records the hub must still hear; `lease_days` None: no lease."""

    state: SyncMode
    waiting: int = 0
    differences: int = 0
    refused: int = 0
    late: int = 0
    lease_days: int | None = None
    last_at: datetime | None = None
    offline: bool = False
    shut: bool = False  # out of the hub until its owner signs in again

    @property
    def to_settle(self) -> int:
        """What waits for the manager's word."""
        return self.differences + self.refused + self.late


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a field. `conflict` is its id, "" for the value in the record; `spans` differ from that value.

    `text` as people read it, "" when the field is empty in this version; `own`: written on this desk's behalf.
    """

    conflict: str
    text: str
    by: str
    at: datetime | None
    own: bool
    spans: Spans = ()

    @property
    def current(self) -> bool:
        """Whether it stands in the record now."""
        return not self.conflict


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """A field of which two people wrote different values unseen. `versions`: the one in the record first.

    `free`: a text that may also be written anew. `number` tells rows of a list apart.
    """

    number: int
    entity: str
    entity_id: str
    field: str
    client: ClientId | None
    name: str
    record: Words
    about: str
    label: str
    versions: tuple[Version, ...]
    free: bool
    several: bool  # a text of several lines

    @property
    def key(self) -> tuple[str, str, str]:
        """Which difference it is, whatever its place in a list."""
        return self.entity, self.entity_id, self.field


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A record that the hub did not take: which, why, and what to do. `known`: the hub has an earlier version.

    `others`: differences that were open when the hub was thrown back to a copy, and wait to be told to it again.
    """

    number: int
    entity: str
    entity_id: str
    client: ClientId | None
    name: str
    record: Words
    about: str
    code: str
    why: Phrase
    do: Phrase
    fields: tuple[tuple[str, str], ...]  # label and value of what was written
    known: bool
    at: datetime | None
    others: tuple[tuple[str, str, str], ...] = ()  # label, the other text, its author


@dataclass(frozen=True, slots=True)
class LateField:
    """A field of a late entry: what stands in the record (None: there is no such record), what was written late."""

    label: str
    now: str | None
    late: str
    now_spans: Spans = ()
    late_spans: Spans = ()


@dataclass(frozen=True, slots=True)
class LateRow:
    """What a former manager wrote offline about a client who had moved on. `deletes`: the record was to go."""

    number: int
    id: str
    entity: str
    entity_id: str
    client: ClientId
    name: str
    record: Words
    about: str
    by: str
    at: datetime | None
    fields: tuple[LateField, ...]
    deletes: bool
    exists: bool


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """A scope this desk follows: `done` of `total` live records are here; `down`: its first load is under way."""

    id: str
    kind: str
    label: str
    done: int
    total: int
    down: bool
    write: bool


@dataclass(frozen=True, slots=True)
class Where:
    """Whom this desk follows, and as whom."""

    address: str
    user: str
    role: str
    device: str
    line: SyncLine
    scopes: tuple[ScopeRow, ...]
    outgoing: int = 0  # deletions that wait for the manager's word: to be told,
    incoming: int = 0  # and to be done here
    strangers: int = 0  # clients in no book of this desk, and
    strange_records: int = 0  # what was noted of them here
