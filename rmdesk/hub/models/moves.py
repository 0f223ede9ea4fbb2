"""Hand-overs of clients between books and what came of them, and the bank's loads."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.hub.models.base import Big, Id, IdKey, Instant, Json, Table


class Handover(Table):
    """A client goes from one book to another; one asks for it, another confirms it."""

    __tablename__ = "handover"

    id: Mapped[IdKey]
    batch: Mapped[Id]  # those asked for together
    client_id: Mapped[Id]
    from_book: Mapped[Id] = mapped_column(ForeignKey("book.id"), index=True)
    to_book: Mapped[Id] = mapped_column(ForeignKey("book.id"), index=True)
    state: Mapped[str]  # asked, refused, confirmed, done
    reason: Mapped[str]
    asked_by: Mapped[Id]
    asked_at: Mapped[Instant]
    decided_by: Mapped[Id | None]
    decided_at: Mapped[Instant | None]
    done_at: Mapped[Instant | None]
    grace_until: Mapped[date]
    bank_load: Mapped[Id | None]  # the load that moved the client, if the bank did

    __table_args__ = (
        Index("ix_handover_client_id", "client_id"),
        Index("ix_handover_batch", "batch"),
        Index("uq_handover_open", "client_id", unique=True, postgresql_where=text("state IN ('asked', 'confirmed')")),
    )


class PurgeReceipt(Table):
    """A desk that must remove a client's records, and what it says it removed."""

    __tablename__ = "purge_receipt"

    handover_id: Mapped[IdKey] = mapped_column(ForeignKey("handover.id"))
    device_id: Mapped[IdKey] = mapped_column(ForeignKey("device.id"), index=True)
    client_id: Mapped[Id]
    due_at: Mapped[Instant]
    done_at: Mapped[Instant | None]
    counts: Mapped[Json | None]


class BankLoad(Table):
    """One load of the bank's exports: what came, how far it got, what it found."""

    __tablename__ = "bank_load"

    id: Mapped[IdKey]
    digest: Mapped[bytes] = mapped_column(unique=True)  # of all its files: the same ones load once
    files: Mapped[Json]
    as_of: Mapped[date | None]
    state: Mapped[str]  # begun, done, failed
    counts: Mapped[Json]
    by: Mapped[Id]
    begun_at: Mapped[Instant]
    done_at: Mapped[Instant | None]


class BankLoadScope(Table):
    """How a load went in one scope: a load that was stopped goes on with the others."""

    __tablename__ = "bank_load_scope"

    load_id: Mapped[IdKey] = mapped_column(ForeignKey("bank_load.id"))
    scope: Mapped[IdKey]
    done_at: Mapped[Instant]
    counts: Mapped[Json]


class BankFinding(Table):
    """Something odd in the bank's files, counted and told without values."""

    __tablename__ = "bank_finding"

    load_id: Mapped[IdKey] = mapped_column(ForeignKey("bank_load.id"))
    no: Mapped[int] = mapped_column(primary_key=True)
    severity: Mapped[str]
    code: Mapped[str]
    file: Mapped[str]
    line: Mapped[Big | None]
    told: Mapped[Json]
