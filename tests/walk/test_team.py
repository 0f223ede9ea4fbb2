"""What is noted at one desk reaches the others: every sentence of the story is carried out and shows what it says."""

from __future__ import annotations

from pathlib import Path

from rmdesk.base import clock
from tests.walk import together
from tests.walk.telling import MONDAY, read, tell

FEATURE = Path(__file__).parent / "team.feature"


def test_every_sentence_has_its_step_and_every_step_its_sentence() -> None:
    assert {sentence.english for sentence in read(FEATURE).sentences} == set(together.STEPS)


def test_what_i_note_reaches_my_lead_once_though_the_hub_was_down(qapp: object, tmp_path: Path) -> None:
    clock.fix(MONDAY)
    with together.lived(tmp_path, "en") as team:
        done = list(tell(team, read(FEATURE), together.STEPS))
    assert [sentence.english for sentence, came in done if not came] == []
