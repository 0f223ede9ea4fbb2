"""Photos and files that belong to a record, kept inside the encrypted file; and texts that were not finished."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from rmdesk.models.base import STRICT, Json, Model
from rmdesk.models.kinds import Topic


class Attachment(Model):
    """A file of a visit, a complaint, a gift, ... of a client; its bytes are in `attachment_content`."""

    __tablename__ = "attachment"
    topic: ClassVar = Topic.VISITS

    id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    entity: Mapped[str]  # the table of the record it belongs to
    entity_id: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    added_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_attachment_client_id", "client_id"),
        Index("ix_attachment_entity", "entity", "entity_id"),
        STRICT,
    )


class AttachmentContent(Model):
    """The bytes of an attachment, without the place and device that a photo tells."""

    __tablename__ = "attachment_content"
    __table_args__ = STRICT
    topic: ClassVar = Topic.VISITS
    recorded: ClassVar = False

    attachment_id: Mapped[str] = mapped_column(ForeignKey("attachment.id", ondelete="CASCADE"), primary_key=True)
    content: Mapped[bytes]


class Draft(Model):
    """What was typed into a form and not yet saved; survives a crash, gone once the form is done."""

    __tablename__ = "draft"
    __table_args__ = STRICT
    topic: ClassVar = Topic.DRAFTS
    recorded: ClassVar = False

    form: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)  # what the form is about, such as a client's id; or empty
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    payload: Mapped[Any] = mapped_column(Json)
    saved_at: Mapped[datetime]
