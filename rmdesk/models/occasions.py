"""Occasions: birthdays, anniversaries and festivals of a client or of people around them."""

from __future__ import annotations

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

    __table_args__ = (Index("ix_occasion_client_id", "client_id"), STRICT)
