"""The manager's week can be lived: every sentence of the story is carried out and shows what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rmdesk.base import clock
from tests.support import demo
from tests.walk import story
from tests.walk.telling import MONDAY, STEPS, read, tell


def test_every_sentence_has_its_step_and_every_step_its_sentence() -> None:
    told = read()
    assert {sentence.english for sentence in told.sentences} == set(STEPS)
    assert len(told.sentences) == len(STEPS)
    assert [day.english for day in told.days] == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


def test_every_sentence_is_told_in_both_languages() -> None:
    for sentence in (*read().days, *read().sentences):
        assert re.search(r"[A-Za-z]{3}", sentence.english)
        assert re.search("[一-鿿]{2}", sentence.chinese)


def test_a_line_that_belongs_to_no_story_is_refused(tmp_path: Path) -> None:
    (tmp_path / "story").write_text("Given something", encoding="utf-8")
    with pytest.raises(ValueError, match="Given something"):
        read(tmp_path / "story")


def test_the_week_goes_as_it_is_told(qapp: object, tmp_path: Path) -> None:
    clock.fix(MONDAY)
    demo.made(tmp_path / "demo", MONDAY)
    clock.fix(MONDAY)
    with story.lived(tmp_path / "demo", "en") as week:
        done = list(tell(week, read()))
    assert len(done) == len(STEPS)
    assert [sentence.english for sentence, came in done if not came] == []
