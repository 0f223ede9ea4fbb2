"""What following a hub needs: what the hub does not know yet, where each scope stands, and the batch under way.

`sync_control` has one row. While `joined` is 1 and `applying` is 0, triggers (services/sync/tracking) note every
change of a record that travels in `sync_record`, in the transaction that makes it, whoever makes it; and they refuse
to change what the bank told. `applying` is set within transactions that write what the hub told.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Json, Model
from rmdesk.models.kinds import Topic


class SyncControl(Model):
    """One row: whether this desk follows a hub, and whether this transaction writes what the hub told."""

    __tablename__ = "sync_control"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"), STRICT)
    topic: ClassVar = Topic.SYNC
    recorded: ClassVar = False

    id: Mapped[int] = mapped_column(primary_key=True)
    joined: Mapped[bool] = mapped_column(default=False)
    applying: Mapped[bool] = mapped_column(default=False)


class SyncState(Model):
    """A fact of following the hub, by name: its address, this device, epoch, number of the last batch, lease."""

    __tablename__ = "sync_state"
    __table_args__ = STRICT
    topic: ClassVar = Topic.SYNC
    recorded: ClassVar = False

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(Json)


class SyncRecord(Model):
    """A record that travels (see wire/merge.Held): its wire id once it has one, what the hub has, what it lacks.

    `entity_id` is the primary key on the desk as text, parts joined by "/". `edits` counts changes, so that an answer
    can tell whether the record was changed since it was sent in batch number `sent`.
    """

    __tablename__ = "sync_record"
    topic: ClassVar = Topic.SYNC
    recorded: ClassVar = False

    entity: Mapped[str] = mapped_column(primary_key=True)
    entity_id: Mapped[str] = mapped_column(primary_key=True)
    wire_id: Mapped[str | None]
    client_id: Mapped[int | None]  # no foreign key: it outlives the client until the hub has heard
    scope: Mapped[str] = mapped_column(default="", server_default=text("''"))
    rev: Mapped[int] = mapped_column(default=0, server_default="0")
    field_rev: Mapped[Any] = mapped_column(Json, default=dict, server_default="{}")
    dirty: Mapped[Any] = mapped_column(Json, default=dict, server_default="{}")
    deleted: Mapped[int | None]  # the revision on screen when it was deleted here
    resolves: Mapped[Any] = mapped_column(Json, default=list, server_default="[]")
    offers: Mapped[Any] = mapped_column(Json, default=list, server_default="[]")
    conflicts: Mapped[Any] = mapped_column(Json, default=dict, server_default="{}")
    state: Mapped[str] = mapped_column(default="clean", server_default="clean")  # clean, dirty, refused, handed
    refusal: Mapped[Any | None] = mapped_column(Json)  # {"code", "field"} of the hub's last no
    edits: Mapped[int] = mapped_column(default=0, server_default="0")
    sent: Mapped[int | None]
    edited_at: Mapped[str | None]  # this desk's clock, for people
    changed_by: Mapped[str | None]  # user id of the last change the hub told
    changed_at: Mapped[str | None]

    __table_args__ = (
        Index("uq_sync_record_wire_id", "wire_id", unique=True, sqlite_where=text("wire_id IS NOT NULL")),
        Index("ix_sync_record_client_id", "client_id", sqlite_where=text("client_id IS NOT NULL")),
        Index("ix_sync_record_state", "state", "entity", sqlite_where=text("state <> 'clean'")),
        Index("ix_sync_record_conflicts", "entity", sqlite_where=text("conflicts <> '{}'")),
        # Has all that comparing a scope with the hub needs.
        Index("ix_sync_record_scope", "scope", "entity", "entity_id", "wire_id", "rev"),
        STRICT,
    )


class SyncScope(Model):
    """A scope this desk follows, and how far. `phase`: new, down (first load under way), live.

    While down, `below` is the next page's upper end and `top` the head when the load began.
    """

    __tablename__ = "sync_scope"
    __table_args__ = STRICT
    topic: ClassVar = Topic.SYNC
    recorded: ClassVar = False

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    label: Mapped[str] = mapped_column(default="")
    owner: Mapped[str] = mapped_column(default="")
    write: Mapped[bool] = mapped_column(default=False)
    phase: Mapped[str] = mapped_column(default="new")
    cursor: Mapped[int] = mapped_column(default=0)
    head: Mapped[int] = mapped_column(default=0)
    live: Mapped[int] = mapped_column(default=0)
    digest: Mapped[str] = mapped_column(default="0")
    top: Mapped[int | None]
    below: Mapped[int | None]


class SyncBatch(Model):
    """The one batch under way: the very bytes that are sent until they are answered."""

    __tablename__ = "sync_batch"
    __table_args__ = STRICT
    topic: ClassVar = Topic.SYNC
    recorded: ClassVar = False

    number: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[bytes]
    made_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)


class SyncClient(Model):
    """The wire id of a client, and the book the hub counts the client to."""

    __tablename__ = "sync_client"
    topic: ClassVar = Topic.SYNC
    recorded: ClassVar = False

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), primary_key=True)
    wire_id: Mapped[str] = mapped_column(unique=True)
    book: Mapped[str | None]

    __table_args__ = (Index("ix_sync_client_book", "book"), STRICT)


class SyncWaiting(Model):
    """A row of the hub that cannot be written yet: what it hangs on is not here, or this version does not know it."""

    __tablename__ = "sync_waiting"
    topic: ClassVar = Topic.SYNC
    recorded: ClassVar = False

    wire_id: Mapped[str] = mapped_column(primary_key=True)
    entity: Mapped[str]
    scope: Mapped[str]
    needs: Mapped[str | None]  # the wire id it waits for; None: a newer version
    row: Mapped[Any] = mapped_column(Json)

    __table_args__ = (Index("ix_sync_waiting_needs", "needs"), STRICT)


class Colleague(Model):
    """Somebody of the team, as the hub told."""

    __tablename__ = "colleague"
    __table_args__ = STRICT
    topic: ClassVar = Topic.SYNC
    recorded: ClassVar = False

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    role: Mapped[str]  # manager, lead, administrator
    book: Mapped[str | None]
    team: Mapped[str | None]
