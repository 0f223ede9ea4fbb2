"""The devices one looks after: one's own, and a team's for those who lead or administer it. Asks the hub each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmdesk.services.sync import state
from rmdesk.services.sync.hub_client import HubClient
from rmdesk.services.sync.session import Session
from rmdesk.wire.devices import DeviceRow, DeviceRows

if TYPE_CHECKING:
    import httpx

    from rmdesk.services.store.store import Store

ASKED, ACTIVE, REVOKED = "asked", "active", "revoked"


def listed(store: Store, transport: httpx.BaseTransport | None = None) -> tuple[DeviceRow, ...]:
    """The devices, those that wait for approval first; Trouble without a network."""
    with _client(store, transport) as client:
        return _in_order(client.get("/v1/devices", DeviceRows, signed_in=True))


def approve(store: Store, device: str, transport: httpx.BaseTransport | None = None) -> tuple[DeviceRow, ...]:
    """Let a device in."""
    return _acted(store, device, "approve", transport)


def revoke(store: Store, device: str, transport: httpx.BaseTransport | None = None) -> tuple[DeviceRow, ...]:
    """Shut a device out, as when it is lost; its data go at its next contact when it is wiped (the hub's tool)."""
    return _acted(store, device, "revoke", transport)


def _acted(store: Store, device: str, what: str, transport: httpx.BaseTransport | None) -> tuple[DeviceRow, ...]:
    with _client(store, transport) as client:
        return _in_order(client.ask(f"/v1/devices/{device}/{what}", b"", DeviceRows))


def _client(store: Store, transport: httpx.BaseTransport | None) -> HubClient:
    hub = store.read(state.the_hub)
    return HubClient(hub.url, Session(store, transport), transport)


def _in_order(told: DeviceRows) -> tuple[DeviceRow, ...]:
    order = {ASKED: 0, ACTIVE: 1}
    return tuple(sorted(told.devices, key=lambda one: (order.get(one.status, 2), one.user_name, one.name, one.id)))
