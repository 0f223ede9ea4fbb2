"""Clients and branches: who the portfolio is made of. Bank facts, and the desk's own prospects."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Json, Model
from rmdesk.models.kinds import Topic


class Branch(Model):
    """A branch, or the district a bank counts its clients to."""

    __tablename__ = "branch"
    __table_args__ = STRICT
    topic: ClassVar = Topic.CLIENTS
    recorded: ClassVar = False

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    region: Mapped[str | None]
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"))
    first_batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"))


class Client(Model):
    """One person or company of the portfolio.

    `as_of` and `batch_id` say when and by which hand-over the row was last told; `older` maps a field that this
    hand-over did not carry to the batch that did; `kept` maps a field that was set at the desk to the day, and no
    hand-over overwrites such a field. Names are one field, family name first.
    """

    __tablename__ = "client"
    topic: ClassVar = Topic.CLIENTS

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str | None] = mapped_column(unique=True)  # the bank's client number, kept as text
    origin: Mapped[str] = mapped_column(default="bank")
    kind: Mapped[str] = mapped_column(default="person")
    status: Mapped[str] = mapped_column(default="active")
    name: Mapped[str] = mapped_column(default="")
    pinyin: Mapped[str] = mapped_column(default="")  # with tone marks, corrected surname reading first
    initials: Mapped[str] = mapped_column(default="")
    pinyin_also: Mapped[str | None]  # other readings that search must find, plain letters, blank-separated
    sex: Mapped[str | None]  # F, M
    birth_date: Mapped[str | None]  # YYYY-MM-DD; ---MM-DD without a year; YYYY-MM without a day
    id_kind: Mapped[str | None]  # resident, passport, ...
    id_number: Mapped[str | None]
    phone: Mapped[str | None]
    other_phones: Mapped[str | None]  # one a line
    email: Mapped[str | None]
    wechat: Mapped[str | None]
    address: Mapped[str | None]
    district: Mapped[str | None]
    occupation: Mapped[str | None]
    employer: Mapped[str | None]
    note: Mapped[str | None]
    manager: Mapped[str | None]  # the relationship manager, as the bank names them
    manager_since: Mapped[date | None]
    risk_level: Mapped[int | None]  # 1..5
    risk_on: Mapped[date | None]  # when it was assessed
    opened_on: Mapped[date | None]
    aum_minor: Mapped[int | None]  # as told by the bank at client level; see services/segments for the AUM in use
    currency: Mapped[str | None]
    aum_on: Mapped[date | None]
    marketing_consent: Mapped[bool | None]  # None: unknown; False: withdrawn
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("branch.id"))
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("client.id"))
    as_of: Mapped[date | None]
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"))
    first_batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"))
    older: Mapped[Any | None] = mapped_column(Json)
    kept: Mapped[Any | None] = mapped_column(Json)
    extra: Mapped[Any | None] = mapped_column(Json)  # columns of the export that have no field here
    preferred_channel: Mapped[str | None]
    preferred_hours: Mapped[str | None]

    __table_args__ = (
        Index("ix_client_name", "name"),
        Index("ix_client_id_number", "id_number"),
        # Removing a row looks for what points at it; few rows do, so these stay small.
        Index("ix_client_merged_into", "merged_into", sqlite_where=text("merged_into IS NOT NULL")),
        Index("ix_client_branch_id", "branch_id", sqlite_where=text("branch_id IS NOT NULL")),
        # Whose birthday or opening day falls on a day of the year, told without looking at the rows.
        Index("ix_client_birth_day", text("substr(birth_date, -5)"), "birth_date", "kind", "status", "merged_into"),
        Index("ix_client_opened_day", text("substr(opened_on, -5)"), "opened_on", "status", "merged_into"),
        STRICT,
    )
