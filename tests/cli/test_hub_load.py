"""The bank's files from the command line into a hub's books."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rmdesk.cli.main import main
from tests.hub.services.test_bank_load import ACCOUNTS, CLIENTS, table
from tests.support.hub import SECRET, HubUnderTest


@pytest.fixture
def at_hub(hub: HubUnderTest, monkeypatch: pytest.MonkeyPatch) -> HubUnderTest:
    """The environment names the hub."""
    monkeypatch.setenv("RMDESK_HUB_DATABASE_URL", hub.app_dsn)
    monkeypatch.setenv("RMDESK_HUB_SECRET", SECRET)
    return hub


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "files"
    made.mkdir()
    table(made / "c_20261120.csv", CLIENTS, [("0001", "周文敏", "1", "RM-wang"), ("0002", "王小明", "2", "陌生人")])
    table(made / "a_20261120.csv", ACCOUNTS, [("0001", "6222", "CNY", "1.00"), ("0002", "6223", "CNY", "x")])
    return made


def test_a_load_tells_what_became_of_the_books(
    at_hub: HubUnderTest, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["hub", "load", str(folder), "--check", "--json"]) == 0
    checked = json.loads(capsys.readouterr().out)
    assert main(["hub", "load", str(folder), "--json"]) == 0
    done = json.loads(capsys.readouterr().out)
    assert (checked["checked"], checked["load"], done["checked"]) == (True, "", False)
    assert {name: checked[name] for name in ("new", "changed", "unassigned", "books", "as_of")} == {
        name: done[name] for name in ("new", "changed", "unassigned", "books", "as_of")
    }
    assert (done["as_of"], done["unassigned"], done["new"]) == ("2026-11-20", 1, 6)
    assert {one["code"] for one in done["findings"]} == {"row", "unknown_manager"}
    managers = table(tmp_path / "m.csv", ("manager", "book"), [("陌生人", "RM-li")])
    assert main(["--lang", "en", "hub", "load", str(folder), "--managers", str(managers)]) == 0
    out = capsys.readouterr().out
    assert "3 new" in out
    assert "unassigned" not in out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--book", "nobody's"), "no_book"),
        (("--as-of", "yesterday"), "usage"),
        (("--managers", "{folder}/c_20261120.csv"), "mapping"),
    ],
)
def test_what_it_does_not_understand_is_refused(
    at_hub: HubUnderTest, folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: str
) -> None:
    told = [word.format(folder=folder) for word in words]
    assert main(["hub", "load", str(folder), *told, "--json"]) == 2
    told_back = capsys.readouterr()
    assert json.loads(told_back.out or told_back.err)["error"] == code
