"""`rmdesk privacy retention` tells, then removes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rmdesk.cli.main import main
from rmdesk.models.files import Draft
from rmdesk.services.store import profile
from tests.support.build import perform


def test_it_tells_first_and_removes_then(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = profile.create(tmp_path / "one", who="tester", demo=True)
    old = Draft(form="visit", subject="1", payload={}, saved_at=datetime(2026, 1, 2, tzinfo=UTC))
    perform(store, lambda work: work.add(old))
    store.close()
    given = ["--profile", str(tmp_path / "one"), "--lang", "en"]
    assert main([*given, "privacy", "retention", "--dry-run"]) == 0
    assert "Unfinished texts  2026-08-23      1" in capsys.readouterr().out
    assert main([*given, "--json", "privacy", "retention"]) == 0
    assert json.loads(capsys.readouterr().out) == {"removed": True, "tables": {"draft": 1}}
    assert main([*given, "privacy", "retention"]) == 0
    assert capsys.readouterr().out == "Nothing is due.\n"
