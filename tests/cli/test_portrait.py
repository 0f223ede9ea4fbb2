"""`profile` tells what is known of a client, and writes a copy for them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rmdesk.cli.main import main

Told = pytest.CaptureFixture[str]
DAY = "2026-11-21"


def answer(profile: Path, capsys: Told, *arguments: str) -> Any:
    """What the program answers as JSON."""
    assert main(["--profile", str(profile), "--date", DAY, "--json", "--lang", "en", *arguments]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_profile_as_json(profile: Path, capsys: Told) -> None:
    data = answer(profile, capsys, "profile", "zwm")
    assert (data["name"], len(data["blocks"])) == ("周文敏", 9)
    assert {"taste": "taboo", "text": "股票"}.items() <= data["preferences"][-2].items()
    assert data["man"] == {"M": "yes", "A": "yes", "N": "yes"}
    assert data["reach"]["channel"] == "chat"
    assert 0 < data["completeness"] <= 100
    assert all({"field", "text", "stale"} == question.keys() for question in data["questions"])


def test_a_profile_in_words(profile: Path, capsys: Told) -> None:
    assert main(["--profile", str(profile), "--date", DAY, "--lang", "en", "profile", "查秀英"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("查秀英  Profile complete: ")
    assert "+ 养花" in out
    assert "? " in out


def test_a_copy_is_written_and_put_on_record(profile: Path, capsys: Told, tmp_path: Path) -> None:
    data = answer(
        profile, capsys, "profile", "周文敏", "--copy", str(tmp_path), "--plain", "--reason", "asked by the client"
    )
    found = [Path(name) for name in data["files"]]
    assert [path.suffix for path in found] == [".json", ".txt"]
    assert all("龙泉青瓷" in path.read_text(encoding="utf-8") for path in found)
    text = found[1].read_text(encoding="utf-8")
    assert "Month: 2026-10" in text
    assert "account id" not in text
    assert not any("周文敏" in path.name for path in found)


def test_a_folder_that_is_not_there_is_refused(profile: Path, capsys: Told, tmp_path: Path) -> None:
    arguments = ["--profile", str(profile), "--date", DAY, "profile", "周文敏", "--copy", str(tmp_path / "none")]
    assert main(arguments) == 2


def test_the_demo_has_profiles(profile: Path) -> None:
    """Of those the manager knows, most have likes or taboos; some consents were withdrawn."""
    from rmdesk.services.store import profile as profiles

    store = profiles.open_demo(profile)
    try:
        chips = store.read(lambda reads: reads.value("SELECT count(DISTINCT client_id) FROM preference"))
        withdrawn = store.read(lambda reads: reads.value("SELECT count(*) FROM consent WHERE NOT given"))
        old = store.read(
            lambda reads: reads.value("SELECT count(*) FROM kyc_block WHERE confirmed_on < date(?, '-1 year')", (DAY,))
        )
    finally:
        store.close()
    assert chips > 250
    assert withdrawn > 0
    assert old > 50
