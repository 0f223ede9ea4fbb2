"""A joined desk that lost its way in signs in again at a real hub: nothing is lost, the old device is out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rmdesk.base.errors import Known, Refused, Trouble
from rmdesk.services.store.store import Store
from rmdesk.services.sync import lease, rejoining, standing, state
from rmdesk.services.sync.hub_client import HubClient
from rmdesk.services.sync.session import Session
from rmdesk.services.visits.tasks import AddTask
from tests.hub.desks import Desk
from tests.support.hub import HubUnderTest
from tests.support.profiles import MemoryKeyring, using
from tests.support.real_desks import URL, desks, entered, sync


@pytest.fixture(autouse=True)
def keyring() -> Iterator[MemoryKeyring]:
    with using(MemoryKeyring()) as made:
        yield made


@pytest.fixture
def store(hub: HubUnderTest, template: Path, tmp_path: Path) -> Iterator[Store]:
    """Wang's desk, joined and in step."""
    with desks(hub, template, tmp_path) as desk_of:
        made = desk_of(hub.people.wang)
        sync(hub, made)
        yield made


def statuses(hub: HubUnderTest) -> dict[str, str]:
    with hub.core.database.transaction() as connection:
        return dict(connection.execute("SELECT id, status FROM device").fetchall())


def device(store: Store) -> str:
    return str(store.read(lambda reads: state.get(reads, "device")))


def texts(store: Store) -> list[str]:
    return sorted(str(row[0]) for row in store.read(lambda reads: reads.rows("SELECT text FROM task")))


def at_hub(hub: HubUnderTest, person: Any) -> list[str]:
    """The tasks as a desk of its own hears them."""
    desk = Desk(hub, person)
    desk.pull(f"book:{person.book}", f"own:{person.id}")
    return sorted(str(row.fields["text"]) for row in desk.rows.values() if row.type == "task" and not row.deleted)


def approved(hub: HubUnderTest, store: Store) -> None:
    new = store.read(lambda reads: state.get(reads, "rejoin"))["device"]
    assert hub.client(hub.people.chen).post(f"/v1/devices/{new}/approve").status_code == 200


def test_after_a_wiped_keyring_a_desk_joins_anew_and_nothing_is_lost(
    hub: HubUnderTest, store: Store, keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = device(store)
    store.perform(AddTask("taken, and the answer lost"))
    real = HubClient.push

    def cut(client: HubClient, body: bytes) -> Any:
        real(client, body)
        raise Trouble("cut", code="hub_unreachable")

    monkeypatch.setattr(HubClient, "push", cut)
    with pytest.raises(Trouble):
        sync(hub, store)
    monkeypatch.setattr(HubClient, "push", real)
    store.perform(AddTask("noted after it"))
    keyring.kept.clear()
    with pytest.raises(Trouble) as lost:
        sync(hub, store)
    assert lost.value.code == "desk_key_gone"
    shown = store.read(standing.where)
    assert shown is not None
    assert shown.line.shut
    assert rejoining.sign_in(store, entered(hub, hub.people.wang), "laptop", hub.transport) == "asked"
    with pytest.raises(Refused) as waits:
        rejoining.finish(store, hub.transport)
    assert waits.value.code == "waiting"
    assert rejoining.sign_in(store, entered(hub, hub.people.wang), "laptop", hub.transport) == "asked"  # no third one
    approved(hub, store)
    assert rejoining.finish(store, hub.transport) == 2
    assert statuses(hub)[old] == "revoked"
    assert statuses(hub)[device(store)] == "active"
    report = sync(hub, store)
    assert (report.refused, report.kept_both) == (0, 0)
    told = ["noted after it", "taken, and the answer lost"]
    assert texts(store) == at_hub(hub, hub.people.wang) == told  # each once
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM sync_record WHERE state <> 'clean'")) == 0
    assert store.read(lease.closed) is None
    shown = store.read(standing.where)
    assert shown is not None
    assert not shown.line.shut


def test_the_old_device_is_out_though_the_line_broke_before_that(
    hub: HubUnderTest, store: Store, keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = device(store)
    keyring.kept.clear()
    rejoining.sign_in(store, entered(hub, hub.people.wang), "laptop", hub.transport)
    approved(hub, store)
    real = HubClient.ask

    def cut(client: HubClient, path: str, *args: Any, **more: Any) -> Any:
        if path.endswith("/revoke"):
            raise Trouble("cut", code="hub_unreachable")
        return real(client, path, *args, **more)

    monkeypatch.setattr(HubClient, "ask", cut)
    rejoining.finish(store, hub.transport)
    assert statuses(hub)[old] == "active"
    monkeypatch.setattr(HubClient, "ask", real)
    sync(hub, store)
    assert statuses(hub)[old] == "revoked"
    assert store.read(lambda reads: state.get(reads, "replaces")) is None


def test_a_desk_that_was_shut_out_comes_back_as_a_new_one(hub: HubUnderTest, store: Store) -> None:
    store.perform(AddTask("meanwhile"))
    hub.client(hub.people.chen).post(f"/v1/devices/{device(store)}/revoke")
    with pytest.raises(Refused):
        sync(hub, store)
    assert rejoining.sign_in(store, entered(hub, hub.people.wang), "laptop", hub.transport) == "asked"
    approved(hub, store)
    rejoining.finish(store, hub.transport)
    sync(hub, store)
    assert at_hub(hub, hub.people.wang) == ["meanwhile"]


def test_somebody_who_was_signed_out_signs_in_again_as_the_same_device(hub: HubUnderTest, store: Store) -> None:
    before = device(store)
    with hub.core.database.transaction() as connection:
        connection.execute("UPDATE refresh_token SET revoked_at = now()")
    assert Session(store, hub.transport).access() == ""
    with pytest.raises(Refused, match="somebody else"):
        rejoining.sign_in(store, entered(hub, hub.people.li), "laptop", hub.transport)
    assert rejoining.sign_in(store, entered(hub, hub.people.wang), "laptop", hub.transport) == "active"
    rejoining.finish(store, hub.transport)
    assert device(store) == before
    sync(hub, store)


def test_a_desk_that_is_to_be_emptied_does_not_come_back_as_another(
    hub: HubUnderTest, store: Store, keyring: MemoryKeyring
) -> None:
    hub.client(hub.people.chen).post(f"/v1/devices/{device(store)}/wipe")
    keyring.kept.clear()
    rejoining.sign_in(store, entered(hub, hub.people.wang), "laptop", hub.transport)
    approved(hub, store)
    with pytest.raises(Known) as told:
        rejoining.finish(store, hub.transport)
    assert told.value.code == "wipe"


def test_another_hub_at_the_same_address_is_refused(hub: HubUnderTest, store: Store) -> None:
    from tests.support import build

    build.perform(store, lambda work: state.put(work, "hub", {"url": URL, "id": "0" * 32, "key": "0" * 64}))
    with pytest.raises(Refused) as told:
        rejoining.sign_in(store, entered(hub, hub.people.wang), "laptop", hub.transport)
    assert told.value.code == "other_hub"
