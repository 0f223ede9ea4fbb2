"""The hub from the command line, over a PostgreSQL of its own that is kept."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from rmdesk.cli.main import main


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the server's own account reaches, also when root runs the tests."""
    made = Path(tempfile.mkdtemp(prefix="rmhub"))
    made.chmod(0o755)
    yield made / "hub"
    shutil.rmtree(made)


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, object]]:
    status = main(["hub", *words, "--json"])
    told = capsys.readouterr()
    return status, json.loads(told.out or told.err)


def test_a_kept_hub_is_made_looked_at_and_raised(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = ("--embedded", "--data", str(folder))
    assert asked(capsys, "init", *place) == (0, {"schema": "0002"})
    status, told = asked(capsys, "doctor", *place)
    assert (status, [one for one in told["checks"] if not one["well"]]) == (0, [])  # type: ignore[attr-defined]
    assert asked(capsys, "epoch", *place) == (0, {"epoch": 1})
    assert asked(capsys, "audit", *place) == (0, {"chains": 1, "flaws": [], "digests": [], "desk_logs": []})
    assert (folder / "passwords.json").stat().st_mode & 0o077 == 0
    assert (folder / "secret").stat().st_mode & 0o077 == 0


def test_without_a_database_it_says_what_is_missing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.startswith("RMDESK_HUB_")]:
        monkeypatch.delenv(name)
    status, told = asked(capsys, "doctor")
    assert (status, told["error"]) == (2, "setting")
    monkeypatch.setenv("RMDESK_HUB_DATABASE_URL", "postgresql://nowhere.invalid/x")
    for secret in ("", "short", "changeme-changeme-changeme-changeme", "a" * 40):
        monkeypatch.setenv("RMDESK_HUB_SECRET", secret)
        status, told = asked(capsys, "doctor")
        assert (status, told["field"]) == (2, "secret")
    monkeypatch.setenv("RMDESK_HUB_SECRETT", "x")
    assert asked(capsys, "doctor")[1]["field"] == "secrett"
