"""The search over texts, key by key; the floor is one bare question to FTS5 for the same words."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from bench.texts import phrases
from bench.told import DAY, memory, tell, timed
from rmdesk.base import clock
from rmdesk.models.kinds import ClientId
from rmdesk.services.search.asked import parts, questions
from rmdesk.services.search.finding import SHOWN, find
from rmdesk.services.search.syllables import readings
from rmdesk.services.store import profile
from rmdesk.services.store.reads import Reader

WORDS = 30
LETTERS, SIGNS = 10, 4  # typed of a phrase
WHOSE = tuple(ClientId(client) for client in (1, 2, 3))
BARE = "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid DESC LIMIT ?"


def main(folder: Path) -> None:
    """Measure and tell."""
    clock.fix(DAY)
    reader = profile.open_demo(folder).reader()
    assert find(reader, "liuxue"), "the bench measures something that works"
    before = memory().get("pss", 0)
    pairs = []
    for typed in _typed():
        mine = timed(lambda typed=typed: find(reader, typed, clients=WHOSE))  # type: ignore[misc]
        pairs.append((typed, mine, timed(lambda typed=typed: _bare(reader, typed))))  # type: ignore[misc]
    tell(pairs=pairs, grown=memory().get("pss", 0) - before)


def _bare(reader: Reader, typed: str) -> int:
    asked = parts(typed)
    return len(reader.rows(BARE, (questions(asked)[0][1], SHOWN))) if asked else 0


def _typed() -> Iterator[str]:
    """What is in the field after each key: frequent and rare phrases in characters, pinyin and initials."""
    stock = phrases()
    for at in range(WORDS):
        phrase = stock[int(len(stock) ** (at / WORDS))][:SIGNS]
        read = [readings(sign)[0] for sign in phrase if readings(sign)]
        for word in (phrase, "".join(read)[:LETTERS], "".join(syllable[0] for syllable in read)):
            yield from (word[:end] for end in range(1, len(word) + 1))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
