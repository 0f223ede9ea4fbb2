"""Events for clients: a salon, a training, a family day; who was invited, who came."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Model
from rmdesk.models.kinds import Topic


class Gathering(Model):
    """An event of the team. `guests` is how many came in all, when more than this desk's own; amounts with currency."""

    __tablename__ = "gathering"
    topic: ClassVar = Topic.GATHERINGS

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]  # of rules/gatherings.toml
    title: Mapped[str]
    on: Mapped[date]
    at: Mapped[str | None]  # HH:MM at the desk, when known
    minutes: Mapped[int | None]
    place: Mapped[str | None]
    club: Mapped[str | None]  # of rules/clubs.toml, where it is an event of a club
    seats: Mapped[int | None]
    state: Mapped[str] = mapped_column(default="planned")
    cost_minor: Mapped[int | None]  # None: not known yet
    currency: Mapped[str | None]
    guests: Mapped[int | None]
    note: Mapped[str | None]
    lesson: Mapped[str | None]  # what came of it, in the manager's words
    reason: Mapped[str | None]  # why cancelled
    entered_at: Mapped[datetime]

    __table_args__ = (Index("ix_gathering_on", "on"), STRICT)


class Invitation(Model):
    """A client on the list of an event. It tells the event's title and day as they were, should the event be gone."""

    __tablename__ = "invitation"
    topic: ClassVar = Topic.GATHERINGS

    id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    gathering_id: Mapped[str | None] = mapped_column(ForeignKey("gathering.id", ondelete="SET NULL"))
    title: Mapped[str]
    on: Mapped[date]
    invited_on: Mapped[date | None]
    channel: Mapped[str | None]
    reply: Mapped[str | None]  # a Reply; None: none yet
    replied_on: Mapped[date | None]
    companions: Mapped[int | None]
    came: Mapped[bool | None]  # None: unknown
    visit_id: Mapped[str | None] = mapped_column(ForeignKey("visit.id", ondelete="SET NULL"), index=True)
    task_id: Mapped[str | None] = mapped_column(ForeignKey("task.id", ondelete="SET NULL"), index=True)
    note: Mapped[str | None]

    __table_args__ = (
        Index("ix_invitation_client_id", "client_id"),
        Index("ix_invitation_gathering_id", "gathering_id"),
        STRICT,
    )
