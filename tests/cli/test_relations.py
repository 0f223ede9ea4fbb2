"""The people around a client, and the way to somebody, for scripts and for people; and that the demo has them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rmdesk.cli.main import main

Told = pytest.CaptureFixture[str]
DAY = "2026-11-21"


def test_the_people_around_a_client(ask: Any) -> None:
    data = ask("relations", "周文敏")
    assert data["name"] == "周文敏"
    assert {"husband", "daughter", "son", "mother", "sister", "own company"} <= {
        one["called"] for one in data["relations"]
    }
    assert {one["called"] for one in data["kin"]} >= {"father-in-law", "niece", "brother-in-law"}
    assert len(data["household"]["members"]) == 5
    assert any(one["confirmed"] and one["new"] for one in data["referrals"])
    assert data["influencer"]
    assert all({"id", "role", "group", "client", "person", "noted_on"} <= one.keys() for one in data["relations"])


def test_the_way_to_a_client_nobody_spoke_to(ask: Any) -> None:
    data = ask("introduce", "司马长青")
    assert data["ways"]
    for way in data["ways"]:
        assert way["hops"][-1]["name"] == "司马长青"
        assert way["hops"][0]["client"]
        assert all(hop["why"] for hop in way["hops"][:-1])


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("arguments", [("relations", "周文敏"), ("introduce", "司马长青"), ("relations", "#480")])
def test_people_can_read_it(profile: Path, capsys: Told, language: str, arguments: tuple[str, str]) -> None:
    assert main(["--profile", str(profile), "--date", DAY, "--lang", language, *arguments]) == 0
    captured = capsys.readouterr()
    assert captured.out.strip()
    assert captured.err == ""


def test_nobody_of_that_name(profile: Path, capsys: Told) -> None:
    assert main(["--profile", str(profile), "--json", "introduce", "nobody"]) == 2
    assert json.loads(capsys.readouterr().err)["error"] == "no_client"
