"""Where two versions of a text differ: whole words, single signs of Chinese; pure."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

Spans = tuple[tuple[int, int], ...]
# A run of letters and digits is one piece, every other sign is one by itself: Chinese has no blanks between words.
_PIECES = re.compile(r"[A-Za-z0-9À-ɏ]+|\s+|.", re.DOTALL)
MOST = 4000  # pieces of both together; longer texts are compared line by line first
CLOSE = 2  # pieces: what two differences leave alike between them is marked with them when it is no more


def differing(one: str, other: str) -> tuple[Spans, Spans]:
    """The parts of each text that the other does not have, as (first, last) positions, in order."""
    if one == other:
        return (), ()
    left, right = _cut(one, other), _cut(other, one)
    found: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    matcher = SequenceMatcher(None, [text for text, _at in left], [text for text, _at in right], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        if b > a:
            found[0].append((a, b))
        if d > c:
            found[1].append((c, d))
    return _joined(found[0], left, one), _joined(found[1], right, other)


def _cut(text: str, other: str) -> list[tuple[str, int]]:
    """The pieces of a text and where they begin; of very long texts its lines."""
    if len(text) + len(other) <= MOST:
        return [(found[0], found.start()) for found in _PIECES.finditer(text)]
    pieces, at = [], 0
    for line in text.splitlines(keepends=True):
        pieces.append((line, at))
        at += len(line)
    return pieces


def _joined(parts: list[tuple[int, int]], pieces: list[tuple[str, int]], text: str) -> Spans:
    """Parts that nearly touch as one: a text full of small marks is hard to read."""
    merged: list[list[int]] = []
    for first, last in parts:
        if merged and first - merged[-1][1] <= CLOSE:
            merged[-1][1] = last
        else:
            merged.append([first, last])

    def place(number: int) -> int:
        return pieces[number][1] if number < len(pieces) else len(text)

    return tuple((place(first), place(last)) for first, last in merged)
