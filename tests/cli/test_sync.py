"""`join`, `leave` and `sync` on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rmdesk.cli.main import main
from rmdesk.services.store import profile
from rmdesk.services.sync import address
from tests.conftest import TODAY
from tests.services.sync.small_hub import Desk, SmallHub, joined
from tests.support import demo


@pytest.fixture
def run(made_demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs a command on a demo profile, gives the status and the JSON."""
    folder = ["--profile", str(tmp_path / "p"), "--date", TODAY.isoformat(), "--lang", "en", "--json"]
    demo.copied(made_demo, tmp_path / "p")

    def go(*words: str) -> tuple[int, Any]:
        status = main([*folder, *words])
        out, err = capsys.readouterr()
        return status, json.loads(out or err)

    return go


def test_without_a_hub_it_says_so(run: Any) -> None:
    for words in (("sync",), ("sync", "status"), ("leave",)):
        status, told = run(*words)
        assert (status, told["error"]) == (2, "no_hub")


@pytest.mark.parametrize("url", ["nothing", "http://elsewhere.example"])
def test_a_wrong_address_is_refused_before_a_password_is_asked_for(run: Any, url: str) -> None:
    status, told = run("join", url, "--user", "wang")
    assert (status, told["field"]) == (2, "url")


def test_a_round_and_how_it_stands(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hub = SmallHub()
    store = profile.open_demo(tmp_path / "p")
    desk = joined(hub, hub.person("王一"), store)
    store.close()
    monkeypatch.setattr(address, "connect", lambda opened: Desk(hub, opened, desk.device).client())
    status, told = run("sync", "status")
    assert status == 0
    assert (told["name"], told["role"], told["last"]) == ("王一", "manager", "")
    waiting = told["waiting"]
    status, told = run("sync")
    assert status == 0
    assert told["pushed"] == waiting > 100
    status, told = run("sync", "status")
    assert (told["waiting"], told["error"]) == (0, "")
    assert told["last"]
    status, told = run("leave")
    assert (status, told) == (0, {"unheard": 0})
