"""`man` tells hints as hints, and `specialists` what waits."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from rmdesk.base import clock
from rmdesk.cli.main import main
from rmdesk.services.specialists.commands import AskSpecialist, DropQuestion
from rmdesk.services.store import profile
from tests.services.campaigns.arrange import people
from tests.services.care.arrange import TODAY
from tests.support.profiles import PASSPHRASE

Asked = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("made") / "desk"
    clock.fix(TODAY)
    with closing(profile.create(made, who="李慧", passphrase=PASSPHRASE)) as store:
        known = people(store)
        store.perform(AskSpecialist(known["open"], "law", "婚前财产如何隔离？"))
        dropped = store.perform(AskSpecialist(known["open"], "tax", "赠与是否缴税？")).result
        store.perform(DropQuestion(dropped))
    return made


@pytest.fixture
def asked(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Asked:
    monkeypatch.setenv("RMDESK_PASSPHRASE", PASSPHRASE)

    def answer(*arguments: str) -> tuple[int, str]:
        status = main(["--profile", str(folder), "--date", TODAY.isoformat(), "--lang", "en", *arguments])
        return status, capsys.readouterr().out

    return answer


def test_hints_stand_beside_the_answers_they_are_not(asked: Asked) -> None:
    status, out = asked("man", "open", "--json")
    told = json.loads(out)
    assert (status, told["low"], told["high"], told["ask"]["letter"]) == (0, 1, 4, "A")
    letters = {one["letter"]: one for one in told["letters"]}
    assert (letters["M"]["answer"], letters["A"]["answer"]) == ("yes", None)
    assert letters["M"]["hints"] == ["Free or maturing money reaches the minimum"]
    assert "Difficulty 1 to 4" in asked("man", "open")[1]


def test_what_waits_for_an_answer_is_listed(asked: Asked) -> None:
    [waiting] = json.loads(asked("specialists", "--json")[1])["requests"]
    assert (waiting["field"], waiting["state"], waiting["overdue"]) == ("law", "open", False)
    assert len(json.loads(asked("specialists", "--all", "--json")[1])["requests"]) == 2
    assert "婚前财产如何隔离？" in asked("specialists")[1]
