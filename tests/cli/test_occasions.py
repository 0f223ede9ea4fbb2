"""Days from one calendar to the other, whole files at once; occasions of a portfolio in the agreed keys."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rmdesk.cli.main import main
from rmdesk.services.occasions import lunar, written
from tests.support import demo

Told = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def demo_profile(made_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo.copied(made_demo, tmp_path_factory.mktemp("profile") / "demo")


@pytest.fixture
def convert(monkeypatch: pytest.MonkeyPatch, capsys: Told) -> Any:
    """Runs `lunar -` over lines; gives the status, what was written and what was told."""

    def run(lines: list[str], *more: str) -> tuple[int, list[str], str]:
        fed = io.TextIOWrapper(io.BytesIO("\n".join(lines).encode()))
        monkeypatch.setattr("sys.stdin", fed)
        status = main(["--lang", "en", "lunar", "-", *more])
        captured = capsys.readouterr()
        return status, captured.out.splitlines(), captured.err

    return run


def test_the_observatory_agrees_in_both_directions(convert: Any, shared_data: Path) -> None:
    with (shared_data / "lunar" / "hko_gregorian_lunar_sample_1940_2030_by_10.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    pairs = [
        (
            row["gregorian"],
            f"{row['lunar_year']}-{int(row['lunar_month']):02}-{int(row['lunar_day']):02}"
            + ("L" if row["leap"] == "1" else ""),
        )
        for row in rows
    ]
    assert len(pairs) > 3600
    expected = [f"{solar}\t{moon}" for solar, moon in pairs]
    assert convert([solar for solar, _moon in pairs]) == (0, expected, "")
    assert convert([f"L {moon}" for _solar, moon in pairs]) == (0, expected, "")


def test_the_edges_leap_months_and_thirtieth_days(convert: Any) -> None:
    given = ["1901-01-01", "2100-12-31", "L 2025-06-30L", "L 2026-12-30", "L 1900-11-11", "L 2033-11-01L"]
    status, out, err = convert(given)
    assert status == 2  # neither leap month 6 of 2025 nor month 12 of 2026 has a 30th day
    assert out == [
        "1901-01-01\t1900-11-11", "2100-12-31\t2100-12-01", "1901-01-01\t1900-11-11", "2033-12-22\t2033-11-01L",
    ]  # fmt: skip
    assert [line.split(":")[0] for line in err.splitlines()] == ["Line 3", "Line 4"]


def test_every_leap_month_there_and_back(convert: Any) -> None:
    days = [
        f"{year}-{lunar.leap_month(year):02}-{lunar.month_length(year, lunar.leap_month(year), True):02}L"
        for year in range(1901, 2100)
        if lunar.leap_month(year)
    ]
    assert len(days) > 70
    status, out, _err = convert([f"L {day}" for day in days])
    assert status == 0
    assert [line.split("\t")[1] for line in out] == days
    status, again, _err = convert([line.split("\t")[0] for line in out])
    assert again == out


@pytest.mark.parametrize(
    "line",
    ["2026-02-30", "L 2026-06-01L", "L 2026-13-01", "L 2026-01-31", "hello", "2026-1-5", "2026-06-01L", "1850-01-01",
     "L 2150-01-01", "２０２６-01-01", "2026-01-01 x", "0000-01-01"],
)  # fmt: skip
def test_a_bad_line_is_told_and_the_others_are_written(convert: Any, line: str) -> None:
    status, out, err = convert(["2026-11-21", line, "", "L 2026-10-13"])
    assert status == 2
    assert out == ["2026-11-21\t2026-10-13"] * 2
    assert err.startswith("Line 2: ")
    assert len(err.splitlines()) == 1


def test_json_tells_both(convert: Any) -> None:
    status, out, err = convert(["2026-11-21", "x"], "--json")
    assert (status, err) == (2, "")
    data = json.loads(out[0])
    assert data["days"] == [{"solar": "2026-11-21", "lunar": "2026-10-13"}]
    assert data["wrong"][0]["line"] == 2


def test_days_named_on_the_command_line(capsys: Told) -> None:
    assert main(["lunar", "2026-11-21", "L", "2025-06-01L"]) == 0
    assert capsys.readouterr().out == "2026-11-21\t2026-10-13\n2025-07-25\t2025-06-01L\n"


def test_no_profile_is_told_clearly(tmp_path: Path, capsys: Told) -> None:
    assert main(["--profile", str(tmp_path / "none"), "--lang", "en", "occasions", "--json"]) == 2
    assert json.loads(capsys.readouterr().err)["error"] == "no_profile"


@pytest.mark.parametrize(
    "given", [("--from", "2026-02-30"), ("--to", "soon"), ("--from", "2026-12-01", "--to", "2026-11-01")]
)
def test_bad_days_are_refused(given: tuple[str, ...], capsys: Told) -> None:
    assert main(["--lang", "en", "occasions", *given, "--json"]) == 2
    assert json.loads(capsys.readouterr().err)["error"] == "usage"


def test_occasions_of_the_demo(demo_profile: Path, capsys: Told) -> None:
    given = ["--profile", str(demo_profile), "--date", "2026-11-21", "--lang", "en", "occasions"]
    assert main([*given, "--from", "2026-11-21", "--to", "2026-12-20", "--json"]) == 0
    items = json.loads(capsys.readouterr().out)["items"]
    assert len(items) > 30
    assert all({"date", "client", "name", "kind", "calendar", "age"} <= item.keys() for item in items)
    assert [item["date"] for item in items] == sorted(item["date"] for item in items)
    assert {"solar", "lunar"} == {item["calendar"] for item in items}
    assert all("2026-11-21" <= item["date"] <= "2026-12-20" for item in items)
    told = [item for item in items if item["name"] == "周文敏" and item["kind"] == "birthday"]
    assert [(item["date"], item["calendar"]) for item in told] == [("2026-11-24", "lunar")]
    assert told[0]["lunar"] == written.code_of(date(2026, 11, 24))
    assert main([*given, "--to", "2026-11-25"]) == 0
    assert "周文敏" in capsys.readouterr().out
