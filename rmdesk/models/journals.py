"""Maintenance journals, and the playbook cards that a good insight becomes."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Model
from rmdesk.models.kinds import Topic


class Journal(Model):
    """A day's maintenance: content and method, and, at the week's close, insight and reflection."""

    __tablename__ = "journal"
    topic: ClassVar = Topic.JOURNALS

    id: Mapped[str] = mapped_column(primary_key=True)
    on: Mapped[date]
    content: Mapped[str]
    method: Mapped[str]  # one of rules/journals.toml
    insight: Mapped[str | None]
    reflection: Mapped[str | None]
    purpose: Mapped[str | None]
    group: Mapped[str | None]  # G1..G9: whom the method was meant for
    entered_at: Mapped[datetime]

    __table_args__ = (Index("ix_journal_on", "on"), STRICT)


class JournalClient(Model):
    """A client whom a journal is about."""

    __tablename__ = "journal_client"
    topic: ClassVar = Topic.JOURNALS

    journal_id: Mapped[str] = mapped_column(ForeignKey("journal.id", ondelete="CASCADE"), primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), primary_key=True)

    __table_args__ = (Index("ix_journal_client_client_id", "client_id"), STRICT)


class JournalVisit(Model):
    """A visit that a journal draws on."""

    __tablename__ = "journal_visit"
    __table_args__ = STRICT
    topic: ClassVar = Topic.JOURNALS

    journal_id: Mapped[str] = mapped_column(ForeignKey("journal.id", ondelete="CASCADE"), primary_key=True)
    visit_id: Mapped[str] = mapped_column(ForeignKey("visit.id", ondelete="CASCADE"), primary_key=True, index=True)


class PlaybookCard(Model):
    """An insight that others can use: no fact of a client is left in it."""

    __tablename__ = "playbook_card"
    __table_args__ = STRICT
    topic: ClassVar = Topic.JOURNALS

    id: Mapped[str] = mapped_column(primary_key=True)
    journal_id: Mapped[str | None] = mapped_column(ForeignKey("journal.id", ondelete="SET NULL"), index=True)
    title: Mapped[str]
    text: Mapped[str]
    method: Mapped[str | None]
    group: Mapped[str | None]
    made_on: Mapped[date]
    retired_on: Mapped[date | None]


class Citation(Model):
    """A journal that used a card, and what came of it."""

    __tablename__ = "citation"
    topic: ClassVar = Topic.JOURNALS

    journal_id: Mapped[str] = mapped_column(ForeignKey("journal.id", ondelete="CASCADE"), primary_key=True)
    card_id: Mapped[str] = mapped_column(ForeignKey("playbook_card.id", ondelete="CASCADE"), primary_key=True)
    outcome: Mapped[str | None]  # worked, partly, not; None: not yet known

    __table_args__ = (Index("ix_citation_card_id", "card_id"), STRICT)
