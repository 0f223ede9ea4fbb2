"""What desk and hub say to each other: JSON, checked on both sides, packed with zstd.

Decoding refuses what does not fit (`msgspec.ValidationError`); unknown fields are let through, so that a newer side
may say more than an older one understands. Ids are 32 hex digits, instants ISO 8601 in UTC, revisions whole numbers.
"""

from __future__ import annotations

import hashlib
from typing import Annotated

import msgspec
from msgspec import Meta, Struct, field

# What this program speaks; the hub understands SCHEMA - 2 .. SCHEMA. What a schema says stays as it is for good; what
# is new says since when (wire/shapes.py), and desks tell older hubs only what those know (services/sync/freeze.py).
SCHEMA = 2

MOST_ITEMS = 200  # of one push
MOST_BYTES = 16 << 20  # of one body, unpacked
MOST_PACKED = 1 << 20
CHUNK = 1 << 20  # of an attachment
MOST_HEADS = 500  # entries of a desk's audit log, told by number and hash

Id = Annotated[str, Meta(pattern="^[0-9a-f]{32}$")]
ScopeId = Annotated[str, Meta(pattern="^(bank|book|own|team):[0-9a-f]{32}$")]
Value = str | int | None
Rev = Annotated[int, Meta(ge=0, le=(1 << 63) - 1)]


class Difference(Struct, frozen=True):
    """A value that did not become current because somebody else had changed the field unseen; open until settled."""

    field: str
    value: Value
    by: str = ""  # the author's user id
    device: str = ""
    at: str = ""
    base: Rev = 0


class Row(Struct):
    """A record as the hub has it. `seq` is its place in the feed of its scope."""

    type: str
    id: Id
    scope: ScopeId
    rev: Rev
    client: Id | None = None
    seq: Rev = 0
    deleted: bool = False
    fields: dict[str, Value] = field(default_factory=dict)
    field_rev: dict[str, Rev] = field(default_factory=dict)
    conflicts: dict[str, Difference] = field(default_factory=dict)
    by: str = ""
    at: str = ""


class Edit(Struct, frozen=True):
    """A new value, and the revision that was on screen when its author began to change the field."""

    value: Value
    base: Rev = 0


class Item(Struct):
    """What one desk did to one record. `delete` is the revision that was on screen; `offers` come after a restore.

    `whole`: whether the patch has all there is of the record, or all that may be told of it, so that it can be one by
    itself. None: an older program, which does not say.
    """

    type: str
    id: Id
    client: Id | None = None
    patch: dict[str, Edit] = field(default_factory=dict)
    delete: Rev | None = None
    resolves: list[str] = field(default_factory=list)
    offers: list[Difference] = field(default_factory=list)
    at: str = ""
    whole: bool | None = None


class Result(Struct):
    """What became of one item.

    `status`: applied, conflict_kept (some fields, named in `conflicts`), noop, handed_over (kept aside for the
    client's new manager), refused (with `code` and the field), deferred (waits for somebody's word).
    """

    type: str
    id: Id
    status: str
    conflicts: list[str] = field(default_factory=list)
    code: str = ""
    field: str = ""
    row: Row | None = None


class Push(Struct):
    """One frozen batch. `push_no` counts the batches of a device; the hub binds it to the very bytes of the body."""

    device: Id
    push_no: Annotated[int, Meta(ge=1)]
    epoch: int
    schema: int
    items: Annotated[list[Item], Meta(max_length=MOST_ITEMS)]
    confirmed: bool = False  # somebody said yes to many deletions


class Pushed(Struct):
    """The hub's answer to a batch, one result an item in its order; told again word for word when asked again."""

    push_no: int
    epoch: int
    server_time: str
    results: list[Result]
    heads: dict[str, Rev] = field(default_factory=dict)


class Cursor(Struct):
    """Where a desk stands in a scope. `need`: not before the hub has got this far (own writes, on a replica)."""

    cursor: Rev = 0
    need: Rev = 0


class Pull(Struct):
    """Asks for what is new in some scopes, at most `limit` events of each."""

    device: Id
    epoch: int
    schema: int
    push_no: int
    scopes: dict[ScopeId, Cursor]
    limit: Annotated[int, Meta(ge=1, le=2000)] = 500


class Event(Struct):
    """One step of a feed: a row (also a deleted one), or a client who left the scope."""

    seq: Rev
    row: Row | None = None
    exit: Id | None = None  # the client's wire id
    handover: Id | None = None


