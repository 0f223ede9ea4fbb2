"""Case 35: the bank's way back. A desk hands in its sealed key, two administrators fetch it, the holder of the private
half opens it, and the desk takes a new PIN with all that was never told to the hub.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rmdesk.base.errors import Refused
from rmdesk.cli import escrow as escrow_cli
from rmdesk.cli import hub_escrow
from rmdesk.cli.main import main
from rmdesk.hub import inspecting
from rmdesk.hub.services import escrow as at_the_hub
from rmdesk.services.store import access, escrow, profile, recovery_code, rekey
from rmdesk.services.store.store import Store
from rmdesk.services.sync import escrowing, state
from rmdesk.services.sync.engine import sync_round
from rmdesk.services.sync.hub_client import HubClient
from rmdesk.services.sync.session import Session
from rmdesk.services.visits.tasks import AddTask
from rmdesk.wire import signed
from tests.services.sync.test_login import PASSWORD, URL, give_password, joined
from tests.support import profiles
from tests.support.hub import SECRET, HubUnderTest, Person
from tests.support.profiles import PIN, MemoryKeyring

NEW = "280461"


@pytest.fixture(autouse=True)
def keyring() -> Iterator[MemoryKeyring]:
    with profiles.using(MemoryKeyring()) as made, profiles.cheap():
        yield made


@pytest.fixture
def bank(tmp_path: Path, hub: HubUnderTest) -> Path:
    """The bank's private key; its public half is told to the hub."""
    file = tmp_path / "bank.pem"
    _set(hub, escrow.make_pair(file, PASSWORD))
    return file


@pytest.fixture
def desk(hub: HubUnderTest, tmp_path: Path) -> Iterator[Store]:
    store = profile.create(tmp_path / "profile", who="王一", pin=PIN)
    joined(hub, store)
    yield store
    store.close()


def _set(hub: HubUnderTest, key: str) -> None:
    object.__setattr__(hub.core.settings, "escrow_key", key)


def round_of(hub: HubUnderTest, store: Store) -> Any:
    with HubClient(URL, Session(store, hub.transport), hub.transport) as client:
        return sync_round(store, client)


def boxes(hub: HubUnderTest) -> int:
    with hub.core.database.transaction(reading=True) as connection:
        row = connection.execute("SELECT count(*) FROM device WHERE escrow IS NOT NULL").fetchone()
    return int(row[0]) if row else 0


def second_administrator(hub: HubUnderTest) -> Person:
    from rmdesk.hub.services import founding

    user = founding.add_user(hub.core.database, "second", "管五", "administrator", None)
    device = founding.add_device(hub.core.database, user, "second-desk")
    return Person(user, "管五", "administrator", "", device, "", "second")


def actions(hub: HubUnderTest) -> list[str]:
    with hub.core.database.transaction([hub.core.scope], reading=True) as connection:
        rows = connection.execute("SELECT action FROM audit WHERE scope_id = %s ORDER BY no", (hub.core.scope,))
        return [str(row[0]) for row in rows]


