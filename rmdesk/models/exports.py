"""What was given out of the encrypted file: to whom it was for is known by the reason that was given."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Model
from rmdesk.models.kinds import Topic


class ExportRecord(Model):
    """One file or print. The audit log names it by its id; the reason, a free text, stands here, where it can go."""

    __tablename__ = "export_record"
    topic: ClassVar = Topic.AUDIT
    recorded: ClassVar = False

    id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id", ondelete="SET NULL"))  # None: several
    at: Mapped[datetime]
    who: Mapped[str]
    what: Mapped[str]  # a code: clients, gifts, document, ...
    form: Mapped[str]  # xlsx, csv, pdf, print, ...
    reason: Mapped[str]
    rows: Mapped[int]
    encrypted: Mapped[bool]
    size: Mapped[int | None]
    sha256: Mapped[str | None]  # of the file as it was written; None: printed

    __table_args__ = (Index("ix_export_record_client_id", "client_id"), STRICT)
