"""What a desk has against what the hub has, and what is sent again."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from rmdesk.wire.messages import Id, Rev, Row, ScopeId


class Manifest(Struct):
    """Asks which live records a scope has."""

    device: Id
    epoch: int
    scope: ScopeId


class ManifestAnswer(Struct):
    """The live records of a scope and their revisions."""

    revs: dict[str, Rev]
    head: Rev
    digest: str


class Fetch(Struct):
    """Asks for some rows as they are now, by id; unknown and foreign ones are left out of the answer."""

    device: Id
    epoch: int
    ids: Annotated[list[Id], Meta(max_length=1000)]


class Fetched(Struct):
    """The rows asked for."""

    rows: list[Row]
