"""Reports that were made on their day and wait to be read; they stay inside the encrypted file."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Model
from rmdesk.models.kinds import Topic


class MadeReport(Model):
    """A scheduled report as it was made: figures and tables as packed text (base/packed)."""

    __tablename__ = "made_report"
    topic: ClassVar = Topic.REPORTS
    recorded: ClassVar = False

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    first_on: Mapped[date]
    last_on: Mapped[date]
    made_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    content: Mapped[str]

    __table_args__ = (Index("uq_made_report_kind_last_on", "kind", "last_on", unique=True), STRICT)
