"""`churn` ranks accounts by risk, for programs and for people."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from rmdesk.cli.main import main
from rmdesk.services.store import profile
from tests.services.churn.test_queries import THEN, portfolio
from tests.services.imports.handovers import account, client, take_in
from tests.support.profiles import PASSPHRASE

Asked = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("made") / "desk"
    with closing(profile.create(made, who="李慧", passphrase=PASSPHRASE)) as store:
        take_in(store, portfolio(), as_of=THEN)
        gone = [client("GONE", name="李慧"), account("99", "GONE", currency="CNY", closed_on="2026-10-01")]
        take_in(store, gone, as_of=date(2026, 10, 31))
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


def test_churn_cases_for_programs_and_people(asked: Asked) -> None:
    status, out, _err = asked("cases", "--json")
    data = json.loads(out)
    assert status == 0
    [case] = data["cases"]  # opened by the import's successor, this very command
    assert (case["client"], case["reason"], case["open"]) == ("GONE", "closed", True)
    status, out, _err = asked("case", "GONE", "--json")
    assert status == 0
    assert json.loads(out).keys() >= {"id", "lost_on", "timeline", "signals", "steps", "months"}
    assert asked("case", case["id"])[0] == 0
    assert "GONE" in asked("cases")[1]
    assert json.loads(asked("lessons", "--json")[1]) == {"signals": []}
    assert asked("lessons")[0] == 0


@pytest.mark.parametrize("wrong", [("case",), ("case", "nobody")])
def test_a_case_that_is_not_there_is_refused(asked: Asked, wrong: tuple[str, ...]) -> None:
    assert asked(*wrong)[0] == 2
