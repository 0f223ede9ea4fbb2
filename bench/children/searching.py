"""The search at every keystroke; the floor is one `str.find` after the other over all names, pinyin and numbers."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from bench.told import DAY, memory, tell, timed
from rmdesk.base import clock
from rmdesk.services.search.index import LIMIT, SearchIndex
from rmdesk.services.search.queries import build
from rmdesk.services.store import profile
from rmdesk.services.store.reads import Reader

ASKED = 60


def main(folder: Path, size: int) -> None:
    """Measure and tell."""
    clock.fix(DAY)
    reader = profile.open_demo(folder).reader()
    text = _text(reader)
    before, began = memory(), time.perf_counter()
    index = build(reader)
    taken = (time.perf_counter() - began) * 1000
    grown = memory().get("pss", 0) - before.get("pss", 0)
    pairs = []
    for typed in _typed(reader, size):
        mine = timed(lambda typed=typed: index.find(typed))  # type: ignore[misc]
        pairs.append((typed, mine, timed(lambda typed=typed: _bare(text, typed))))  # type: ignore[misc]
    assert _found(index, reader)
    tell(pairs=pairs, build=taken, memory=grown)


def _text(reader: Reader) -> str:
    sql = "SELECT name || ' ' || lower(pinyin) || ' ' || initials || ' ' || number || ' ' || phone FROM client"
    return "\n".join(row[0] for page in reader.pages(sql) for row in page)


def _bare(text: str, typed: str) -> int:
    found, at = 0, text.find(typed)
    while at >= 0 and found < LIMIT:
        found += 1
        at = text.find(typed, at + 1)
    return found


def _typed(reader: Reader, size: int) -> list[str]:
    """What is in the field after each keystroke: names, initials, pinyin, phones, and what nobody is called."""
    out = []
    step = max(1, size // ASKED)
    rows = reader.rows("SELECT name, initials, lower(pinyin), phone FROM client WHERE id % ? = 0", (step,))
    for name, initials, spelled, phone in rows:
        plain = spelled.replace(" ", "")
        for word in (name, initials, plain[:6], phone[-4:], phone[:7]):
            out += [word[:end] for end in range(1, len(word) + 1)]
    return [*out, "龘靐", "qzxv", "0000000"]


def _found(index: SearchIndex, reader: Reader) -> bool:
    """The bench measures something that works: somebody is found by the whole name."""
    name = reader.value("SELECT name FROM client ORDER BY id LIMIT 1")
    return any(hit.name == name for hit in index.find(name))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
