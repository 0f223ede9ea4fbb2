"""What the team knows of the bank's products, what is planned for maturing holdings, and assets held elsewhere."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Model
from rmdesk.models.kinds import Topic


class ProductCard(Model):
    """What one says of a product; the product itself (`product`) is told by the bank, and found by its code."""

    __tablename__ = "product_card"
    __table_args__ = STRICT
    topic: ClassVar = Topic.PRODUCTS

    id: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    facts: Mapped[str]  # one a line
    suits: Mapped[str | None]
    talk: Mapped[str | None]  # what to say about it, one a line
    written_on: Mapped[date]


class RenewalPlan(Model):
    """What is meant to become of a holding that matures. A plan of the desk's: the bank told nothing of the kind."""

    __tablename__ = "renewal_plan"
    topic: ClassVar = Topic.PRODUCTS

    id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    holding_key: Mapped[str] = mapped_column(unique=True)  # of the holding: the bank's row may come anew
    way: Mapped[str]  # a RenewalWay
    product_code: Mapped[str | None]  # where it moves to
    on: Mapped[date | None]  # when to speak with the client
    note: Mapped[str | None]
    planned_on: Mapped[date]

    __table_args__ = (Index("ix_renewal_plan_client_id", "client_id"), STRICT)


class AssetElsewhere(Model):
    """What a client is known to hold at another bank or firm; it counts in no figure of our own."""

    __tablename__ = "asset_elsewhere"
    topic: ClassVar = Topic.PRODUCTS

    id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    place: Mapped[str]  # which bank or firm
    kind: Mapped[str]  # an AssetKind
    amount_minor: Mapped[int | None]  # None: they hold something, nobody knows how much
    currency: Mapped[str]
    confirmed_on: Mapped[date]
    matures_on: Mapped[date | None]
    note: Mapped[str | None]

    __table_args__ = (Index("ix_asset_elsewhere_client_id", "client_id"), STRICT)
