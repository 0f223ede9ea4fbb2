"""The command line on the demo portfolio, in the fixed day, in English, with answers as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rmdesk.cli.main import main
from tests.conftest import TODAY
from tests.support import demo


def general(folder: Path) -> list[str]:
    """What stands before every command."""
    return ["--profile", str(folder), "--date", TODAY.isoformat(), "--lang", "en", "--json"]


@pytest.fixture(scope="module")
def profile(made_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo profile for a file of tests that only ask."""
    return demo.copied(made_demo, tmp_path_factory.mktemp("profile") / "demo")


@pytest.fixture
def ask(profile: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Asks it; all must be well."""

    def answer(*words: str) -> Any:
        assert main([*general(profile), *words]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        return json.loads(out)

    return answer


@pytest.fixture
def run(made_demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs a command on a demo profile of the test's own, `tmp_path / "p"`; gives the status and the JSON."""
    folder = demo.copied(made_demo, tmp_path / "p")

    def go(*words: str) -> tuple[int, Any]:
        status = main([*general(folder), *words])
        out, err = capsys.readouterr()
        return status, json.loads(out or err)

    return go
