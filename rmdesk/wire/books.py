"""Books, who keeps them, and who stands in."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from rmdesk.wire.messages import Id
from rmdesk.wire.people import Day, Name


class BookAsk(Struct):
    """A new book of a manager. `number`: the manager's staff number in the bank's exports."""

    team: Id
    owner: Id
    name: Name
    number: Annotated[str, Meta(min_length=1, max_length=40, pattern=r"^[^\x00-\x20\x7f]+$")] | None = None


class BookRow(Struct):
    """A book."""

    id: str
    team: str
    owner: str
    name: str
    number: str
    clients: int


class BookRows(Struct):
    """Books."""

    books: list[BookRow]


class SubstituteAsk(Struct):
    """Somebody stands in for the manager of a book, both days included."""

    user: Id
    book: Id
    from_day: Day
    to_day: Day


class SubstituteRow(Struct):
    """Who stands in for whom."""

    id: str
    user: str
    book: str
    from_day: str
    to_day: str


class SubstituteRows(Struct):
    """Who stands in for whom."""

    substitutes: list[SubstituteRow]
