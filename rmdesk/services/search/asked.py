"""What was typed into the search, as questions to the index of texts: as it is written first, then as pinyin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from rmdesk.services.search import words


class Stage(IntEnum):
    """How generously what was typed is taken; the next stage is asked when one finds too little."""

    WRITTEN = 0  # as it was typed
    READ = 1  # or as whole syllables
    BEGUN = 2  # or with the last syllable unfinished, or as initials


@dataclass(frozen=True, slots=True)
class Part:
    """One part of what was typed, and the ways in which its letters can be pinyin."""

    text: str
    ways: tuple[tuple[str, ...], ...] = ()
    initials: str = ""

    def question(self, stage: Stage) -> str:
        """For the index: texts in which this part can stand."""
        asked = [words.question(self.text)]
        if stage > Stage.WRITTEN and (self.ways or self.initials):
            from rmdesk.services.search import syllables

            if stage is Stage.READ:
                asked += [syllables.ask_whole(way) for way in self.ways]
            elif self.ways:
                asked.append(syllables.ask_begun(self.ways))
            if stage is Stage.BEGUN and self.initials:
                asked.append(syllables.ask_initials(self.initials))
        return f"({' OR '.join(f'({one})' for one in asked)})" if len(asked) > 1 else asked[0]

    def places(self, line: str, stage: Stage) -> list[tuple[int, int]]:
        """Where this part really stands in a text."""
        found = words.places(line, self.text)
        if stage > Stage.WRITTEN and (self.ways or self.initials):
            from rmdesk.services.search import syllables

            begun = stage is Stage.BEGUN
            found += syllables.places(line, self.ways, self.initials if begun else "", begun=begun)
        return found


def parts(typed: str) -> tuple[Part, ...]:
    """What must all stand in a text; nothing where single letters or digits were typed: nearly every text has them."""
    pieces = words.pieces(typed)
    if all(len(piece) < 2 and piece.isascii() for piece in pieces):
        return ()
    return tuple(_part(piece) for piece in pieces)


def questions(asked: Sequence[Part]) -> list[tuple[Stage, str]]:
    """The questions to put to the index, one after the other until enough is found."""
    found: dict[str, Stage] = {}
    for stage in Stage:
        found.setdefault(" AND ".join(part.question(stage) for part in asked), stage)
    return [(stage, question) for question, stage in found.items()]


def _part(piece: str) -> Part:
    if not (piece.isascii() and piece.isalpha()):
        return Part(piece)
    from rmdesk.services.search import syllables  # its table is read when letters are typed, not before

    return Part(piece, syllables.spellings(piece), syllables.initials(piece))
