"""Results that were computed and are kept until anything changes, and which state of the data they belong to."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Model
from rmdesk.models.kinds import Topic


class Kept(Model):
    """One result by name; the row `revision` names the present state. Every commit empties the table but for that."""

    __tablename__ = "kept"
    __table_args__ = STRICT
    topic: ClassVar = Topic.CARE
    recorded: ClassVar = False

    name: Mapped[str] = mapped_column(primary_key=True)
    made_of: Mapped[str]
    value: Mapped[str]