def test_case_35_the_escrow_drill_from_a_lost_keyring_to_a_new_pin(
    hub: HubUnderTest, bank: Path, desk: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    round_of(hub, desk)
    assert desk.read(escrowing.since)
    desk.perform(AddTask("never told to the hub"))
    device = str(desk.read(lambda reads: state.get(reads, "device")))
    desk.close()
    for who in (hub.people.admin, second_administrator(hub)):
        give_password(hub, who)
    monkeypatch.setenv("RMDESK_HUB_DATABASE_URL", hub.app_dsn)
    monkeypatch.setenv("RMDESK_HUB_SECRET", SECRET)
    for name in (hub_escrow.FIRST, hub_escrow.SECOND, escrow_cli.PASSWORD):
        monkeypatch.setenv(name, PASSWORD)
    box, key = str(tmp_path / "box.json"), str(tmp_path / "desk.key")
    words = ["hub", "escrow", device, "--first", "admin", "--second", "second", "--reason", "laptop", "--to", box]
    assert main([*words, "--json"]) == 0, capsys.readouterr()
    assert json.loads(capsys.readouterr().out)["device"] == device
    assert main(["escrow", "open", box, "--private", str(bank), "--to", key, "--json"]) == 0, capsys.readouterr()
    with profiles.using(MemoryKeyring()):  # a new system, an empty keyring
        store = profile.open_with_key_file(tmp_path / "profile", Path(key))
        access.set_pin(store, NEW)
        store.close()
        store = profile.open_with_pin(tmp_path / "profile", NEW)
        assert store.read(lambda reads: reads.value("SELECT count(*) FROM task WHERE text = 'never told to the hub'"))
        store.close()
    assert [one for one in actions(hub) if one.startswith("escrow")] == ["escrow_kept", "escrow_taken"]
    assert inspecting.flaws(hub.core)[1] == []


def test_without_a_recovery_key_nothing_is_handed_in(hub: HubUnderTest, desk: Store) -> None:
    round_of(hub, desk)
    assert not desk.read(escrowing.since)
    assert boxes(hub) == 0


def test_it_is_handed_in_once_and_again_for_another_key(
    hub: HubUnderTest, bank: Path, desk: Store, tmp_path: Path
) -> None:
    for _ in range(2):
        round_of(hub, desk)
    assert actions(hub).count("escrow_kept") == 1
    _set(hub, escrow.make_pair(tmp_path / "next.pem", PASSWORD))
    round_of(hub, desk)
    assert actions(hub).count("escrow_kept") == 2
    desk.close()
    rekey.rekey(desk.folder, code=recovery_code.make(), pin=PIN)
    desk = profile.open_with_pin(desk.folder, PIN)  # under a new data key: the older box opens nothing
    round_of(hub, desk)
    assert actions(hub).count("escrow_kept") == 3
    _set(hub, "")
    round_of(hub, desk)
    assert not desk.read(escrowing.since)
    facts = desk.read(lambda reads: reads.rows("SELECT facts FROM audit_entry WHERE act = 'keys' ORDER BY seq"))
    desk.close()
    assert ["escrow_ended" in row[0] for row in facts] == [False, False, False, True]


def test_a_recovery_key_that_the_hub_did_not_sign_is_not_used(hub: HubUnderTest, desk: Store) -> None:
    word = signed.joined(signed.said("escrow", {"hub": hub.core.id, "key": "ab" * 32}), b"x" * 64)
    with HubClient(URL, Session(desk, hub.transport), hub.transport) as client:
        with pytest.raises(Refused, match="not genuine"):
            escrowing.give(desk, client, word, "0" * 32)
        other = hub.core.signer.sign("escrow", {"hub": "another", "key": "ab" * 32})
        with pytest.raises(Refused, match="not genuine"):
            escrowing.give(desk, client, other, "0" * 32)
    assert boxes(hub) == 0


def test_a_desk_hands_in_for_itself_only_and_for_the_banks_key_only(hub: HubUnderTest, bank: Path) -> None:
    people, key = hub.people, hub.core.settings.escrow_key
    client = hub.client(people.wang)
    told = {"device": people.wang.device, "key": key, "sealed": "cd" * 108}
    assert client.post("/v1/escrow", json={**told, "device": people.li.device}).status_code == 403
    assert client.post("/v1/escrow", json={**told, "key": "ab" * 32}).status_code == 422
    assert client.post("/v1/escrow", json={**told, "sealed": "cd"}).status_code == 422
    assert boxes(hub) == 0
    assert client.post("/v1/escrow", json=told).status_code == 204
    assert boxes(hub) == 1
    for path in ("/v1/devices", "/v1/admin/audit"):
        assert "cd" * 108 not in hub.client(people.admin).get(path).text


def test_it_takes_two_administrators_and_a_reason(hub: HubUnderTest, bank: Path, desk: Store) -> None:
    round_of(hub, desk)
    device = str(desk.read(lambda reads: state.get(reads, "device")))
    for who in (hub.people.admin, hub.people.chen, second_administrator(hub)):
        give_password(hub, who)
    admin, second, lead = ("admin", PASSWORD), ("second", PASSWORD), ("chen", PASSWORD)
    for first, other, reason, code in (
        (admin, admin, "x", "dual_control"),
        (admin, second, "  ", "dual_control"),
        (admin, lead, "x", "sign_in"),
        (admin, ("second", "wrong"), "x", "sign_in"),
        (("nobody", PASSWORD), second, "x", "sign_in"),
    ):
        with pytest.raises(Refused) as refused:
            at_the_hub.taken(hub.core, device, first, other, reason)
        assert refused.value.code == code
    with pytest.raises(Refused, match="no sealed key"):
        at_the_hub.taken(hub.core, hub.people.li.device, admin, second, "x")
    assert "escrow_taken" not in actions(hub)
    assert actions(hub).count("escrow_refused") == 3
    assert at_the_hub.taken(hub.core, device, admin, second, "x").device == device
