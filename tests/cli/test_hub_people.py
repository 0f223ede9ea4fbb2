"""People, desks and hand-overs from the console of the hub."""

from __future__ import annotations

import json
from typing import Any

import pytest

from rmdesk.cli.hub_people import PASSWORD
from rmdesk.cli.main import main
from rmdesk.hub.services import founding
from tests.support.hub import SECRET, HubUnderTest


@pytest.fixture
def at_hub(hub: HubUnderTest, monkeypatch: pytest.MonkeyPatch) -> HubUnderTest:
    """The environment names the hub."""
    monkeypatch.setenv("RMDESK_HUB_DATABASE_URL", hub.app_dsn)
    monkeypatch.setenv("RMDESK_HUB_SECRET", SECRET)
    monkeypatch.setenv(PASSWORD, "梧桐 wind 七 lantern")
    monkeypatch.setenv("USER", "keeper")
    return hub


def told(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> Any:
    done = main(["hub", *words, "--json"])
    shown = capsys.readouterr()
    assert done == status, shown
    return json.loads(shown.out or shown.err)


def test_somebody_new_gets_a_book_and_can_be_shut_out(at_hub: HubUnderTest, capsys: pytest.CaptureFixture[str]) -> None:
    told(capsys, "user", "team", "三组")
    told(capsys, "user", "add", "Qian", "--full-name", "钱七", "--team", "三组")
    found = told(capsys, "user", "book", "钱七的客户", "--owner", "qian", "--number", "RM-qian")
    qian = next(one for one in found["users"] if one["login"] == "qian")
    assert (qian["name"], qian["role"], found["teams"][qian["team"]], len(qian["books"])) == (
        "钱七",
        "manager",
        "三组",
        1,
    )
    off = told(capsys, "user", "off", "qian")
    assert not next(one for one in off["users"] if one["login"] == "qian")["active"]
    assert told(capsys, "user", "add", "qian", "--team", "三组", status=2)["error"] == "taken"
    assert told(capsys, "user", "off", "nobody", status=2)["error"] == "not_found"


def test_a_weak_password_is_refused(at_hub: HubUnderTest, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setenv(PASSWORD, "password1234")
    assert told(capsys, "user", "add", "x", "--team", "一组", status=2)["error"] == "password_weak"


def test_a_desk_is_approved_and_revoked(at_hub: HubUnderTest, capsys: pytest.CaptureFixture[str]) -> None:
    device = founding.add_device(at_hub.core.database, at_hub.people.wang.id, "laptop", "asked")
    for action, status in (("approve", "active"), ("retire", "retired"), ("wipe", "wipe")):
        found = told(capsys, "device", action, device)
        assert next(one for one in found["devices"] if one["id"] == device)["status"] == status
    assert main(["--lang", "en", "hub", "device", "list"]) == 0
    assert "laptop" in capsys.readouterr().out


def test_a_hand_over_asked_here_is_confirmed_by_somebody_else(
    at_hub: HubUnderTest, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with at_hub.core.database.transaction() as connection:
        client = founding.add_client(connection, "0007", at_hub.people.wang.book)
    asked = told(capsys, "handover", "ask", "0007", "--to", "RM-li", "--reason", "调岗")["handovers"]
    assert [(one["client"], one["state"], one["reason"]) for one in asked] == [(client, "asked", "调岗")]
    batch = asked[0]["batch"]
    assert told(capsys, "handover", "confirm", batch, status=2)["error"] == "dual_control"
    monkeypatch.setenv("USER", "other")
    assert told(capsys, "handover", "confirm", batch)["handovers"][0]["state"] == "done"
    assert [one["client"] for one in told(capsys, "handover", "purges")["purges"]] == [client]
    assert told(capsys, "handover", "aside") == {"aside": []}
    assert told(capsys, "handover", "list")["handovers"][0]["state"] == "done"
    assert told(capsys, "handover", "ask", "9999", "--to", "RM-li", status=2)["error"] == "not_found"
