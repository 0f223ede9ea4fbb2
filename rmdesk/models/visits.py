"""Visits (every contact, whatever the channel) and the promises made."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Model
from rmdesk.models.kinds import Topic


class Visit(Model):
    """A planned or held contact. `two_way` false: a message without an answer; `inbound`: the client came to us."""

    __tablename__ = "visit"
    topic: ClassVar = Topic.VISITS

    id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    state: Mapped[str]
    channel: Mapped[str]
    on: Mapped[date]
    at: Mapped[str | None]  # HH:MM at the desk, when known
    minutes: Mapped[int | None]
    two_way: Mapped[bool] = mapped_column(default=True)
    inbound: Mapped[bool] = mapped_column(default=False)
    marketing: Mapped[bool] = mapped_column(default=False)
    purpose: Mapped[str | None]
    content: Mapped[str | None]
    entered_at: Mapped[datetime]

    __table_args__ = (Index("ix_visit_client_id", "client_id", "on"), Index("ix_visit_on", "on"), STRICT)


class Promise(Model):
    """Something promised to a client by a day."""

    __tablename__ = "promise"
    topic: ClassVar = Topic.VISITS

    id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    visit_id: Mapped[str | None] = mapped_column(ForeignKey("visit.id", ondelete="SET NULL"))
    text: Mapped[str]
    made_on: Mapped[date]
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(default="open")

    __table_args__ = (Index("ix_promise_client_id", "client_id"), STRICT)
