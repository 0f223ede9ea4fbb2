"""Scopes, the records in them, and all that happened to those. Everything here is spread by `scope_id`.

`record` and `record_history` are cut into parts by a hash of it, each unique key contains it, and who may see a row is
decided by it alone, in the database (row-level security) as well as in the service.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Index, Numeric, PrimaryKeyConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.hub.models.base import Big, Id, IdKey, Instant, Json, Table


class Scope(Table):
    """A feed. Whoever writes into it locks this row, numbers the rows on from `head`, and commits: so the order of
    the numbers is the order of the commits. `digest` is of all live records (wire/merge.digest_of).
    """

    __tablename__ = "scope"

    id: Mapped[IdKey]
    kind: Mapped[str]  # bank, book, own, team, hub
    owner: Mapped[Id]  # the book's, the user's, the team's id
    head: Mapped[Big] = mapped_column(server_default=text("0"))
    live: Mapped[int] = mapped_column(server_default=text("0"))
    digest: Mapped[int] = mapped_column(Numeric(20, 0, asdecimal=False), server_default=text("0"))
    min_cursor: Mapped[Big] = mapped_column(server_default=text("0"))  # older ones must load anew
    audit_no: Mapped[Big] = mapped_column(server_default=text("0"))
    audit_head: Mapped[bytes] = mapped_column(server_default=text("''::bytea"))
    made_at: Mapped[Instant]


class Record(Table):
    """A record as it is now. `parent_id` is the record it hangs on or speaks of."""

    __tablename__ = "record"

    scope_id: Mapped[IdKey]
    id: Mapped[IdKey]
    type: Mapped[Id]
    client_id: Mapped[Id | None]
    parent_id: Mapped[Id | None]
    rev: Mapped[Big]
    seq: Mapped[Big]
    deleted: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    fields: Mapped[Json]
    field_rev: Mapped[Json]
    conflicts: Mapped[Json]
    by: Mapped[Id]
    device: Mapped[Id]
    at: Mapped[str]  # as the desk told it
    received_at: Mapped[Instant]

    __table_args__ = (
        Index("uq_record_seq", "scope_id", "seq", unique=True),
        Index("ix_record_client_id", "scope_id", "client_id"),
        Index("ix_record_parent_id", "scope_id", "parent_id", postgresql_where=text("parent_id IS NOT NULL")),
        Index(
            "ix_record_sha256", "scope_id", text("(fields ->> 'sha256')"), postgresql_where=text("type = 'attachment'")
        ),
        {"postgresql_partition_by": "HASH (scope_id)"},
    )


class RecordHistory(Table):
    """Every accepted and every kept value, and who said it; written once, never changed."""

    __tablename__ = "record_history"

    scope_id: Mapped[IdKey]
    entry: Mapped[IdKey]
    id: Mapped[Id]
    type: Mapped[Id]
    rev: Mapped[Big]
    patch: Mapped[Json]  # the item as it came
    status: Mapped[str]
    by: Mapped[Id]
    device: Mapped[Id]
    push_no: Mapped[Big]
    at: Mapped[Instant]

    __table_args__ = (
        Index("ix_record_history_id", "scope_id", "id"),
        {"postgresql_partition_by": "HASH (scope_id)"},
    )


class RecordDir(Table):
    """Where a record lives now: ids are unique over all scopes. Holds no contents; spread by `id`."""

    __tablename__ = "record_dir"

    id: Mapped[IdKey]
    home: Mapped[Id]


class Client(Table):
    """Which book a client is in now. Holds no contents; spread by `id`."""

    __tablename__ = "hub_client"

    id: Mapped[IdKey]
    number: Mapped[Id | None]  # the bank's; prospects have none
    book: Mapped[Id] = mapped_column(index=True)


class ScopeExit(Table):
    """A client left a scope: a step of its feed, after which their records are gone there."""

    __tablename__ = "scope_exit"

    scope_id: Mapped[Id]
    seq: Mapped[Big]
    client_id: Mapped[Id]
    handover_id: Mapped[Id]
    at: Mapped[Instant]

    __table_args__ = (
        PrimaryKeyConstraint("scope_id", "seq"),
        Index("ix_scope_exit_client_id", "scope_id", "client_id"),
    )


class Quarantine(Table):
    """What a former manager wrote offline about a client who had moved on, kept for the new manager."""

    __tablename__ = "quarantine"

    scope_id: Mapped[IdKey]  # where the client is now
    id: Mapped[IdKey]
    user_id: Mapped[Id]
    device_id: Mapped[Id]
    push_no: Mapped[Big]
    item: Mapped[Json]
    reason: Mapped[str]
    late_id: Mapped[Id]  # the late_edit record that shows it, unless the time for that was over
    at: Mapped[Instant]
    settled_by: Mapped[Id | None]
    settled_at: Mapped[Instant | None]


class Audit(Table):
    """Who did what in a scope, each entry holding the hash of the one before; written once, never changed."""

    __tablename__ = "audit"

    scope_id: Mapped[IdKey]
    no: Mapped[Big] = mapped_column(primary_key=True)
    at: Mapped[Instant]
    user_id: Mapped[Id]
    device_id: Mapped[Id]
    action: Mapped[str]
    detail: Mapped[Json]  # ids and numbers, never values of fields
    hash: Mapped[bytes]


class DeskLog(Table):
    """What a desk told of its own audit log: the number and the hash of each entry; written once, never changed."""

    __tablename__ = "desk_log"

    scope_id: Mapped[IdKey]  # the own scope of whoever works at the desk
    device_id: Mapped[IdKey]
    line: Mapped[IdKey]  # begins anew with each restore of the desk
    seq: Mapped[Big] = mapped_column(primary_key=True)
    hash: Mapped[Id]
    at: Mapped[Instant]


class Blob(Table):
    """The bytes of an attachment, reached only through an attachment record of the same scope."""

    __tablename__ = "blob"

    scope_id: Mapped[IdKey]
    sha256: Mapped[IdKey]
    size: Mapped[Big]
    whole: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    by: Mapped[Id]
    at: Mapped[Instant]


class BlobPart(Table):
    """One mebibyte of an attachment."""

    __tablename__ = "blob_part"

    scope_id: Mapped[IdKey]
    sha256: Mapped[IdKey]
    part: Mapped[int] = mapped_column(primary_key=True)
    data: Mapped[bytes]
