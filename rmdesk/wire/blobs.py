"""What is said of files, receipts and keys in escrow."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from rmdesk.wire.messages import Id


class BlobState(Struct):
    """How much of an attachment the hub has: whole mebibytes from its beginning, until it is `whole`."""

    sha256: str
    size: int
    have: int
    whole: bool


class Receipt(Struct):
    """What a desk removed after a client left it."""

    device: Id
    handover: Id
    client: Id
    counts: dict[str, int]


class Escrow(Struct):
    """A desk's data key and id, sealed to the bank's recovery public key (`key`); only its private half opens it."""

    device: Id
    key: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    sealed: Annotated[str, Meta(pattern="^[0-9a-f]{216}$")]
