"""The people around a client: persons who are no clients, typed relationships, households, referrals."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Model
from rmdesk.models.kinds import Topic


class Person(Model):
    """Somebody near a client who is no client: a relative, an adviser, an influencer."""

    __tablename__ = "person"
    topic: ClassVar = Topic.RELATIONS

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    pinyin: Mapped[str] = mapped_column(default="")
    initials: Mapped[str] = mapped_column(default="")
    sex: Mapped[str | None]  # F, M
    birth_date: Mapped[str | None]  # as client.birth_date: YYYY-MM-DD, ---MM-DD, YYYY-MM
    phone: Mapped[str | None]
    occupation: Mapped[str | None]
    employer: Mapped[str | None]
    note: Mapped[str | None]
    official: Mapped[bool] = mapped_column(default=False)  # an official: the stricter gift limit holds

    __table_args__ = STRICT


class Relationship(Model):
    """One typed tie, said once: `from` is the `kind` of `to` (parent of, owner of, adviser of)."""

    __tablename__ = "relationship"
    topic: ClassVar = Topic.RELATIONS

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    from_client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    from_person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    to_client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    to_person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    noted_on: Mapped[date]
    note: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("(from_client_id IS NULL) <> (from_person_id IS NULL)", name="one_from"),
        CheckConstraint("(to_client_id IS NULL) <> (to_person_id IS NULL)", name="one_to"),
        Index("ix_relationship_from_client_id", "from_client_id"),
        Index("ix_relationship_from_person_id", "from_person_id"),
        Index("ix_relationship_to_client_id", "to_client_id"),
        Index("ix_relationship_to_person_id", "to_person_id"),
        STRICT,
    )


class Household(Model):
    """People who keep house together."""

    __tablename__ = "household"
    __table_args__ = STRICT
    topic: ClassVar = Topic.RELATIONS

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    note: Mapped[str | None]


class HouseholdMember(Model):
    """A client or person of a household; nobody belongs to two."""

    __tablename__ = "household_member"
    topic: ClassVar = Topic.RELATIONS

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = mapped_column(ForeignKey("household.id", ondelete="CASCADE"))
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))

    __table_args__ = (
        CheckConstraint("(client_id IS NULL) <> (person_id IS NULL)", name="one_member"),
        Index("ix_household_member_household_id", "household_id"),
        Index("ix_household_member_client_id", "client_id"),
        Index("ix_household_member_person_id", "person_id"),
        STRICT,
    )


class Referral(Model):
    """Somebody whom a client brought to the bank; `new_client_id` once they are a client themselves."""

    __tablename__ = "referral"
    topic: ClassVar = Topic.RELATIONS

    id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    name: Mapped[str]
    on: Mapped[date]
    confirmed: Mapped[bool] = mapped_column(default=False)
    new_client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id", ondelete="SET NULL"))
    note: Mapped[str | None]

    __table_args__ = (
        Index("ix_referral_client_id", "client_id"),
        Index("ix_referral_new_client_id", "new_client_id", sqlite_where=text("new_client_id IS NOT NULL")),
        STRICT,
    )
