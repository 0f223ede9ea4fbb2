"""`join`, `leave` and `sync` on the command line."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rmdesk.base import clock, paths
from rmdesk.services.store import profile
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync import address, state
from tests.services.sync.small_hub import Desk, SmallHub, joined
from tests.services.sync.test_lease import DEVICE, HUB, PUBLIC, word
from tests.shape.tried.trial import FEWER
from tests.support import build


def test_without_a_hub_it_says_so(run: Any) -> None:
    for words in (("sync",), ("sync", "status"), ("leave",), ("rejoin", "--user", "wang")):
        status, told = run(*words)
        assert (status, told["error"]) == (2, "no_hub")


@pytest.mark.parametrize("url", ["nothing", "http://elsewhere.example"])
def test_a_wrong_address_is_refused_before_a_password_is_asked_for(run: Any, url: str) -> None:
    status, told = run("join", url, "--user", "wang")
    assert (status, told["field"]) == (2, "url")


def test_the_address_is_that_of_the_policy_unless_one_is_given(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "policies", lambda: tmp_path)
    assert run("join", "--user", "wang")[1]["message"] == "This is no address of a hub."
    (tmp_path / "policy.toml").write_text('[hub]\naddress = "http://elsewhere.example"\n')
    assert run("join", "--user", "wang")[1]["message"] == "A hub is only talked to over https."
    assert run("join", "nothing", "--user", "wang")[1]["message"] == "This is no address of a hub."


def test_a_round_and_how_it_stands(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hub = SmallHub()
    store = profile.open_demo(tmp_path / "p")
    build.perform(store, lambda work: [work.bulk(sql, topics=()) for sql in FEWER])
    desk = joined(hub, hub.person("王一"), store)
    store.close()
    monkeypatch.setattr(address, "connect", lambda opened: Desk(hub, opened, desk.device).client())
    status, told = run("sync", "status")
    assert status == 0
    assert (told["name"], told["role"], told["last"]) == ("王一", "manager", "")
    waiting = told["waiting"]
    status, told = run("sync")
    assert status == 0
    assert told["pushed"] == waiting > 100  # all that waited, each once
    status, told = run("sync", "status")
    assert (told["waiting"], told["error"]) == (0, "")
    assert told["last"]
    status, told = run("leave")
    assert (status, told) == (0, {"unheard": 0})


def test_a_desk_that_was_away_too_long_is_shut_until_it_has_synchronised(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = profile.open_demo(tmp_path / "p")
    lease_of(store, clock.unfixed() - timedelta(days=8))
    store.close()
    out = str(tmp_path / "out")
    for words in (
        ("clients",), ("leave", "--anyway"), ("differences",), ("--date", "2026-11-14", "clients"),
        ("key", "export", out), ("key", "recovery", "--to", out),
    ):  # fmt: skip
        status, told = run(*words)
        assert (status, told["error"]) == (2, "expired"), words
    assert not (tmp_path / "out").exists()
    assert run("sync", "status")[0] == 0
    assert run("doctor")[0] == 0
    store = profile.open_demo(tmp_path / "p")
    lease_of(store, clock.unfixed())
    store.close()
    clock.fix(None)
    monkeypatch.setattr(clock, "fix", lambda _day: None)  # a day of the past would be a clock that was set back
    assert run("clients", "--limit", "1")[0] == 0


def lease_of(store: Store, at: datetime) -> None:
    """The desk follows a hub and got its lease then."""

    def work(unit: UnitOfWork) -> None:
        unit.bulk("UPDATE sync_control SET joined = 1", topics=())
        state.put(unit, "hub", {"url": "https://hub", "id": HUB, "key": PUBLIC})
        state.put(unit, "device", DEVICE)
        state.put(unit, "lease", word(at))
        state.put(unit, "time", {name: at.isoformat() for name in ("hub_at", "desk_at", "mark")})

    build.perform(store, work)
