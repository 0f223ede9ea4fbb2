"""Complaints, journals and the playbook answer in words and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rmdesk.cli.main import main

Told = pytest.CaptureFixture[str]
DAY = "2026-11-21"


def asked(profile: Path, capsys: Told, *arguments: str) -> dict[str, Any]:
    assert main(["--profile", str(profile), "--date", DAY, "--json", "--lang", "en", *arguments]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_open_complaints_come_by_their_last_day(profile: Path, capsys: Told) -> None:
    found = asked(profile, capsys, "complaints")["complaints"]
    assert found
    assert [one["due"] for one in found] == sorted(one["due"] for one in found)
    assert all((one["open"] and one["used"] <= one["allowed"]) or one["late"] for one in found)


def test_the_complaints_of_one_client_come_with_their_steps(profile: Path, capsys: Told) -> None:
    (one,) = asked(profile, capsys, "complaints", "--client", "#1")["complaints"]
    assert (one["open"], one["verdict"], len(one["steps"])) == (False, "satisfied", 3)


def test_journals_of_a_time_and_a_client(profile: Path, capsys: Told) -> None:
    whole = asked(profile, capsys, "journals")["journals"]
    some = asked(profile, capsys, "journals", "--from", "2026-10-01", "--to", "2026-10-31")["journals"]
    assert 0 < len(some) < len(whole)
    assert {one["date"][:7] for one in some} == {"2026-10"}
    own = asked(profile, capsys, "journals", "--client", "#1")["journals"]
    assert own
    assert all(1 in {client["id"] for client in one["clients"]} for one in own)


def test_the_playbook_comes_with_its_outcomes(profile: Path, capsys: Told) -> None:
    found = asked(profile, capsys, "playbook")["cards"]
    assert [one["uses"] for one in found] == sorted((one["uses"] for one in found), reverse=True)
    assert all(one["worked"] + one["partly"] + one["failed"] <= one["uses"] for one in found)


def test_words_for_people_and_a_day_that_is_none(profile: Path, capsys: Told) -> None:
    assert main(["--profile", str(profile), "--date", DAY, "--lang", "zh_CN", "complaints"]) == 0
    assert "责任人" in capsys.readouterr().out
    assert main(["--profile", str(profile), "--date", DAY, "--json", "journals", "--from", "2026-02-30"]) == 2
    assert json.loads(capsys.readouterr().err)["error"] == "usage"


def test_texts_are_found_by_one_and_more_characters(profile: Path, capsys: Told) -> None:
    found = asked(profile, capsys, "find", "留学费用")["found"]
    assert found
    assert all("留学费用" in one["text"] and one["name"] for one in found)
    assert len(asked(profile, capsys, "find", "学", "--limit", "7")["found"]) == 7
    assert asked(profile, capsys, "find", "查无此话")["found"] == []


def test_letters_find_clients_their_records_and_texts_that_are_read_so(profile: Path, capsys: Told) -> None:
    read = asked(profile, capsys, "find", "liuxuefeiyong")
    assert any("留学费用" in one["text"] for one in read["found"])
    name = next(one["name"] for one in read["found"])
    initials = asked(profile, capsys, "find", name)
    assert initials["clients"][0]["name"] == name
    assert any(one["name"] == name for one in initials["found"])
    assert main(["--profile", str(profile), "--date", DAY, "--lang", "en", "find", name]) == 0
    assert "#" in capsys.readouterr().out
    assert asked(profile, capsys, "find", "qzxvq") == {"clients": [], "found": []}
