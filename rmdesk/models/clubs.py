"""Clubs and what goes with them: half-year terms, the benefits that were used, the ledger of points."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Json, Model
from rmdesk.models.kinds import Topic


class ClubTerm(Model):
    """What was decided on a client and a club for one half-year, and what the figures proposed then.

    `half` is the half-year of the window that was looked at, as 2026H2. `starts_on` is the day of the notice.
    """

    __tablename__ = "club_term"
    topic: ClassVar = Topic.CLUBS

    id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    club: Mapped[str]  # of rules/clubs.toml
    half: Mapped[str]
    proposal: Mapped[str]  # a Proposal, as computed on that day
    facts: Mapped[Any | None] = mapped_column(Json)  # what it was computed from: days, mean, limit
    decision: Mapped[str]  # a Decision
    reason: Mapped[str | None]
    circles: Mapped[str | None]  # sub-clubs, blank-separated
    decided_on: Mapped[date]
    decided_by: Mapped[str]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(default="asked")
    lead_on: Mapped[date | None]
    lead_by: Mapped[str | None]
    comment: Mapped[str | None]

    __table_args__ = (Index("ix_club_term_client_id", "client_id"), STRICT)


class BenefitUse(Model):
    """One use of a benefit: the `turn`-th of its year, so that two desks that note the same turn meet in one record."""

    __tablename__ = "benefit_use"
    topic: ClassVar = Topic.CLUBS

    id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    benefit: Mapped[str]  # of rules/benefits.toml
    year: Mapped[int]
    turn: Mapped[int]
    on: Mapped[date]
    place: Mapped[str | None]
    note: Mapped[str | None]
    cost_minor: Mapped[int | None]
    currency: Mapped[str | None]
    entered_at: Mapped[datetime]

    __table_args__ = (Index("ix_benefit_use_client_id", "client_id"), Index("ix_benefit_use_on", "on"), STRICT)


class PointsEntry(Model):
    """A line of a client's points: earned, redeemed, expired or corrected. Never changed; the balance is their sum."""

    __tablename__ = "points_entry"
    topic: ClassVar = Topic.CLUBS

    id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    on: Mapped[date]
    kind: Mapped[str]  # an Entry
    rule: Mapped[str]  # of rules/points.toml
    points: Mapped[int]  # below zero where points go
    basis_minor: Mapped[int | None]  # the amount that points were earned by
    currency: Mapped[str | None]
    source: Mapped[str]  # what it is for: a holding, a referral, an entry; unique within kind and rule
    note: Mapped[str | None]
    expires_on: Mapped[date | None]

    __table_args__ = (Index("ix_points_entry_client_id", "client_id"), STRICT)
