"""Visits (every contact, whatever the channel), the promises made and the tasks that follow."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Json, Model
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
    participants: Mapped[str | None]
    place: Mapped[str | None]
    district: Mapped[str | None]  # where it takes place; None: the client's own
    found: Mapped[Any | None] = mapped_column(Json)  # needs and signals: [{"kind": "need" | "signal", "text"}]
    mood: Mapped[str | None]
    next_step: Mapped[str | None]
    next_on: Mapped[date | None]
    reason: Mapped[str | None]  # why cancelled or postponed

    __table_args__ = (
        Index("ix_visit_client_id", "client_id", "on"),
        Index("ix_visit_on", "on"),
        Index("ix_visit_entered_at", "entered_at", sqlite_where=text("state = 'held'")),
        STRICT,
    )


class Promise(Model):
    """Something promised to a client by a day."""

    __tablename__ = "promise"
    topic: ClassVar = Topic.VISITS

    id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    visit_id: Mapped[str | None] = mapped_column(ForeignKey("visit.id", ondelete="SET NULL"), index=True)
    text: Mapped[str]
    made_on: Mapped[date]
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(default="open")
    closed_on: Mapped[date | None]
    outcome: Mapped[str | None]

    __table_args__ = (Index("ix_promise_client_id", "client_id"), STRICT)


class Task(Model):
    """Something to do by a day, for a client or for the manager; mostly the next step of a visit."""

    __tablename__ = "task"
    topic: ClassVar = Topic.VISITS

    id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    visit_id: Mapped[str | None] = mapped_column(ForeignKey("visit.id", ondelete="SET NULL"), index=True)
    text: Mapped[str]
    made_on: Mapped[date]
    due_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(default="open")
    closed_on: Mapped[date | None]

    __table_args__ = (Index("ix_task_client_id", "client_id"), Index("ix_task_due_on", "due_on"), STRICT)
