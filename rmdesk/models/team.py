"""What a team says of its records: reviews by the lead, addenda to what was reviewed, late edits after a hand-over."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Json, Model
from rmdesk.models.kinds import Topic


class Review(Model):
    """A lead's word on a visit, a gift or a complaint. It seals what was seen: `content_hash` is of the record as it
    was, `hash` of this review with the hash of the one before in the same chain (services/team/seal).
    """

    __tablename__ = "review"
    topic: ClassVar = Topic.TEAM

    id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    entity: Mapped[str]
    entity_id: Mapped[str]
    verdict: Mapped[str]  # approved, returned
    comment: Mapped[str | None]
    tag: Mapped[str | None]  # one coaching tag of rules/team.toml
    by: Mapped[str]
    at: Mapped[datetime]
    rev_reviewed: Mapped[int]  # the hub's revision of the record that was seen; 0: no hub
    content_hash: Mapped[str]
    before_hash: Mapped[str | None]
    hash: Mapped[str]

    __table_args__ = (
        Index("ix_review_client_id", "client_id"),
        Index("ix_review_entity", "entity", "entity_id"),
        STRICT,
    )


class Addendum(Model):
    """What is added to a record after it was sealed."""

    __tablename__ = "addendum"
    topic: ClassVar = Topic.TEAM

    id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    entity: Mapped[str]
    entity_id: Mapped[str]
    text: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (
        Index("ix_addendum_client_id", "client_id"),
        Index("ix_addendum_entity", "entity", "entity_id"),
        STRICT,
    )


class LateEdit(Model):
    """What a former manager wrote offline about a client who had moved on: kept aside until somebody takes it over."""

    __tablename__ = "late_edit"
    topic: ClassVar = Topic.TEAM

    id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    entity: Mapped[str]
    entity_id: Mapped[str]
    item: Mapped[Any] = mapped_column(Json)  # wire/messages.Item
    by: Mapped[str]
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="open")  # open, accepted, kept
    settled_by: Mapped[str | None]

    __table_args__ = (Index("ix_late_edit_client_id", "client_id"), STRICT)


class AgreedCadence(Model):
    """How often clients of a tier (in one group of it, or in all) are contacted, as manager and lead have agreed.

    It holds for one book, empty without a hub, from the day both have said yes until it is ended.
    """

    __tablename__ = "agreed_cadence"
    __table_args__ = STRICT
    topic: ClassVar = Topic.SEGMENTS

    id: Mapped[str] = mapped_column(primary_key=True)
    book: Mapped[str] = mapped_column(default="")
    tier: Mapped[str]
    group: Mapped[str | None]  # None: all groups of the tier
    days: Mapped[int]
    note: Mapped[str]
    state: Mapped[str]  # proposed, declined, agreed, ended
    proposed_by: Mapped[str]
    proposed_on: Mapped[date]
    agreed_by: Mapped[str | None]
    agreed_on: Mapped[date | None]
    ended_on: Mapped[date | None]
