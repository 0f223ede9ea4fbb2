"""Teams, people, books, who stands in for whom, devices and their tokens.

These tables are small and the same for everybody: spread over several servers, each would hold a copy.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.hub.models.base import Big, Id, IdKey, Instant, Json, Table


class HubState(Table):
    """One row: which hub this is, how often it went back in time, and its signing key, sealed with the secret."""

    __tablename__ = "hub_state"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # always 1
    hub: Mapped[Id]
    epoch: Mapped[int]
    signing_key: Mapped[bytes]
    partitions: Mapped[int]
    made_at: Mapped[Instant]


class Team(Table):
    """A team: what its lead sees, and nobody of another team."""

    __tablename__ = "team"

    id: Mapped[IdKey]
    name: Mapped[str]
    made_at: Mapped[Instant]


class User(Table):
    """Somebody who may sign in: manager, lead or administrator."""

    __tablename__ = "hub_user"

    id: Mapped[IdKey]
    login: Mapped[Id] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str]  # manager, lead, administrator
    team_id: Mapped[Id | None] = mapped_column(ForeignKey("team.id"), index=True)
    password_hash: Mapped[str | None]  # Argon2id; nothing where the bank's own sign-in is used
    issuer: Mapped[str | None]  # of the bank's sign-in
    subject: Mapped[str | None]
    active: Mapped[bool] = mapped_column(Boolean, server_default=text("true"))
    made_at: Mapped[Instant]

    __table_args__ = (Index("uq_hub_user_subject", "issuer", "subject", unique=True),)


class Book(Table):
    """A manager's portfolio. It belongs to one manager and one team."""

    __tablename__ = "book"

    id: Mapped[IdKey]
    team_id: Mapped[Id] = mapped_column(ForeignKey("team.id"), index=True)
    owner_id: Mapped[Id | None] = mapped_column(ForeignKey("hub_user.id"), index=True)
    name: Mapped[str]
    number: Mapped[Id | None] = mapped_column(unique=True)  # the manager's staff number in the bank's exports
    made_at: Mapped[Instant]


class Membership(Table):
    """Somebody stands in for the manager of a book, from one day to another (both included)."""

    __tablename__ = "membership"

    id: Mapped[IdKey]
    user_id: Mapped[Id] = mapped_column(ForeignKey("hub_user.id"), index=True)
    book_id: Mapped[Id] = mapped_column(ForeignKey("book.id"), index=True)
    from_day: Mapped[date]
    to_day: Mapped[date]
    made_by: Mapped[Id]
    made_at: Mapped[Instant]


class Device(Table):
    """A desk. `push_no`, `push_digest` and `push_answer` bind its last batch to its very bytes and to the answer."""

    __tablename__ = "device"

    id: Mapped[IdKey]
    user_id: Mapped[Id] = mapped_column(ForeignKey("hub_user.id"), index=True)
    name: Mapped[str]
    public_key: Mapped[bytes | None]  # Ed25519
    status: Mapped[str]  # asked, active, revoked, wipe, retired
    push_no: Mapped[Big] = mapped_column(server_default=text("0"))
    push_digest: Mapped[bytes | None]
    push_answer: Mapped[bytes | None]
    speaks: Mapped[int] = mapped_column(server_default=text("0"))  # wire schema
    app: Mapped[str] = mapped_column(server_default=text("''"))
    offset_s: Mapped[int] = mapped_column(server_default=text("0"))  # its clock less the hub's
    seen_at: Mapped[Instant | None]
    lease_until: Mapped[Instant | None]
    escrow: Mapped[bytes | None]  # the file's key, sealed for the bank's recovery key
    order: Mapped[str | None]  # the signed wipe order
    made_at: Mapped[Instant]
    approved_by: Mapped[Id | None]
    approved_at: Mapped[Instant | None]


class RefreshToken(Table):
    """What a desk shows to get its next access token; only its hash is kept."""

    __tablename__ = "refresh_token"

    hash: Mapped[IdKey]
    user_id: Mapped[Id] = mapped_column(ForeignKey("hub_user.id"), index=True)
    device_id: Mapped[Id | None] = mapped_column(ForeignKey("device.id"), index=True)
    family: Mapped[Id] = mapped_column(index=True)
    made_at: Mapped[Instant]
    until: Mapped[Instant]
    used_at: Mapped[Instant | None]
    next_hash: Mapped[Id | None]
    revoked_at: Mapped[Instant | None]


class LoginAttempt(Table):
    """A try to sign in; what slows down the next ones."""

    __tablename__ = "login_attempt"

    id: Mapped[IdKey]
    login: Mapped[Id]
    address: Mapped[Id]
    at: Mapped[Instant]
    went_well: Mapped[bool]

    __table_args__ = (
        Index("ix_login_attempt_login", "login", "at"),
        Index("ix_login_attempt_address", "address", "at"),
    )


class SignIn(Table):
    """A sign-in with the bank's own service that has begun and not ended."""

    __tablename__ = "sign_in"

    state: Mapped[IdKey]
    told: Mapped[Json]  # verifier, nonce, redirect
    made_at: Mapped[Instant]
