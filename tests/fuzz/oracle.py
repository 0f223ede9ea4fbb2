"""What is known of every word that was ever typed on any desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Word(NamedTuple):
    """A token, and where it was written: the record's type, its name on all desks, the field."""

    type: str
    record: str
    field: str
    token: str


@dataclass
class Oracle:
    """Each word must at the end be current, replaced by somebody who saw it, kept as a difference, kept aside for
    the client's new manager, deleted by somebody who saw it, or gone when a file or the hub was thrown back and
    neither the hub nor any desk that may tell of it had it any more."""

    typed: list[Word] = field(default_factory=list)
    seen: set[Word] = field(default_factory=set)
    deleted: set[Word] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    tokens: int = 0

    def token(self) -> str:
        """A word nobody ever typed."""
        self.tokens += 1
        return f"tok{self.tokens:06d}"

    def lost(self, current: set[Word], kept: set[str]) -> list[Word]:
        """Words that are nowhere. `current`: what live records say; `kept`: tokens in differences and kept aside."""
        fine, elsewhere = current | self.seen | self.deleted, kept | self.gone
        return [word for word in self.typed if word not in fine and word.token not in elsewhere]
