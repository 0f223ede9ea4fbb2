"""What the manager keeps of a person beyond the bank's facts: likes and taboos, consents with their day."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Model
from rmdesk.models.kinds import Topic


class Preference(Model):
    """Something a client likes (投其所好) or cannot stand (厌其所恶), in a few words."""

    __tablename__ = "preference"
    topic: ClassVar = Topic.PROFILE

    id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    taste: Mapped[str]  # like, taboo
    text: Mapped[str]
    noted_on: Mapped[date]
    source: Mapped[str | None]  # how the manager knows

    __table_args__ = (Index("ix_preference_client_id", "client_id"), STRICT)


class Consent(Model):
    """A consent given or withdrawn, with its day; the newest of a kind holds."""

    __tablename__ = "consent"
    topic: ClassVar = Topic.PROFILE

    id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))  # for a child: whose
    kind: Mapped[str]
    given: Mapped[bool]
    on: Mapped[date]
    how: Mapped[str | None]  # on paper, by message, ...
    by: Mapped[str | None]  # the guardian's name, where a guardian consents

    __table_args__ = (Index("ix_consent_client_id", "client_id"), Index("ix_consent_person_id", "person_id"), STRICT)
