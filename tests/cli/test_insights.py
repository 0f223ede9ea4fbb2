"""`insights` on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from rmdesk.cli.main import main

Asked = Callable[..., str]


@pytest.fixture
def asked(made_demo: Path, capsys: pytest.CaptureFixture[str]) -> Asked:
    def answer(*arguments: str, status: int = 0) -> str:
        given = ["--profile", str(made_demo), "--date", "2026-11-21", "--lang", "en", "insights", *arguments]
        assert main(given) == status
        told = capsys.readouterr()
        return told.err if status else told.out

    return answer


def test_insights_tells_the_key_figures(asked: Asked) -> None:
    found = json.loads(asked("--json"))
    assert (found["period"], found["from"], found["to"]) == ("month", "2026-11-01", "2026-11-21")
    assert found["aum"]["months"] == ["2026-10"]
    assert float(found["aum"]["average"]) > 1e8
    assert found["coverage"]["met"] <= found["coverage"]["due"]
    assert found["coverage"]["share"] == pytest.approx(found["coverage"]["met"] / found["coverage"]["due"], abs=1e-4)
    assert "Monthly average AUM" in asked("--period", "year")


def test_people_read_amounts_in_groups_with_their_currency(asked: Asked) -> None:
    (line,) = (line for line in asked().splitlines() if line.startswith("Monthly average AUM"))
    amount = float(json.loads(asked("--json"))["aum"]["average"])
    assert f"¥\N{NO-BREAK SPACE}{amount:,.2f}".removesuffix(".00") in line


def test_a_period_that_is_none_is_refused(asked: Asked) -> None:
    assert json.loads(asked("--period", "week", "--json", status=2))["error"] == "usage"
