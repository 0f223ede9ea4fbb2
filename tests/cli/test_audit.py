"""`rmdesk audit`: the log as lines and as JSON, and what is said when it does not hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rmdesk.cli.main import main
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.noting import noted
from rmdesk.services.store import profile, witness
from tests.services.audit.test_writing import run

Told = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A profile whose log has three entries of a session."""
    made = tmp_path / "one"
    store = profile.create(made, who="tester", demo=True)
    noted(store, Act.EXPORT, entity="client", entity_id=7, facts={"rows": 3, "how": "encrypted", "sha256": "ab" * 32})
    noted(store, Act.VIEW, entity="client", entity_id=8)
    noted(store, Act.RULES, entity="setting", entity_id="care.day_length")
    store.close()
    return made


def asked(folder: Path, *more: str) -> int:
    return main(["--profile", str(folder), "--lang", "en", *more])


def test_the_log_is_told_newest_first(folder: Path, capsys: Told) -> None:
    assert asked(folder, "audit", "--limit", "4") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["4", "3", "2", "1"]
    assert "from the command line" in lines[1]
    assert "Rules changed" in lines[2]
    assert "encrypted · 3 records · SHA-256 abababababababab" in lines[4]


def test_the_log_as_json_by_act_and_day(folder: Path, capsys: Told) -> None:
    assert asked(folder, "--json", "audit", "--act", "view") == 0
    (row,) = json.loads(capsys.readouterr().out)["entries"]
    assert (row["seq"], row["who"], row["entity"], row["entity_id"]) == (2, "tester", "client", "8")
    assert asked(folder, "--json", "audit", "--from", "2026-11-22") == 0
    assert json.loads(capsys.readouterr().out)["entries"] == []
    assert asked(folder, "--json", "audit", "--from", "2026-11-21", "--to", "2026-11-21", "--act", "export") == 0
    assert len(json.loads(capsys.readouterr().out)["entries"]) == 1
    assert asked(folder, "audit", "--from", "yesterday") == 2
    capsys.readouterr()
    assert asked(folder, "audit", "--act", "exports") == 2
    assert "unlock, unlock_failed," in capsys.readouterr().err


def test_a_log_that_holds_and_one_that_does_not(folder: Path, capsys: Told) -> None:
    assert asked(folder, "audit", "--verify") == 0
    assert capsys.readouterr().out == "4 entries; the log holds.\n"
    store = profile.open_demo(folder)
    run(store, "DROP TRIGGER audit_entry_stays")
    run(store, "UPDATE audit_entry SET entity_id = '9' WHERE seq = 2")
    store.close()
    assert asked(folder, "audit", "--verify") == 2
    assert "entry 2 was changed afterwards" in capsys.readouterr().out
    assert asked(folder, "--json", "audit", "--verify") == 2
    told = json.loads(capsys.readouterr().out)
    assert (told["holds"], told["first_bad"]) == (False, {"seq": 2, "fault": "edited"})
    (folder / witness.FILE).unlink()
    assert asked(folder, "audit", "--verify") == 2
