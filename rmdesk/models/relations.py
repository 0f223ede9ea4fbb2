"""Referrals, as far as loyalty and value need them; the whole network comes with the client file."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Model
from rmdesk.models.kinds import Topic


class Referral(Model):
    """Somebody whom a client brought to the bank."""

    __tablename__ = "referral"
    topic: ClassVar = Topic.RELATIONS

    id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    name: Mapped[str]
    on: Mapped[date]
    confirmed: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (Index("ix_referral_client_id", "client_id"), STRICT)
