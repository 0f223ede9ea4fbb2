"""Gifts with their way from idea to reaction, the lead's approvals, and the manager's own ideas."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Json, Model
from rmdesk.models.kinds import Topic


class Gift(Model):
    """A gift on behalf of a client, to that client, to another client (`to_client_id`) or to a person.

    `cost_minor` is the cost at purchase without tax and delivery; None until it is known.
    """

    __tablename__ = "gift"
    topic: ClassVar = Topic.GIFTS

    id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    to_client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id", ondelete="SET NULL"))
    to_person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    state: Mapped[str]
    title: Mapped[str]
    category: Mapped[str | None]
    cost_minor: Mapped[int | None]
    currency: Mapped[str | None]
    why: Mapped[str | None]
    occasion_id: Mapped[str | None] = mapped_column(ForeignKey("occasion.id", ondelete="SET NULL"), index=True)
    occasion: Mapped[str | None]  # its name and day as they were
    tied_to: Mapped[str | None]  # deposit, sale, new_money: blocked by law
    planned_for: Mapped[date | None]
    bought_on: Mapped[date | None]
    given_on: Mapped[date | None]
    returned_on: Mapped[date | None]
    dropped_why: Mapped[str | None]
    reaction: Mapped[str | None]
    liking: Mapped[int | None]  # 1..5
    breach: Mapped[str | None]  # given before approval: recorded, not hidden
    feedback_id: Mapped[str | None] = mapped_column(
        ForeignKey("feedback.id", ondelete="SET NULL"), index=True
    )  # thanks for it
    entered_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_gift_client_id", "client_id"),
        Index("ix_gift_to_client_id", "to_client_id"),
        Index("ix_gift_to_person_id", "to_person_id"),
        Index("ix_gift_given_on", "given_on"),
        STRICT,
    )


class GiftApproval(Model):
    """A request to the lead to allow a gift beyond a limit, and the answer."""

    __tablename__ = "gift_approval"
    topic: ClassVar = Topic.GIFTS

    id: Mapped[str] = mapped_column(primary_key=True)
    gift_id: Mapped[str] = mapped_column(ForeignKey("gift.id", ondelete="CASCADE"))
    state: Mapped[str]  # asked, approved, refused, revoked
    asked_on: Mapped[date]
    asked_by: Mapped[str]
    reason: Mapped[str]
    cost_minor: Mapped[int]  # what was asked for: a dearer gift needs a new request
    gates: Mapped[Any] = mapped_column(Json)  # which limits were passed, by how much, with the rule's text
    decided_on: Mapped[date | None]
    decided_by: Mapped[str | None]
    comment: Mapped[str | None]

    __table_args__ = (Index("ix_gift_approval_gift_id", "gift_id"), STRICT)


class GiftIdea(Model):
    """An idea for the library; the ones that ship are data in rules/gifts.toml."""

    __tablename__ = "gift_idea"
    __table_args__ = STRICT
    topic: ClassVar = Topic.GIFTS

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    category: Mapped[str | None]
    cost_minor: Mapped[int | None]
    currency: Mapped[str | None]
    suits: Mapped[str | None]  # likes it goes with, one a line
    note: Mapped[str | None]
    retired_on: Mapped[date | None]
