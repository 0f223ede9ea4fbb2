"""How a text is cut for the index, and how what was typed is asked for. Pure.

Chinese has no blanks between words: every character and every pair of neighbours is a word of the index. So one
character and two are found at once; of three and more all pairs must be there, and the text itself is looked at after.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

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


def question(typed: str) -> str:
    """What was typed as a question to the index: all words, a Latin one may go on. Empty: nothing to ask."""
    asked: list[str] = []
    for piece in pieces(typed):
        if piece[0] < "\u3040":
            asked.append(f'"{piece[:LONGEST]}"*')
        elif len(piece) < 3:
            asked.append(f'"{piece}"')
        else:
            asked += [f'"{piece[at : at + 2]}"' for at in range(len(piece) - 1)]
    return " AND ".join(dict.fromkeys(asked))


def spans(text: str, parts: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Where the parts stand in a text, in order and without overlap; a Latin part only where a word begins."""
    low = folded(text)
    found: list[tuple[int, int]] = []
    for part in parts:
        at = low.find(part)
        while at >= 0:
            if part[0] >= "\u3040" or at == 0 or not low[at - 1].isalnum() or low[at - 1] >= "\u3040":
                found.append((at, at + len(part)))
            at = low.find(part, at + len(part))
    found.sort()
    kept: list[tuple[int, int]] = []
    for first, last in found:
        if not kept or first >= kept[-1][1]:
            kept.append((first, last))
    return tuple(kept)


def snippet(text: str, parts: tuple[str, ...], width: int) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The part of a text around its first hit, on one line, at most `width` signs, and the hits in it."""
    line = re.sub(r"\s+", " ", text)
    marks = spans(line, parts)
    start = max(0, marks[0][0] - width // 4) if marks and marks[0][1] > width else 0
    lead, tail = ("…" if start else ""), ("…" if start + width < len(line) else "")
    shift = len(lead) - start
    cut = line[start : start + width]
    kept = tuple((a + shift, b + shift) for a, b in marks if a >= start and b <= start + len(cut))
    return f"{lead}{cut}{tail}", kept


def _one(sign: str) -> str:
    whole = unicodedata.normalize("NFKC", sign).casefold()
    return whole if len(whole) == 1 else sign
