"""Laptop lost, keyring wiped, disk full, file damaged: every sentence of the story is carried out to its good end."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from rmdesk.base import clock
from tests.walk import drill
from tests.walk.telling import MONDAY, read, tell

FEATURE = Path(__file__).parent / "drill.feature"


def test_every_sentence_has_its_step_and_every_step_its_sentence() -> None:
    assert {sentence.english for sentence in read(FEATURE).sentences} == set(drill.STEPS)


@pytest.mark.skipif(sys.platform == "win32", reason="the full disk is played by a limit that Windows does not have")
def test_whatever_befalls_the_laptop_ends_well(tmp_path: Path) -> None:
    clock.fix(MONDAY)
    with drill.lived(tmp_path) as laptop:
        done = list(tell(laptop, read(FEATURE), drill.STEPS))
    assert [sentence.english for sentence, came in done if not came] == []
    assert len(done) == 15
