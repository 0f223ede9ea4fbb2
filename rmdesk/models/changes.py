"""Change records: who changed what, when, from what, to what. Written by the unit of work, never by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Json, Model
from rmdesk.models.kinds import Topic


class Change(Model):
    """One row touched by one command; all changes of a command share `unit`."""

    __tablename__ = "change"
    topic: ClassVar = Topic.SETTINGS
    recorded: ClassVar = False

    id: Mapped[int] = mapped_column(primary_key=True)
    unit: Mapped[str]
    at: Mapped[datetime]
    who: Mapped[str]
    command: Mapped[str]
    label: Mapped[str]  # the command's name for people, untranslated
    entity: Mapped[str]  # the table
    entity_id: Mapped[str]
    client_id: Mapped[int | None]
    before: Mapped[Any | None] = mapped_column(Json)  # changed fields only; None: made
    after: Mapped[Any | None] = mapped_column(Json)  # None: deleted

    __table_args__ = (
        Index("ix_change_entity", "entity", "entity_id"),
        Index("ix_change_client_id", "client_id"),
        STRICT,
    )
