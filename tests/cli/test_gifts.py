"""`rmdesk gifts`: the register and the budget, as JSON and in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rmdesk.cli.main import main

Told = pytest.CaptureFixture[str]
DAY = "2026-11-21"


def run(profile: Path, *arguments: str) -> int:
    return main(["--profile", str(profile), "--date", DAY, "--lang", "en", *arguments])


def test_the_register_and_the_budget_add_up(profile: Path, capsys: Told) -> None:
    assert run(profile, "--json", "gifts") == 0
    data = json.loads(capsys.readouterr().out)
    budget, items = data["budget"], data["items"]
    counted = [item for item in items if item["state"] in ("approved", "bought", "given", "noted")]
    assert budget["committed_minor"] == sum(item["cost_minor"] for item in counted)
    assert budget["left_minor"] == budget["limit_minor"] - budget["committed_minor"]
    assert budget["gifts"] == len(counted)
    assert all(item["counts_on"].startswith("2026") for item in items)


def test_the_demo_has_every_state_and_outcome(profile: Path, capsys: Told) -> None:
    run(profile, "--json", "gifts")
    items = json.loads(capsys.readouterr().out)["items"]
    states = {item["state"] for item in items}
    assert states == {"idea", "planned", "awaiting", "approved", "bought", "given", "noted", "dropped", "returned"}
    assert {item["approval"] for item in items} == {None, "asked", "approved", "refused"}
    assert sum(item["breach"] is not None for item in items) == 1


def test_one_client_one_year_and_breaches_in_words(profile: Path, capsys: Told) -> None:
    assert run(profile, "gifts", "--client", "周文敏") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Budget 2026")
    assert len(lines) == 4
    assert "龙泉青瓷对杯" in lines[3]
    run(profile, "gifts", "--breaches")
    assert "Given before approval" in capsys.readouterr().out
    run(profile, "--json", "gifts", "--year", "1999")
    assert json.loads(capsys.readouterr().out)["items"] == []


def test_what_is_asked_wrongly_is_refused(profile: Path, capsys: Told) -> None:
    assert run(profile, "gifts", "--year", "soon") == 2
    assert run(profile, "gifts", "--client", "nobody at all") == 2
    assert capsys.readouterr().err
