"""`demo --json` fills a new profile, and never touches one with real data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rmdesk.cli.main import main
from rmdesk.services.store import profile


def test_a_new_profile_is_filled(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "demo"
    assert main(["--profile", str(folder), "--date", "2026-11-21", "demo", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"profile": str(folder), "demo": True, "clients": 486}
    store = profile.open_demo(folder)
    assert store.read(lambda reads: reads.value("SELECT max(as_of) FROM client")) == "2026-11-20"
    store.close()
    assert main(["--profile", str(folder), "demo", "--json"]) == 2
    assert json.loads(capsys.readouterr().err)["error"] == "profile_exists"
    assert main(["--profile", str(folder), "--date", "2027-02-01", "demo", "--json", "--fresh"]) == 0
    store = profile.open_demo(folder)
    assert store.read(lambda reads: reads.value("SELECT max(as_of) FROM client")) == "2027-01-31"
    store.close()


@pytest.mark.parametrize("fresh", [[], ["--fresh"]])
def test_a_profile_with_real_data_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], fresh: list[str]
) -> None:
    profile.create(tmp_path / "real", who="tester", passphrase="correct-horse-Battery-9").close()
    assert main(["--profile", str(tmp_path / "real"), "demo", "--json", *fresh]) == 2
    assert json.loads(capsys.readouterr().err)["error"] == "not_a_demo"
    assert profile.describe(tmp_path / "real").exists
