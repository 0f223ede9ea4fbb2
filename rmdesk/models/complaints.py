"""Complaints with their steps, feedback, and what clients answered when asked how satisfied they are."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Model
from rmdesk.models.kinds import Topic


class Complaint(Model):
    """A complaint with its legal clock; `severity` in thousandths, 0..1000."""

    __tablename__ = "complaint"
    topic: ClassVar = Topic.COMPLAINTS

    id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    text: Mapped[str]
    severity: Mapped[int]
    received_on: Mapped[date]
    allowed_days: Mapped[int]
    state: Mapped[str] = mapped_column(default="open")
    closed_on: Mapped[date | None]
    verdict: Mapped[str | None]
    channel: Mapped[str | None]
    owner: Mapped[str | None]  # 首问责任人: who was asked first stays responsible
    hard: Mapped[bool] = mapped_column(default=False, server_default="0")  # a complex case has the longer clock
    extended_on: Mapped[date | None]  # more time, with approval
    extended_by: Mapped[str | None]
    solution: Mapped[str | None]

    __table_args__ = (Index("ix_complaint_client_id", "client_id"), STRICT)


class ComplaintStep(Model):
    """Something that was done about a complaint."""

    __tablename__ = "complaint_step"
    topic: ClassVar = Topic.COMPLAINTS

    id: Mapped[str] = mapped_column(primary_key=True)
    complaint_id: Mapped[str] = mapped_column(ForeignKey("complaint.id", ondelete="CASCADE"))
    on: Mapped[date]
    who: Mapped[str]
    text: Mapped[str]

    __table_args__ = (Index("ix_complaint_step_complaint_id", "complaint_id"), STRICT)


class Feedback(Model):
    """What a client said about the bank without complaining, and our reply."""

    __tablename__ = "feedback"
    topic: ClassVar = Topic.COMPLAINTS

    id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    kind: Mapped[str]
    channel: Mapped[str | None]
    text: Mapped[str]
    received_on: Mapped[date]
    reply: Mapped[str | None]
    replied_on: Mapped[date | None]
    valued: Mapped[bool] = mapped_column(default=False)  # worth a gift of thanks

    __table_args__ = (Index("ix_feedback_client_id", "client_id"), STRICT)


class Satisfaction(Model):
    """One answer to "how satisfied are you": CSAT 1..5, NPS 0..10, or both."""

    __tablename__ = "satisfaction"
    topic: ClassVar = Topic.COMPLAINTS

    id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    on: Mapped[date]
    csat: Mapped[int | None]
    nps: Mapped[int | None]
    channel: Mapped[str | None]
    note: Mapped[str | None]

    __table_args__ = (Index("ix_satisfaction_client_id", "client_id"), STRICT)
