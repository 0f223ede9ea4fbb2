"""Accounts, holdings, products and months: the money side of a client, as the bank told it."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Json, Model
from rmdesk.models.kinds import Topic


class Product(Model):
    """A product of the bank, as far as exports name it."""

    __tablename__ = "product"
    __table_args__ = STRICT
    topic: ClassVar = Topic.HOLDINGS
    recorded: ClassVar = False

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(default="other")
    risk: Mapped[int | None]  # R1..R5 as 1..5
    term_days: Mapped[int | None]
    rate_bp: Mapped[int | None]  # hundredths of a percent a year
    minimum_minor: Mapped[int | None]
    currency: Mapped[str | None]
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"))
    first_batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"))


class Account(Model):
    """An account with its last told balance; a second holder (disponent) may be named."""

    __tablename__ = "account"
    __table_args__ = (
        Index("ix_account_client_id", "client_id"),
        Index("ix_account_second_client_id", "second_client_id", sqlite_where=text("second_client_id IS NOT NULL")),
        STRICT,
    )
    topic: ClassVar = Topic.HOLDINGS
    recorded: ClassVar = False

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    second_client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id", ondelete="SET NULL"))
    kind: Mapped[str] = mapped_column(default="demand")
    currency: Mapped[str]
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    balance_minor: Mapped[int | None]  # None: never told
    average_minor: Mapped[int | None]  # the bank's own average, whatever its period
    year_tx_count: Mapped[int | None]  # transactions of the current year, as told
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("branch.id"))
    as_of: Mapped[date | None]
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"))
    first_batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"))
    older: Mapped[Any | None] = mapped_column(Json)
    extra: Mapped[Any | None] = mapped_column(Json)


class Holding(Model):
    """Something the client holds: a deposit, a wealth product, a fund, a loan, a card, a standing order."""

    __tablename__ = "holding"
    __table_args__ = (
        Index("ix_holding_client_id", "client_id"),
        Index("ix_holding_matures_on", "matures_on"),
        Index("ix_holding_account_id", "account_id", sqlite_where=text("account_id IS NOT NULL")),
        Index("ix_holding_product_id", "product_id", sqlite_where=text("product_id IS NOT NULL")),
        STRICT,
    )
    topic: ClassVar = Topic.HOLDINGS
    recorded: ClassVar = False

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)  # contract number, or made from client, kind and product
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"))
    name: Mapped[str]
    kind: Mapped[str]
    amount_minor: Mapped[int | None]
    currency: Mapped[str]
    started_on: Mapped[date | None]
    matures_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    rate_bp: Mapped[int | None]
    renewed: Mapped[bool | None]  # None: unknown; told by the bank or planned at the desk
    as_of: Mapped[date | None]
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"))
    first_batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"))
    older: Mapped[Any | None] = mapped_column(Json)
    extra: Mapped[Any | None] = mapped_column(Json)


class MonthFact(Model):
    """One month of one account (or, with `account_id` null, of the client): balances and activity.

    `month` counts months since year 0: year * 12 + month - 1. `average_minor` is the daily average,
    sum(balance x days held) / days of the month. A month that the data cover only in part is `partial`.
    """

    __tablename__ = "month_fact"
    topic: ClassVar = Topic.HOLDINGS
    recorded: ClassVar = False

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    month: Mapped[int]
    currency: Mapped[str]
    end_minor: Mapped[int | None]
    average_minor: Mapped[int | None]
    in_minor: Mapped[int | None]
    out_minor: Mapped[int | None]
    tx_count: Mapped[int | None]
    last_tx_on: Mapped[date | None]
    last_own_on: Mapped[date | None]  # last day the client acted (not interest, not fees)
    partial: Mapped[bool] = mapped_column(default=False)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"))
    first_batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"))

    __table_args__ = (
        Index(
            "uq_month_fact_client_id_account_id_month", "client_id", text("ifnull(account_id, 0)"), "month", unique=True
        ),
        Index("ix_month_fact_account_id", "account_id", sqlite_where=text("account_id IS NOT NULL")),
        STRICT,
    )


class ClientFigures(Model):
    """What scoring needs of a client's money, derived from the facts above in the transaction that changes them.

    Amounts are in `currency`, the portfolio's. The blobs hold 24 little-endian int64 values, oldest first, the last
    one for `last_month`; a month nobody told is -2**63. `averages` holds month ends where no average was told.
    Figures "before" are held against the day of the AUM.
    """

    __tablename__ = "client_figures"
    __table_args__ = (
        Index("ix_client_figures_left_out", "left_out", sqlite_where=text("left_out IS NOT NULL")),
        STRICT,
    )
    topic: ClassVar = Topic.SEGMENTS
    recorded: ClassVar = False

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), primary_key=True)
    currency: Mapped[str]
    aum_minor: Mapped[int | None]  # None: unknown
    aum_on: Mapped[date | None]
    demand_minor: Mapped[int | None]
    idle_minor: Mapped[int | None]  # least demand balance of now and the last two month ends
    last_month: Mapped[int | None]
    month_before_minor: Mapped[int | None]
    quarter_before_minor: Mapped[int | None]
    peak_minor: Mapped[int | None]  # highest month end of the last three months
    falling_months: Mapped[int | None]  # how many months in a row the average fell, up to the last one
    out_minor: Mapped[int | None]  # of the last month
    active_months: Mapped[int | None]  # of the last twelve
    last_own_on: Mapped[date | None]
    product_kinds: Mapped[int] = mapped_column(default=0)
    since: Mapped[date | None]  # earliest opening day
    left_out: Mapped[str | None]  # currencies without a rate, blank-separated: not in the AUM
    averages: Mapped[bytes | None]
    ends: Mapped[bytes | None]
