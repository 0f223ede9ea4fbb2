"""Occasions: birthdays, anniversaries and festivals of a client or of people around them; who was greeted."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Model
from rmdesk.models.kinds import Topic


class Occasion(Model):
    """A day that comes back every year (or once, with `once`), in the solar or the lunar calendar."""

    __tablename__ = "occasion"
    topic: ClassVar = Topic.OCCASIONS

    id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    kind: Mapped[str]
    calendar: Mapped[str] = mapped_column(default="solar")
    year: Mapped[int | None]
    month: Mapped[int]
    day: Mapped[int | None]
    leap: Mapped[bool] = mapped_column(default=False)
    once: Mapped[bool] = mapped_column(default=False)
    leap_policy: Mapped[str] = mapped_column(default="same", server_default="same")
    day_policy: Mapped[str] = mapped_column(default="last", server_default="last")
    # 双过: kept on both days where the policies leave a choice
    both: Mapped[bool] = mapped_column(default=False, server_default="0")
    person: Mapped[str | None]  # whose day it is, when not the client's own
    title: Mapped[str | None]
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    lead_days: Mapped[int | None]  # None: as the tier asks, see rules/occasions.toml
    note: Mapped[str | None]

    __table_args__ = (Index("ix_occasion_client_id", "client_id"), STRICT)


class Greeting(Model):
    """That a client was greeted for one occurrence of an occasion; nobody is greeted twice for one."""

    __tablename__ = "greeting"
    topic: ClassVar = Topic.OCCASIONS

    id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    occasion_id: Mapped[str | None] = mapped_column(ForeignKey("occasion.id", ondelete="SET NULL"), index=True)
    name: Mapped[str]  # the occasion's name as it was, should the occasion go
    for_day: Mapped[date]  # the day of the occasion that was greeted
    on: Mapped[date]
    channel: Mapped[str]
    text: Mapped[str | None]

    __table_args__ = (Index("uq_greeting_client_id", "client_id", "name", "for_day", unique=True), STRICT)


class Template(Model):
    """A text to start from, for a greeting, a message or a thank-you; always edited by hand before use."""

    __tablename__ = "template"
    __table_args__ = STRICT
    topic: ClassVar = Topic.OCCASIONS

    id: Mapped[str] = mapped_column(primary_key=True)
    purpose: Mapped[str]  # an OccasionKind, or thanks, message
    title: Mapped[str]
    text: Mapped[str]
    retired_on: Mapped[date | None]