class Feed(Struct):
    """The next events of one scope. `live` and `digest` are of all live records at `head`, for progress and proof.

    `code`: "" or "resync" (the cursor is too old, or no longer known: load the scope anew, keep what is unsent).
    """

    events: list[Event]
    cursor: Rev
    head: Rev
    more: bool = False
    live: int = 0
    digest: str = "0"
    code: str = ""


class Pulled(Struct):
    """What is new, and which scopes this person may follow now or no longer."""

    epoch: int
    server_time: str
    push_no: int  # the last one the hub has from this device; a smaller one on the desk: a restored copy
    scopes: dict[str, Feed]
    granted: list[str] = field(default_factory=list)
    revoked: list[str] = field(default_factory=list)
    lease: str = ""


class First(Struct):
    """A page of the first load of a scope: live rows below `below`, newest first.

    `need`: the head that the first page of this load told; 0 for that page itself; None where it is not known.
    """

    device: Id
    epoch: int
    schema: int
    scope: ScopeId
    below: Rev
    limit: Annotated[int, Meta(ge=1, le=5000)] = 2000
    need: Rev | None = None


class FirstPage(Struct):
    """Rows of a first load; `below` for the next page."""

    rows: list[Row]
    below: Rev  # 0: no more
    head: Rev
    live: int


class Scope(Struct):
    """A scope this person may follow. `book` and `owner` tell a lead whose book it is."""

    id: ScopeId
    kind: str  # bank, book, own, team
    label: str = ""
    owner: str = ""  # user id
    write: bool = False


class Colleague(Struct):
    """Somebody of the team, with their book if they keep one."""

    id: Id
    name: str
    role: str  # manager, lead, administrator
    book: str = ""
    team: str = ""


class Head(Struct, frozen=True):
    """An entry of a desk's audit log: its number and its hash, which holds all before it."""

    seq: Annotated[int, Meta(ge=1, le=(1 << 63) - 1)]
    hash: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class Log(Struct, frozen=True):
    """How far a desk's audit log has got: `last` is its end, `since` where the hub was when it last answered; where
    both are one there are no `heads`.

    `heads` go on in order from that entry (itself told again, since its hash holds all before it), or from the end if
    that comes earlier. `line` is the hash of the entry that tells of the last restore from a backup, "" without one:
    after a restore the numbers begin anew from an older one.
    """

    last: Rev
    since: Rev
    heads: Annotated[list[Head], Meta(max_length=MOST_HEADS)]
    line: Annotated[str, Meta(pattern="^([0-9a-f]{64})?$")] = ""


class Hello(Struct):
    """How a desk greets the hub: what it is and what it speaks. `log`: None from an older desk. `seen`: the mark of
    whom and what the hub told it of last (`Welcome.mark`), which need not be told again.
    """

    device: Id
    schema: int
    oldest: int
    app: str
    clock: str  # the desk's own, for its offset
    log: Log | None = None
    seen: Annotated[str, Meta(pattern="^([0-9a-f]{16})?$")] = ""


class Welcome(Struct):
    """`next_after`: seconds until the hub would like to hear from this desk again. `heads`: how far each of its scopes
    has got, so that a desk that is there already need not ask; None: an older hub, which does not say. `log`: the last
    entry of this desk's audit log that the hub has, and where that is not as the desk tells it, those before it too;
    None when nothing of it is new. `same`: scopes and colleagues are as this desk has seen them, and left out.
    """

    hub: str
    epoch: int
    schema: int
    oldest: int
    server_time: str
    user: Colleague
    scopes: list[Scope]
    colleagues: list[Colleague]
    push_no: int
    lease: str
    next_after: int = 900
    push_only: bool = False  # this desk is too old to pull; it may still hand in its work
    key: str = ""  # told by older hubs; a desk pins the one of `SignInWays` when it joins
    escrow: str = ""  # a signed word with the bank's recovery public key; "" when the bank has none
    heads: dict[str, Rev] | None = None
    log: list[Head] | None = None
    same: bool = False

    def mark(self) -> str:
        """Names who the desk is, whom it works with and what it may follow; desk and hub work it out alike."""
        told = msgspec.json.encode([self.user, self.scopes, self.colleagues])
        return hashlib.sha256(told).hexdigest()[:16]


class Failure(Struct):
    """Any answer that is not a success: a code for programs; the desk has the sentence."""

    code: str
    epoch: int = 0
    field: str = ""
    order: str = ""  # with code "wipe": the signed order
