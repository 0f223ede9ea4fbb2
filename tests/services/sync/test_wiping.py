"""Case 17: only a genuine order of this desk's hub wipes it; the keys go first, then every file; the hub hears once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from rmdesk.base import clock
from rmdesk.base.errors import Refused, Trouble
from rmdesk.hub.services import orders
from rmdesk.hub.signing import Signer, new_key, sealed
from rmdesk.services.store import access, backup, key_file, profile
from rmdesk.services.store.store import Store
from rmdesk.services.sync import login, state, wiping
from rmdesk.services.sync.engine import sync_round
from rmdesk.services.sync.hub_client import HubClient
from rmdesk.services.sync.session import Session
from rmdesk.services.sync.wiping import WipedHere
from rmdesk.services.visits.tasks import AddTask
from tests.services.sync.test_login import PASSWORD, URL, approve, give_password
from tests.support.hub import HubUnderTest
from tests.support.profiles import PASSPHRASE, PIN, MemoryKeyring, using


@pytest.fixture(autouse=True)
def keyring() -> Iterator[MemoryKeyring]:
    with using(MemoryKeyring()) as made:
        yield made


@pytest.fixture
def desk(hub: HubUnderTest, tmp_path: Path, keyring: MemoryKeyring) -> Iterator[Store]:
    """Wang's desk: a whole profile with keyring, key file, backup; joined."""
    store = profile.create(tmp_path / "profile", who="王一", pin=PIN)
    access.set_passphrase(store, PASSPHRASE)
    give_password(hub, hub.people.wang)
    entered = login.with_password(URL, "wang", PASSWORD, hub.transport)
    login.register(store, URL, entered, "laptop", hub.transport)
    approve(hub, store.read(lambda reads: state.get(reads, "enrolment"))["device"])
    login.join(store, hub.transport)
    backup.make(store)
    (store.folder / "logs").mkdir()
    (store.folder / "logs" / "rmdesk.log").write_text("x", encoding="utf-8")
    yield store
    store.close()


def round_of(hub: HubUnderTest, store: Store, transport: httpx.BaseTransport | None = None) -> Any:
    with HubClient(URL, Session(store, hub.transport), transport or hub.transport) as client:
        return sync_round(store, client)


def device_of(store: Store) -> str:
    return str(store.read(lambda reads: state.get(reads, "device")))


def command(hub: HubUnderTest, store: Store, what: str) -> None:
    assert hub.client(hub.people.chen).post(f"/v1/devices/{device_of(store)}/{what}").status_code == 200


def status(hub: HubUnderTest, device: str) -> str:
    with hub.core.database.transaction() as connection:
        row = connection.execute("SELECT status FROM device WHERE id = %s", (device,)).fetchone()
    return str(row[0]) if row else ""


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")


def test_case_17_a_genuine_order_removes_everything_and_is_told_once(
    hub: HubUnderTest, desk: Store, keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_of(hub, desk)
    device, order = device_of(desk), []
    real = wiping._gone
    monkeypatch.setattr(wiping, "_gone", lambda path: (order.append((path.name, len(keyring.kept))), real(path))[1])
    command(hub, desk, "wipe")
    with pytest.raises(WipedHere):
        round_of(hub, desk)
    assert left(desk.folder) == []
    assert keyring.kept == {}
    # The keyring first, then the key file, then the data and all else.
    assert [name for name, _kept in order[:2]] == [key_file.FILE, key_file.SPARE]
    assert {kept for _name, kept in order} == {0}
    assert order[2][0].startswith("rmdesk.db")
    assert status(hub, device) == "wiped"
    with pytest.raises(Trouble):
        desk.reader()


def test_case_17_orders_that_are_not_for_this_desk_are_refused(hub: HubUnderTest, desk: Store, tmp_path: Path) -> None:
    round_of(hub, desk)
    before, now = left(desk.folder), clock.now()
    device, signer = device_of(desk), hub.core.signer
    genuine = orders.wipe(signer, hub.core.id, device, now)
    other_hub = orders.wipe(signer, "f" * 32, device, now)
    replayed = orders.wipe(signer, hub.core.id, hub.people.li.device, now)
    forged = orders.wipe(Signer(sealed(new_key(), bytes(32)), bytes(32)), hub.core.id, device, now)
    lease = orders.lease(signer, hub.core.id, hub.people.wang.id, device, 7, now)
    for word in (other_hub, replayed, forged, lease, genuine[:-6] + "AAAAAA", "", "x"):
        told = httpx.MockTransport(
            lambda request, word=word: httpx.Response(
                403, json={"code": "wipe", "order": word}, headers={"content-type": "application/json"}
            )
        )
        with pytest.raises(Refused) as refused:
            round_of(hub, desk, _Raw(told))
        assert refused.value.code == "bad_order"
        assert left(desk.folder) == before
    desk.perform(AddTask("geht weiter", None, None))
    assert round_of(hub, desk).pushed == 1


def test_case_17_an_order_in_the_middle_of_a_round_acts_at_once(hub: HubUnderTest, desk: Store) -> None:
    round_of(hub, desk)
    for number in range(3):
        desk.perform(AddTask(f"Notiz {number}", None, None))

    class Cut(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.path == "/v1/sync/push":
                command(hub, desk, "wipe")
            return hub.transport.handle_request(request)

    device = device_of(desk)
    with pytest.raises(WipedHere):
        round_of(hub, desk, Cut())
    assert (left(desk.folder), status(hub, device)) == ([], "wiped")


def test_a_desk_that_cannot_tell_at_once_tells_later(hub: HubUnderTest, desk: Store) -> None:
    round_of(hub, desk)
    device = device_of(desk)
    command(hub, desk, "wipe")

    class Deaf(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.path.endswith("/wiped"):
                raise httpx.ConnectError("gone")
            return hub.transport.handle_request(request)

    with pytest.raises(WipedHere):
        round_of(hub, desk, Deaf())
    assert left(desk.folder) == [wiping.UNTOLD]
    kept = json.loads((desk.folder / wiping.UNTOLD).read_text(encoding="utf-8"))
    assert set(kept) == {"url", "device", "code", "counts"}
    assert status(hub, device) == "wipe"
    assert wiping.tell(desk.folder, hub.transport)
    assert (left(desk.folder), status(hub, device)) == ([], "wiped")


def test_a_retired_desk_hands_in_its_work_first(hub: HubUnderTest, desk: Store) -> None:
    round_of(hub, desk)
    device = device_of(desk)
    desk.perform(AddTask("zuletzt", None, None))
    command(hub, desk, "retire")
    with pytest.raises(WipedHere):
        round_of(hub, desk)
    assert (left(desk.folder), status(hub, device)) == ([], "wiped")
    with hub.core.database.transaction([f"book:{hub.people.wang.book}"]) as connection:
        row = connection.execute("SELECT fields ->> 'text' FROM record WHERE type = 'task'").fetchone()
    assert row == ("zuletzt",)


class _Raw(httpx.BaseTransport):
    """Gives the answers of another transport as bytes still to come."""

    def __init__(self, inner: httpx.MockTransport) -> None:
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        told = self._inner.handle_request(request)
        return httpx.Response(told.status_code, headers=told.headers, stream=httpx.ByteStream(told.read()))
