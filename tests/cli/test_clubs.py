"""`club`, `gatherings`, `benefits`, `points`, `fairness` and `capacity`, for programs and for people."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from rmdesk.cli.main import main

Asked = Callable[..., tuple[int, str, str]]


@pytest.fixture
def asked(made_demo: Path, capsys: pytest.CaptureFixture[str]) -> Asked:
    def answer(*arguments: str) -> tuple[int, str, str]:
        status = main(["--profile", str(made_demo), "--date", "2026-11-21", "--lang", "en", *arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return answer


def test_proposals_of_a_half_year_come_with_their_reasons(asked: Asked) -> None:
    status, out, _err = asked("club", "proposals", "--half", "2026H2", "--json")
    data = json.loads(out)
    assert status == 0
    assert (data["half"], data["days"], data["limit_minor"]) == ("2026H2", 184, 10_000_000_00)
    assert {row["proposal"] for row in data["proposals"]} >= {"join", "stay", "watch"}
    assert all(row["why"] for row in data["proposals"])
    first = data["proposals"][0]["client"]
    _status, out, _err = asked("club", "forecast", first, "--json")
    assert json.loads(out)["client"] == first
    assert "2026-07-01" in asked("club", "proposals")[1]
    assert "days left need" in asked("club", "forecast", data["proposals"][2]["client"])[1]


@pytest.mark.parametrize("wrong", [("club", "proposals", "--half", "2026"), ("club", "proposals", "--club", "x"),
                                   ("club", "forecast"), ("maturities", "--from", "2026-02-01", "--to", "2026-01-01"),
                                   ("occasions", "--from", "2026-02-01", "--to", "2026-01-01"),
                                   ("fairness", "--from", "2026-13-01"),
                                   ("fairness", "--from", "2026-02-01", "--to", "2026-01-01")])  # fmt: skip
def test_what_cannot_be_asked_is_refused_with_a_next_step(asked: Asked, wrong: tuple[str, ...]) -> None:
    status, _out, err = asked(*wrong, "--json")
    assert status == 2
    assert json.loads(err)["do"]


def test_benefits_points_and_events_are_told(asked: Asked) -> None:
    member = next(
        row["client"] for row in json.loads(asked("club", "proposals", "--json")[1])["proposals"] if row["member"]
    )
    data = json.loads(asked("benefits", member, "--json")[1])
    assert {row["benefit"] for row in data["benefits"]} == {"car_wash", "haircut", "cinema", "lounge"}
    assert all(row["left"] == max(0, row["count"] - row["used"]) for row in data["benefits"])
    assert "Airport lounge" in asked("benefits", member)[1]
    holders = json.loads(asked("points", "--json")[1])["holders"]
    ledger = json.loads(asked("points", f"#{holders[0]['client']}", "--json")[1])
    assert ledger["balance"] == sum(row["points"] for row in ledger["entries"]) == holders[0]["balance"]
    assert "Balance" in asked("points", f"#{holders[0]['client']}")[1]
    assert holders[0]["name"] in asked("points")[1]
    events = json.loads(asked("gatherings", "--json")[1])["events"]
    assert {row["state"] for row in events} == {"planned", "held", "cancelled"}
    told = asked("gatherings")[1]
    assert events[0]["title"] in told
    assert "Took place" in told


def test_fairness_and_capacity_are_told(asked: Asked) -> None:
    data = json.loads(asked("fairness", "--json")[1])
    assert (data["from"], data["to"]) == ("2026-01-01", "2026-11-21")
    assert data["events"]["existing"] > 0
    assert data["benefits"]["existing"] > 0
    assert "Share of existing" in asked("fairness")[1]
    capacity = json.loads(asked("capacity", "--json")[1])
    assert capacity["needed"] > 0
    assert capacity["measured"] > 0
    assert "contacts a working day" in asked("capacity")[1]
    assert capacity["overdue"] > 0
    assert capacity["backlog"] in asked("capacity")[1]
    assert (data["ratio"] is None) is (data["fair"] is None) is (data["incomparable"] is not None)
    year = json.loads(asked("insights", "--period", "year", "--json")[1])
    same = json.loads(asked("fairness", "--from", year["from"], "--to", year["to"], "--json")[1])
    told = {name: same[name] for name in ("ratio", "least", "fair", "incomparable")}
    assert year["existing_clients"] == told  # one meter: only the span may differ
