"""Reads the story of a week and carries it out: each sentence is done by the step of the same English words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from rmdesk.base import clock

FEATURE = Path(__file__).parent / "week.feature"
MONDAY = date(2026, 11, 23)

Does = Callable[[Any], Iterator[object]]
STEPS: dict[str, Does] = {}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the story in both languages, and the day it belongs to, from 0."""

    day: int
    english: str
    chinese: str


@dataclass(frozen=True, slots=True)
class Story:
    """The title, the days and the sentences."""

    title: Sentence
    days: tuple[Sentence, ...]
    sentences: tuple[Sentence, ...]


def bound(steps: dict[str, Does], sentence: str) -> Callable[[Does], Does]:
    """Bind a function to a sentence; it yields what a banker would look at."""

    def bind(does: Does) -> Does:
        if sentence in steps:
            raise ValueError(f"two steps for: {sentence}")
        steps[sentence] = does
        return does

    return bind


step = partial(bound, STEPS)


def read(path: Path = FEATURE) -> Story:
    """The story as it is written."""
    title = Sentence(0, "", "")
    days: list[Sentence] = []
    sentences: list[Sentence] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, _, text = line.strip().partition(" ")
        english, _, chinese = (part.strip() for part in text.partition("|"))
        if kind == "Feature:":
            title = Sentence(0, english, chinese)
        elif kind == "Scenario:":
            days.append(Sentence(len(days), english, chinese))
        elif kind == "*":
            sentences.append(Sentence(len(days) - 1, english, chinese))
        elif kind and kind != "#":
            raise ValueError(f"not a line of a story: {line}")
    return Story(title, tuple(days), tuple(sentences))


def tell(week: Any, story: Story, steps: dict[str, Does] = STEPS) -> Iterator[tuple[Sentence, tuple[str, ...]]]:
    """Carry out the story, a day of the calendar per scenario; gives each sentence with what was looked at."""
    for sentence in story.sentences:
        clock.fix(MONDAY + timedelta(days=sentence.day))
        yield sentence, tuple(map(str, steps[sentence.english](week)))
