"""The audit log of this desk: what was looked at, given out, put right or removed. Written once, never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Json, Model
from rmdesk.models.kinds import Topic


class AuditEntry(Model):
    """One entry of the chain. `hash` is of the entry and of `prev`, the hash of the one before; triggers refuse every
    change, and every removal but of what an entry on record names as trimmed.
    """

    __tablename__ = "audit_entry"
    topic: ClassVar = Topic.AUDIT
    recorded: ClassVar = False

    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    who: Mapped[str]
    act: Mapped[str]  # services/audit/acts.Act
    entity: Mapped[str]  # the table, or what else it was about; "": the desk
    entity_id: Mapped[str]
    facts: Mapped[Any] = mapped_column(Json)  # codes, numbers and ids, nothing on clients
    prev: Mapped[str]
    hash: Mapped[str]

    __table_args__ = (
        Index("ix_audit_entry_act", "act", "at"),
        Index("ix_audit_entry_entity", "entity", "entity_id", "at"),
        STRICT,
    )
