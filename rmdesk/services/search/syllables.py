"""How the characters of a text are typed in Latin letters: its words for the index, and where what was typed stands.

A character of everyday texts has all its usual readings here, for a text says nothing of how it is read. The index
gets each syllable, each pair of neighbours, and the initials of each three neighbours.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise, product

from rmdesk.base import paths
from rmdesk.services.clients.pinyin import plain
from rmdesk.services.clients.pinyin_tables import characters
from rmdesk.services.search.typed import STARTS, SYLLABLES, ways, words_of

HAN = re.compile("[〇\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]+")
SPELLED, BEGUN = "ʘ", "ʭ"  # before syllables and before initials: letters that no text of a bank has
BETWEEN = "0"  # between two syllables, so that a pair begins with its first one
RUN = 3  # characters whose initials are one word; two initials stand in every twentieth text
SHORTEST, LONGEST, MOST_INITIALS = 2, 40, 12  # letters

Way = tuple[str, ...]


def words(text: str) -> Iterator[str]:
    """The words of a text for the index, as often as they occur."""
    for run in HAN.findall(text):
        for sign in run:
            yield from (SPELLED + syllable for syllable in readings(sign))
        yield from (_pair(run[at : at + 2]) for at in range(len(run) - 1))
        begun = [_initials(sign) for sign in run]
        if max(map(len, begun)) == 1:
            line = "".join(begun)
            yield from (BEGUN + line[at : at + RUN] for at in range(len(run) - RUN + 1))
        else:
            for at in range(len(run) - RUN + 1):
                yield from (BEGUN + "".join(some) for some in product(*begun[at : at + RUN]))


def spellings(part: str) -> tuple[Way, ...]:
    """What was typed, cut into syllables in every way; the last one may be unfinished where others are before it."""
    if not (SHORTEST <= len(part) <= LONGEST and part.isascii() and part.isalpha()):
        return ()
    cuts = (tuple(word.lower() for word in words_of(way)) for way in ways([part]))
    return tuple(
        dict.fromkeys(
            cut
            for cut in cuts
            if all(one in SYLLABLES for one in cut[:-1]) and cut[-1] in (STARTS if len(cut) > 1 else SYLLABLES)
        )
    )


def initials(part: str) -> str:
    """What was typed as initials, or nothing where it can't be."""
    return part if RUN <= len(part) <= MOST_INITIALS and part.isascii() and part.isalpha() else ""


def ask_whole(way: Way) -> str:
    """A question to the index for texts with these syllables in a row, or some of their pairs at least."""
    if len(way) == 1:
        return f'"{SPELLED}{way[0]}"'
    return " AND ".join(f'"{SPELLED}{one}{BETWEEN}{other}"' for one, other in pairwise(way))


def ask_begun(ways: Sequence[Way]) -> str:
    """The same for several ways whose last syllable may go on.

    Each beginning of a pair is asked for once: to collect all that begin so is the dear part of the question.
    """
    by_end: dict[Way, list[Way]] = {}
    for way in ways:
        by_end.setdefault(way[-2:], []).append(way)
    asked = []
    for end, some in by_end.items():
        before = [ask_whole(way[:-1]) for way in some if len(way) > 2]
        begun = ask_whole(end) + ("*" if len(end) > 1 else "")
        asked.append(f"({_either(before)} AND {begun})" if len(before) == len(some) else begun)
    return _either(asked)


def _either(asked: Sequence[str]) -> str:
    return f"({' OR '.join(f'({one})' for one in asked)})" if len(asked) > 1 else "".join(asked)


def ask_initials(letters: str) -> str:
    """A question for texts with these initials, three by three."""
    return " AND ".join(f'"{BEGUN}{letters[at : at + RUN]}"' for at in range(len(letters) - RUN + 1))


def places(text: str, given: Sequence[Way], letters: str, *, begun: bool) -> list[tuple[int, int]]:
    """Where in a text one of the ways is read, or these initials; `begun`: the last syllable may go on."""
    by_first: dict[str, list[Way]] = {}
    for way in given:
        by_first.setdefault(way[0], []).append(way)
    found = []
    for match in HAN.finditer(text):
        run, first = match.group(), match.start()
        for at, sign in enumerate(run):
            nearly = [way for syllable in readings(sign) for way in by_first.get(syllable, ())]
            lengths = [len(way) for way in nearly if _is_read(run[at : at + len(way)], way, begun=begun)]
            if letters and letters[0] in _initials(sign) and _begins(run[at : at + len(letters)], letters):
                lengths.append(len(letters))
            found += [(first + at, first + at + length) for length in lengths]
    return found


def _is_read(signs: str, way: Way, *, begun: bool) -> bool:
    if len(signs) < len(way):
        return False
    if not all(one in readings(sign) for sign, one in zip(signs[:-1], way[:-1], strict=True)):
        return False
    last = readings(signs[-1])
    return any(one.startswith(way[-1]) for one in last) if begun and len(way) > 1 else way[-1] in last


def _begins(signs: str, letters: str) -> bool:
    return len(signs) == len(letters) and all(
        letter in _initials(sign) for sign, letter in zip(signs, letters, strict=True)
    )


@lru_cache(maxsize=1 << 16)
def readings(sign: str) -> tuple[str, ...]:
    """The syllables that a character is typed as, the most usual first; none where no reading is known."""
    several = _several().get(sign)
    if several is not None:
        return several
    first = plain(_known().get(ord(sign), "").partition(",")[0])
    return (first,) if first in SYLLABLES else ()


@lru_cache(maxsize=1 << 16)
def _initials(sign: str) -> str:
    return "".join(dict.fromkeys(one[0] for one in readings(sign))) or "0"


@lru_cache(maxsize=1 << 17)
def _pair(signs: str) -> str:
    """The pairs of syllables of two characters, blank-separated: neighbours come back again and again."""
    one, other = map(readings, signs)
    return " ".join(f"{SPELLED}{first}{BETWEEN}{second}" for first in one for second in other)


@cache
def _known() -> dict[int, str]:
    return characters()


@cache
def _several() -> dict[str, tuple[str, ...]]:
    told = tomllib.loads(paths.resource("names", "several.toml").read_text(encoding="utf-8"))["readings"]
    lines = (line.split() for line in re.split("[,\n]", told) if line.strip())
    return {sign: tuple(syllables) for sign, *syllables in lines}
