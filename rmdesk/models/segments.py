"""What a manager knows that places a client: confirmed KYC blocks, MAN answers, an override of the familiarity."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Model
from rmdesk.models.kinds import Topic


class KycBlock(Model):
    """One of the nine blocks {person, family, career} x {past, present, future}."""

    __tablename__ = "kyc_block"
    __table_args__ = STRICT
    topic: ClassVar = Topic.SEGMENTS

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), primary_key=True)
    area: Mapped[str] = mapped_column(primary_key=True)
    tense: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    confirmed_on: Mapped[date | None]


class ManAnswer(Model):
    """Whether a client has Money, Authority, Need; a missing row is unknown."""

    __tablename__ = "man_answer"
    __table_args__ = STRICT
    topic: ClassVar = Topic.SEGMENTS

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), primary_key=True)
    letter: Mapped[str] = mapped_column(primary_key=True)  # M, A, N
    answer: Mapped[str]
    answered_on: Mapped[date]


class FamiliarityOverride(Model):
    """The manager's own word on how well a client is known; lapses after the days in rules/segments.toml."""

    __tablename__ = "familiarity_override"
    __table_args__ = STRICT
    topic: ClassVar = Topic.SEGMENTS

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), primary_key=True)
    familiarity: Mapped[str]
    reason: Mapped[str]
    set_on: Mapped[date]
