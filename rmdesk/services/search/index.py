"""The index that the search field asks at every keystroke: a block of all clients, and a small one of what changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rmdesk.models.kinds import ClientId
from rmdesk.services.search.block import Block, Entry, Match
from rmdesk.services.search.typed import query

LIMIT = 50


@dataclass(frozen=True, slots=True)
class Hit:
    """A client found. `spans`: parts of the name to mark; `number`: the phone or client number that was found."""

    client: ClientId
    name: str
    spans: tuple[tuple[int, int], ...]
    number: str = ""


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """Finds clients in memory. Immutable: made and patched on a worker, then used on the main thread."""

    main: Block
    changed: tuple[Entry, ...] = ()
    gone: frozenset[int] = frozenset()  # clients whose line in `main` no longer holds
    newer: Block = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "newer", Block(self.changed))

    def __len__(self) -> int:
        return len(self.main) - len(self.gone) + len(self.newer)

    def find(self, text: str, limit: int = LIMIT) -> list[Hit]:
        """The clients meant by what was typed, best first: changed ones, then by their place in the portfolio."""
        wanted = query(text)
        if not (wanted.name or wanted.number or wanted.spelled):
            return []
        found = [(match.grade, 0, match.row, self.newer, match) for match in self.newer.find(wanted, limit)]
        found += [(match.grade, 1, match.row, self.main, match) for match in self.main.find(wanted, limit, self.gone)]
        found.sort(key=lambda one: one[:3])
        return [_hit(block, match) for _grade, _age, _row, block, match in found[:limit]]

    def patched(self, clients: Iterable[int], entries: Sequence[Entry]) -> SearchIndex:
        """The index after `clients` changed: `entries` are their lines now; a client without one is gone."""
        touched = frozenset(clients)
        kept = [entry for entry in self.changed if entry.client not in touched]
        gone = (self.gone | touched) & frozenset(self.main.ids)
        return SearchIndex(self.main, (*kept, *entries), gone)


def _hit(block: Block, match: Match) -> Hit:
    spans = (match.span,) if match.span[1] > match.span[0] else ()
    return Hit(ClientId(block.ids[match.row]), block.name(match.row), spans, match.number)
