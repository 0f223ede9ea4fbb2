"""Group clients (集团客户): who belongs together, what the bank is exposed to, who guarantees for whom."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Model
from rmdesk.models.kinds import Topic


class CreditParty(Model):
    """A firm or person the bank is exposed to, once however many groups it belongs to: a client or anybody else."""

    __tablename__ = "credit_party"
    topic: ClassVar = Topic.GROUPS

    id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id", ondelete="SET NULL"))
    name: Mapped[str]
    note: Mapped[str | None]

    __table_args__ = (
        Index("ix_credit_party_client_id", "client_id", sqlite_where=text("client_id IS NOT NULL")),
        STRICT,
    )


class GroupClient(Model):
    """A group whose members are held to the limits together."""

    __tablename__ = "group_client"
    __table_args__ = STRICT
    topic: ClassVar = Topic.GROUPS

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    note: Mapped[str | None]
    made_on: Mapped[date]


class GroupMember(Model):
    """A place in the tree of a group: who, under whom (None: at the top), with which share. One party may have two."""

    __tablename__ = "group_member"
    topic: ClassVar = Topic.GROUPS

    id: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[str] = mapped_column(ForeignKey("group_client.id", ondelete="CASCADE"))
    party_id: Mapped[str] = mapped_column(ForeignKey("credit_party.id", ondelete="CASCADE"))
    under_id: Mapped[str | None] = mapped_column(ForeignKey("credit_party.id", ondelete="CASCADE"))
    share_bp: Mapped[int | None]  # hundredths of a percent of the capital held by the one above
    note: Mapped[str | None]

    __table_args__ = (
        Index("ix_group_member_group_id", "group_id"),
        Index("ix_group_member_party_id", "party_id"),
        Index("ix_group_member_under_id", "under_id", sqlite_where=text("under_id IS NOT NULL")),
        STRICT,
    )


class Exposure(Model):
    """What the bank is exposed to with one party, of one kind. A draft is a deal that is talked about."""

    __tablename__ = "exposure"
    topic: ClassVar = Topic.GROUPS

    id: Mapped[str] = mapped_column(primary_key=True)
    party_id: Mapped[str] = mapped_column(ForeignKey("credit_party.id", ondelete="CASCADE"))
    kind: Mapped[str]  # an ExposureKind
    amount_minor: Mapped[int | None]  # None: there is some, nobody knows how much
    currency: Mapped[str]
    draft: Mapped[bool]
    as_of: Mapped[date]
    note: Mapped[str | None]

    __table_args__ = (Index("ix_exposure_party_id", "party_id"), STRICT)


class Guarantee(Model):
    """Who answers for whose debts."""

    __tablename__ = "guarantee"
    topic: ClassVar = Topic.GROUPS

    id: Mapped[str] = mapped_column(primary_key=True)
    guarantor_id: Mapped[str] = mapped_column(ForeignKey("credit_party.id", ondelete="CASCADE"))
    debtor_id: Mapped[str] = mapped_column(ForeignKey("credit_party.id", ondelete="CASCADE"))
    amount_minor: Mapped[int | None]
    currency: Mapped[str]
    as_of: Mapped[date]
    note: Mapped[str | None]

    __table_args__ = (
        Index("ix_guarantee_guarantor_id", "guarantor_id"),
        Index("ix_guarantee_debtor_id", "debtor_id"),
        STRICT,
    )


class CapitalFigure(Model):
    """The bank's own capital on a day, which the limits are shares of."""

    __tablename__ = "capital_figure"
    topic: ClassVar = Topic.GROUPS

    id: Mapped[str] = mapped_column(primary_key=True)
    on: Mapped[date] = mapped_column(unique=True)
    net_minor: Mapped[int | None]
    tier1_minor: Mapped[int | None]
    currency: Mapped[str]
    source: Mapped[str | None]

    __table_args__ = STRICT
