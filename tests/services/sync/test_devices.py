"""The devices one looks after: asked of the hub with the desk's own access, new ones first."""

from __future__ import annotations

from typing import Any

import httpx
import msgspec
import pytest

from rmdesk.base.errors import Known
from rmdesk.services.store.store import Store
from rmdesk.services.sync import devices
from rmdesk.wire.devices import DeviceRow, DeviceRows
from tests.services.sync.small_hub import answer
from tests.support import team


def told(name: str, status: str) -> DeviceRow:
    return DeviceRow(name * 32, "u", "李文静", f"desk {name}", status, "1", "2026-11-20T08:00:00Z", "", "")


class Hub:
    """Knows three devices, and who shows what."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str]] = []
        self.states = {"a": "revoked", "b": "active", "c": "asked"}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append((request.method, request.url.path, request.headers.get("authorization", "")))
        if request.url.path.endswith("/approve"):
            self.states["c"] = "active"
        if request.url.path.endswith("/revoke"):
            self.states["b"] = "revoked"
        rows = DeviceRows([told(name, status) for name, status in self.states.items()])
        return answer(200, msgspec.json.encode(rows), {"content-type": "application/json"})


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Hub:
    class Shown:
        def __init__(self, *_given: Any) -> None: ...

        def access(self) -> str:
            return "the access"

        def renewed(self, refused: str) -> str:
            return ""

    monkeypatch.setattr(devices, "Session", Shown)
    return Hub()


def test_who_waits_comes_first_and_is_let_in(store: Store, hub: Hub) -> None:
    team.join(store)
    wire = httpx.MockTransport(hub)
    assert [one.status for one in devices.listed(store, wire)] == ["asked", "active", "revoked"]
    assert [one.status for one in devices.approve(store, "c" * 32, wire)] == ["active", "active", "revoked"]
    assert [one.status for one in devices.revoke(store, "b" * 32, wire)] == ["active", "revoked", "revoked"]
    assert {shown for _method, _path, shown in hub.asked} == {"Bearer the access"}
    assert [path for _method, path, _shown in hub.asked][1] == f"/v1/devices/{'c' * 32}/approve"


def test_without_a_hub_there_is_nobody_to_ask(store: Store, hub: Hub) -> None:
    with pytest.raises(Known):
        devices.listed(store, httpx.MockTransport(hub))
    assert hub.asked == []
