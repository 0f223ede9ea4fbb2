"""What the search over texts needs: which text stands under which number of the index, and which one changed.

The index itself (`search_index`, FTS5 without content) is made by migration 0002, like the triggers that note each
change of a text here, whoever made it.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Model
from rmdesk.models.kinds import Topic


class SearchText(Model):
    """A text of the index: its number there, and the record it belongs to. Worked out, never edited."""

    __tablename__ = "search_text"
    topic: ClassVar = Topic.SETTINGS
    recorded: ClassVar = False

    id: Mapped[int] = mapped_column(primary_key=True)
    entity: Mapped[str]
    entity_id: Mapped[str]
    on: Mapped[date | None]

    __table_args__ = (Index("uq_search_text_entity", "entity", "entity_id", unique=True), STRICT)


class SearchChange(Model):
    """A text that the index does not know as it is now."""

    __tablename__ = "search_change"
    __table_args__ = STRICT
    topic: ClassVar = Topic.SETTINGS
    recorded: ClassVar = False

    entity: Mapped[str] = mapped_column(primary_key=True)
    entity_id: Mapped[str] = mapped_column(primary_key=True)
