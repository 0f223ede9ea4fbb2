"""How a text is cut for the index, and how what was typed is asked for. Pure.

Chinese has no blanks between words: every character and every pair of neighbours is a word of the index. So one
character and two are found at once; of three and more all pairs must be there, and the text itself is looked at after.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

# Letters and digits of scripts with blanks between words; everything else that is a letter stands for itself.
_PIECE = re.compile(r"[0-9a-z\u00c0-\u024f]+|[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\U00020000-\U0003ffff]+")
LONGEST = 64  # signs of a Latin word that count


def folded(text: str) -> str:
    """The text for comparing: full-width as half-width, small letters; each sign stays in its place where it can."""
    whole = unicodedata.normalize("NFKC", text).casefold()
    return whole if len(whole) == len(text) else "".join(_one(sign) for sign in text)


def words(text: str) -> Iterator[str]:
    """All words of a text, as often as they occur."""
    for piece in _PIECE.findall(folded(text)):
        if piece[0] < "\u3040":
            yield piece[:LONGEST]
            continue
        yield from piece
        yield from (piece[at : at + 2] for at in range(len(piece) - 1))


def pieces(typed: str) -> tuple[str, ...]:
    """The parts of what was typed that must all be in a text, each once."""
    return tuple(dict.fromkeys(_PIECE.findall(folded(typed))))


def question(part: str) -> str:
    """A part of what was typed as a question to the index: all its words; a Latin one may go on."""
    if part[0] < "\u3040":
        return f'"{part[:LONGEST]}"*'
    if len(part) < 3:
        return f'"{part}"'
    return " AND ".join(dict.fromkeys(f'"{part[at : at + 2]}"' for at in range(len(part) - 1)))


def places(text: str, part: str) -> list[tuple[int, int]]:
    """Where a part stands in a text; a Latin one only where a word begins."""
    low = folded(text)
    found: list[tuple[int, int]] = []
    at = low.find(part)
    while at >= 0:
        if part[0] >= "\u3040" or at == 0 or not low[at - 1].isalnum() or low[at - 1] >= "\u3040":
            found.append((at, at + len(part)))
        at = low.find(part, at + len(part))
    return found


def in_order(found: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Places in order and without overlap, the longer one where two begin together."""
    kept: list[tuple[int, int]] = []
    for first, last in sorted(found, key=lambda place: (place[0], -place[1])):
        if not kept or first >= kept[-1][1]:
            kept.append((first, last))
    return tuple(kept)


def one_line(text: str) -> str:
    """A text on one line, as a snippet shows it."""
    return re.sub(r"\s+", " ", text)


def snippet(line: str, marks: Sequence[tuple[int, int]], width: int) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The part of a line around the first mark, at most `width` signs, and the marks in it."""
    start = max(0, marks[0][0] - width // 4) if marks and marks[0][1] > width else 0
    lead, tail = ("…" if start else ""), ("…" if start + width < len(line) else "")
    shift = len(lead) - start
    cut = line[start : start + width]
    kept = tuple((a + shift, b + shift) for a, b in marks if a >= start and b <= start + len(cut))
    return f"{lead}{cut}{tail}", kept


def _one(sign: str) -> str:
    whole = unicodedata.normalize("NFKC", sign).casefold()
    return whole if len(whole) == 1 else sign
