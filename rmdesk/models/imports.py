"""Hand-overs from the bank: batches, their files, the layouts remembered per bank, and what undoing needs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Json, Model
from rmdesk.models.kinds import Topic


class Batch(Model):
    """One hand-over: all files that came in together, as of one day."""

    __tablename__ = "batch"
    __table_args__ = STRICT
    topic: ClassVar = Topic.IMPORTS

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    who: Mapped[str]
    as_of: Mapped[date]
    state: Mapped[str] = mapped_column(default="applied")
    counts: Mapped[Any | None] = mapped_column(Json)  # {"clients": {"new", "changed", "unchanged"}, ...}
    findings: Mapped[Any | None] = mapped_column(Json)  # [{"file", "row", "column", "why"}], cut at a limit


class BatchFile(Model):
    """One file of a hand-over, with how it was read."""

    __tablename__ = "batch_file"
    __table_args__ = STRICT
    topic: ClassVar = Topic.IMPORTS

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id", ondelete="CASCADE"))
    name: Mapped[str]
    sha256: Mapped[str]
    layout: Mapped[str]
    encoding: Mapped[str | None]
    rows: Mapped[int]


class BatchBefore(Model):
    """What undoing a batch needs (see services/imports/images.py); rows it made carry `first_batch_id` instead.

    With `row_id`: the changed fields of that row, as they were. With `row_id` 0: fields that many rows had alike,
    and the ids of those rows. After the batch was undone both hold what the batch had said, and pages with
    `row_id` -1 hold the rows it had made, so that undoing can be undone.
    """

    __tablename__ = "batch_before"
    topic: ClassVar = Topic.IMPORTS
    recorded: ClassVar = False

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id", ondelete="CASCADE"))
    kind: Mapped[str]  # the table
    row_id: Mapped[int]
    before: Mapped[Any] = mapped_column(Json)

    __table_args__ = (Index("ix_batch_before_batch_id", "batch_id", "kind"), STRICT)


class Layout(Model):
    """Which column means what, remembered per bank; `spec` is services/imports/layout.Layout as plain data."""

    __tablename__ = "layout"
    __table_args__ = STRICT
    topic: ClassVar = Topic.IMPORTS

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    spec: Mapped[Any] = mapped_column(Json)
    used_at: Mapped[datetime]
