"""Campaigns: a purpose, who is approached, what is said, and what came of each touch."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Json, Model
from rmdesk.models.kinds import Topic


class Campaign(Model):
    """What is offered to whom. `product` is the bank's code; a campaign that wakes sleepers has none."""

    __tablename__ = "campaign"
    __table_args__ = STRICT
    topic: ClassVar = Topic.CAMPAIGNS

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    purpose: Mapped[str]
    product: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="draft")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    filter: Mapped[Any | None] = mapped_column(Json)  # conditions: [{"what", "values", "not"}]
    with_open: Mapped[bool] = mapped_column(default=False)  # those whose MAN is not answered yet take part
    script: Mapped[str | None]
    margin_bp: Mapped[int | None]  # profit in hundredths of a percent of what is sold
    note: Mapped[str | None]
    made_on: Mapped[date]


class CampaignTarget(Model):
    """A client on the list of a campaign; taken out by hand with the reason."""

    __tablename__ = "campaign_target"
    topic: ClassVar = Topic.CAMPAIGNS

    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"), primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), primary_key=True)
    added_on: Mapped[date]
    out_on: Mapped[date | None]
    out_why: Mapped[str | None]

    __table_args__ = (Index("ix_campaign_target_client_id", "client_id"), STRICT)


class CampaignTouch(Model):
    """One attempt and what came of it. The contact itself is the visit, so that nothing counts twice."""

    __tablename__ = "campaign_touch"
    topic: ClassVar = Topic.CAMPAIGNS

    id: Mapped[str] = mapped_column(primary_key=True)
    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    on: Mapped[date]
    channel: Mapped[str]
    outcome: Mapped[str]
    amount_minor: Mapped[int | None]
    currency: Mapped[str | None]
    note: Mapped[str | None]
    visit_id: Mapped[str | None] = mapped_column(ForeignKey("visit.id", ondelete="SET NULL"), index=True)
    entered_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_campaign_touch_campaign_id", "campaign_id"),
        Index("ix_campaign_touch_client_id", "client_id"),
        STRICT,
    )
