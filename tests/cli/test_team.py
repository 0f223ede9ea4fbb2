"""`review` and `team` on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rmdesk.cli.main import main
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store import profile
from tests.conftest import TODAY
from tests.support import demo
from tests.support.build import perform


def be(folder: Path, role: str) -> None:
    """Whoever sits at the desk of this profile is a lead, or a manager."""
    store = profile.open_demo(folder)
    store.perform(ChangeSetting("general.role", role))
    store.close()


@pytest.fixture
def run(made_demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs a command on a demo profile whose user leads the team, gives the status and the JSON."""
    folder = ["--profile", str(tmp_path / "p"), "--date", TODAY.isoformat(), "--lang", "en", "--json"]
    demo.copied(made_demo, tmp_path / "p")

    def go(*words: str, role: str = "lead") -> tuple[int, Any]:
        be(tmp_path / "p", role)
        status = main([*folder, *words])
        out, err = capsys.readouterr()
        return status, json.loads(out or err)

    return go


def test_a_record_is_approved_by_its_id_and_sealed(run: Any) -> None:
    status, told = run("review", "queue")
    assert status == 0
    visit = next(one for one in told["items"] if one["entity"] == "visit")
    assert run("review", "approve", visit["id"], "--exemplary", "--comment", "好", "--tag", "signals")[0] == 0
    assert visit["id"] not in {one["id"] for one in run("review", "queue", "--all")[1]["items"]}
    status, found = run("review", "verify")
    assert (status, found["broken"], found["changed"]) == (0, None, [])
    assert found["reviews"] == 8  # seven of the demo


def test_giving_back_needs_a_comment_and_a_request_is_decided(run: Any) -> None:
    _status, told = run("review", "queue")
    request = next(one for one in told["items"] if one["entity"] == "gift_approval")
    status, said = run("review", "return", request["id"])
    assert (status, said["field"]) == (2, "comment")
    assert run("review", "approve", request["id"])[0] == 0
    visit = next(one for one in told["items"] if one["entity"] == "visit")
    assert run("review", "return", visit["id"], "--comment", "金额不详")[0] == 0


@pytest.mark.parametrize("record", ["nothing-like-this", ""])
def test_a_record_must_be_meant_clearly(run: Any, record: str) -> None:
    status, said = run("review", "approve", record)
    assert (status, said["error"]) == (2, "usage")


def test_the_chain_names_who_tampered(run: Any, tmp_path: Path) -> None:
    store = profile.open_demo(tmp_path / "p")
    perform(store, lambda work: work.bulk("UPDATE review SET verdict = 'approved', comment = 'x'", topics=()))
    store.close()
    status, found = run("review", "verify")
    assert (status, found["broken"]["fault"]) == (2, "edited")


def test_the_week_as_json_and_for_leads_alone(run: Any) -> None:
    status, told = run("team", "report")
    assert status == 0
    (member,) = told["members"]
    assert member["clients"] == 486
    assert [one["days"] for one in member["coverage"]] == [30, 90]
    assert member["reviews"]["reviewed"] == 7
    status, said = run("team", "report", role="manager")
    assert (status, said["error"]) == (2, "not_lead")


def test_insights_tell_cadences_tags_and_readiness(run: Any) -> None:
    status, said = run("team", "agree", "T5", "20", "--group", "G2", "--note", "客户多")
    assert (status, said["state"], said["table_days"]) == (0, "agreed", 14)
    status, told = run("team", "insights")
    assert status == 0
    assert [one["days"] for one in told["cadences"]] == [20]
    assert told["tags"]["rows"]
    worst = told["readiness"]["clients"][0]
    assert worst["missing"]
    assert worst["score"] == pytest.approx(
        sum(line["weight"] * line["part"] for line in worst["lines"]) / sum(line["weight"] for line in worst["lines"]),
        abs=1e-3,
    )
    assert run("team", "insights", role="manager")[1]["error"] == "not_lead"


def test_a_cadence_without_a_note_is_refused(run: Any) -> None:
    status, said = run("team", "agree", "T5", "20")
    assert (status, said["field"]) == (2, "note")
