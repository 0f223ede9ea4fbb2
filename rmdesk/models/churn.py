"""Clients who were lost: a case each, and what was done to win them back."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Model
from rmdesk.models.kinds import Topic


class ChurnCase(Model):
    """A lost client. Amounts as they were when the case opened: the 12-month maximum, and what was left of it."""

    __tablename__ = "churn_case"
    topic: ClassVar = Topic.CHURN

    id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    reason: Mapped[str]  # a Loss
    lost_on: Mapped[date]
    opened_on: Mapped[date]
    peak_minor: Mapped[int | None]
    left_minor: Mapped[int | None]
    currency: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="open")
    cause: Mapped[str | None]  # of rules/churn.toml
    signal: Mapped[str | None]  # the first one that was missed
    signal_on: Mapped[date | None]
    note: Mapped[str | None]
    outcome: Mapped[str | None]  # a WinBack
    closed_on: Mapped[date | None]

    __table_args__ = (Index("ix_churn_case_client_id", "client_id"), STRICT)


class ChurnStep(Model):
    """Something that was done to win the client back."""

    __tablename__ = "churn_step"
    topic: ClassVar = Topic.CHURN

    id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("churn_case.id", ondelete="CASCADE"))
    on: Mapped[date]
    who: Mapped[str]
    text: Mapped[str]

    __table_args__ = (Index("ix_churn_step_case_id", "case_id"), STRICT)
