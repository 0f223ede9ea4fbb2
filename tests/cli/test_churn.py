"""`churn` ranks accounts by risk, for programs and for people."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from rmdesk.cli.main import main
from rmdesk.services.store import profile
from tests.services.churn.test_queries import THEN, portfolio
from tests.services.imports.handovers import take_in
from tests.support.profiles import PASSPHRASE

Asked = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("made") / "desk"
    with closing(profile.create(made, who="李慧", passphrase=PASSPHRASE)) as store:
        take_in(store, portfolio(), as_of=THEN)
    return made


@pytest.fixture
def asked(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Asked:
    monkeypatch.setenv("RMDESK_PASSPHRASE", PASSPHRASE)

    def answer(*arguments: str) -> tuple[int, str, str]:
        status = main(["--profile", str(folder), "--date", "2026-11-21", "--lang", "en", "churn", *arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return answer


def test_churn_answers_in_the_agreed_keys(asked: Asked) -> None:
    status, out, _err = asked("--json")
    data = json.loads(out)
    assert status == 0
    assert data["as_of"] == "2026-11-21"
    assert all(row.keys() == {"client", "account", "risk", "lines"} for row in data["clients"])
    risks = [row["risk"] for row in data["clients"]]
    assert risks == sorted(risks, reverse=True)
    assert risks[0] > 0.3


def test_churn_as_of_an_earlier_day(asked: Asked) -> None:
    status, out, _err = asked("--as-of", "2023-06-30", "--json")
    assert status == 0
    assert json.loads(out) == {"as_of": "2023-06-30", "clients": []}


def test_churn_for_people_says_why(asked: Asked) -> None:
    status, out, _err = asked("--limit", "3")
    assert status == 0
    assert "usual level" in out
    assert "30 accounts in all" in out


@pytest.mark.parametrize("written", ["yesterday", "2026-13-01"])
def test_churn_refuses_what_is_no_day(asked: Asked, written: str) -> None:
    status, _out, err = asked("--as-of", written)
    assert status == 2
    assert "not a day" in err
