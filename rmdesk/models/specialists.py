"""The specialists behind a manager (1+N), and what they were asked about a client."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Model
from rmdesk.models.kinds import Topic


class Specialist(Model):
    """Somebody of the bank with a field: wealth, insurance, law."""

    __tablename__ = "specialist"
    __table_args__ = STRICT
    topic: ClassVar = Topic.SPECIALISTS

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    field: Mapped[str]  # of rules/specialists.toml
    unit: Mapped[str | None]
    phone: Mapped[str | None]
    note: Mapped[str | None]
    retired_on: Mapped[date | None]


class SpecialistRequest(Model):
    """A question for a specialist: asked, answered, followed up by a task."""

    __tablename__ = "specialist_request"
    topic: ClassVar = Topic.SPECIALISTS

    id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    specialist_id: Mapped[str | None] = mapped_column(ForeignKey("specialist.id", ondelete="SET NULL"))
    field: Mapped[str]
    campaign_id: Mapped[str | None] = mapped_column(ForeignKey("campaign.id", ondelete="SET NULL"))
    visit_id: Mapped[str | None] = mapped_column(ForeignKey("visit.id", ondelete="SET NULL"))
    question: Mapped[str]
    asked_on: Mapped[date]
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(default="open")
    reply: Mapped[str | None]
    replied_on: Mapped[date | None]
    task_id: Mapped[str | None] = mapped_column(ForeignKey("task.id", ondelete="SET NULL"))  # the follow-up
    closed_on: Mapped[date | None]

    __table_args__ = (
        Index("ix_specialist_request_client_id", "client_id"),
        Index("ix_specialist_request_specialist_id", "specialist_id"),
        Index("ix_specialist_request_campaign_id", "campaign_id"),
        Index("ix_specialist_request_visit_id", "visit_id"),
        Index("ix_specialist_request_task_id", "task_id"),
        STRICT,
    )
