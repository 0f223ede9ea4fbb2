"""Settings that differ from their declared default, and saved views of tables."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Json, Model
from rmdesk.models.kinds import Topic


class Setting(Model):
    """One setting that was changed; the declaration lives beside its feature."""

    __tablename__ = "setting"
    __table_args__ = STRICT
    topic: ClassVar = Topic.SETTINGS

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(Json)


class SavedView(Model):
    """A named view of a page: filters, columns, order."""

    __tablename__ = "saved_view"
    __table_args__ = STRICT
    topic: ClassVar = Topic.SETTINGS

    id: Mapped[str] = mapped_column(primary_key=True)
    page: Mapped[str]
    name: Mapped[str]
    spec: Mapped[Any] = mapped_column(Json)
