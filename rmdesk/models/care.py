"""What the manager did with a row of the care list: done, or put off to a later day."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Model
from rmdesk.models.kinds import Topic


class CareMark(Model):
    """Done or snoozed, on a day; a snoozed client comes back on `until`."""

    __tablename__ = "care_mark"
    topic: ClassVar = Topic.CARE

    id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    on: Mapped[date]
    kind: Mapped[str]
    until: Mapped[date | None]
    reason: Mapped[str | None]
    score: Mapped[int | None]  # tenths of a point, as shown when it was marked

    __table_args__ = (Index("ix_care_mark_on", "on"), Index("ix_care_mark_client_id", "client_id"), STRICT)
