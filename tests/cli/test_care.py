"""Clients, today, score and segments answer in the agreed keys, and in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rmdesk.cli.main import main
from rmdesk.cli.output import width
from rmdesk.services.store.profile import open_demo
from tests.support import build, demo

Told = pytest.CaptureFixture[str]
DAY = "2026-11-21"


def test_today(ask: Any) -> None:
    data = ask("today", "--limit", "8")
    assert (data["date"], data["purpose"], len(data["items"])) == (DAY, "maintain", 8)
    assert [item["rank"] for item in data["items"]] == list(range(1, 9))
    for item in data["items"]:
        assert {"rank", "client", "name", "lane", "score", "lines", "action"} <= item.keys()
        assert all({"rule", "points", "input", "as_of", "why"} <= line.keys() for line in item["lines"])
        assert round(sum(line["points"] for line in item["lines"]), 1) == pytest.approx(item["score"], abs=0.05)


def test_the_demo_has_every_lane_in_every_purpose(ask: Any) -> None:
    lanes = {item["lane"] for item in ask("today")["items"]}
    assert lanes == {"must", "priority", "silent_loyal", "opportunity", "incomplete"}
    for purpose in ("sell", "wake"):
        data = ask("today", "--purpose", purpose)
        assert data["purpose"] == purpose
        assert data["items"]


def test_clients(ask: Any) -> None:
    data = ask("clients")
    assert data["total"] == len(data["clients"]) == 486
    keys = {"id", "number", "name", "pinyin", "tier", "familiarity", "group", "aum", "score"}
    assert all(keys <= client.keys() for client in data["clients"])
    assert {client["tier"] for client in data["clients"]} == {"T1", "T2", "T3", "T4", "T5", None}
    (one,) = ask("clients", "周文敏")["clients"]
    assert (one["pinyin"], one["tier"], one["aum"]) == ("Zhōu Wénmǐn", "T5", "12400000.00")
    assert ask("clients", "nobody at all") == {"total": 0, "clients": []}
    few = ask("clients", "--limit", "3")
    assert (few["total"], len(few["clients"])) == (486, 3)


def test_show_and_score(ask: Any) -> None:
    data = ask("show", "oywq")
    assert data["client"]["name"] == "欧阳婉清"
    assert data["holdings"]
    assert "•" in data["client"]["phone"]
    receipt = ask("score", "欧阳婉清")
    assert receipt["client"] == data["client"]["id"]
    assert receipt["score"] == data["care"]["score"]
    assert ask("score", "欧阳婉清", "--what-if", "phone")["score"] < receipt["score"]


def test_segments(ask: Any) -> None:
    data = ask("segments")
    assert sum(tier["clients"] for tier in data["tiers"]) + data["unknown"]["clients"] == 486
    assert len(data["groups"]) == 9
    assert data["pareto"]["top_fifth_share"] > 0.75
    other = ask("segments", "--cuts", "20000,50000,100000")
    assert [tier["tier"] for tier in other["tiers"]] == ["T1", "T2", "T3", "T4"]


def test_the_same_day_and_data_give_the_same_answer(ask: Any) -> None:
    assert ask("today") == ask("today")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["score", "nobody"], "no_client"),
        (["show", "w"], "ambiguous_client"),
        (["today", "--limit", "0"], "usage"),
        (["today", "--limit", "many"], "usage"),
        (["today", "--purpose", "sleep"], "usage"),
        (["segments", "--cuts", "a,b"], "usage"),
    ],
)
def test_refusals(profile: Path, capsys: Told, arguments: list[str], code: str) -> None:
    assert main(["--profile", str(profile), "--json", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert json.loads(captured.err)["error"] == code


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_people_read_aligned_tables(profile: Path, capsys: Told, language: str) -> None:
    for arguments in (["today"], ["clients", "zw"], ["segments"], ["score", "周文敏"], ["show", "周文敏"], ["doctor"]):
        assert main(["--profile", str(profile), "--date", DAY, "--lang", language, *arguments]) == 0
        captured = capsys.readouterr()
        assert captured.out.strip()
        assert captured.err == ""


def test_columns_are_aligned_by_what_is_seen(profile: Path, capsys: Told) -> None:
    main(["--profile", str(profile), "--date", DAY, "--lang", "en", "clients", "zw"])
    lines = capsys.readouterr().out.splitlines()
    column = width(lines[0][: lines[0].index("Reading")])
    for line in lines[1:]:
        seen = 0
        for place, sign in enumerate(line):
            if seen == column:
                assert line[place].isupper()
                assert line[place - 1] == " "
                break
            seen += width(sign)


def test_doctor_answers_also_where_there_is_no_profile(tmp_path: Path, capsys: Told) -> None:
    assert main(["--profile", str(tmp_path / "none"), "--json", "doctor"]) == 0
    assert json.loads(capsys.readouterr().out)["ok"]


def test_clients_without_a_name_are_told_by_their_number(profile: Path, tmp_path: Path, capsys: Told) -> None:
    folder = demo.copied(profile, tmp_path / "nameless")
    store = open_demo(folder)
    build.perform(store, lambda work: work.bulk("UPDATE client SET name = ''", topics=()))
    store.close()
    assert main(["--profile", str(folder), "--date", DAY, "--lang", "en", "today", "--limit", "3"]) == 0
    row = capsys.readouterr().out.splitlines()[3].split()
    assert row[0] == "1"
    assert row[1].isalnum()
    assert any(sign.isdigit() for sign in row[1])
