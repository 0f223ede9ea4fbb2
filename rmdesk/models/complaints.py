"""Complaints, as far as the care list needs them."""

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

    __table_args__ = (Index("ix_complaint_client_id", "client_id"), STRICT)
