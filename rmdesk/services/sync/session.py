"""What this desk shows its hub to be let in: access tokens, renewed with the device's key.

The next refresh token is kept before it is used; when an answer is lost, the same one is shown again.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from rmdesk.base.errors import Trouble
from rmdesk.base.text import N_
from rmdesk.services.store.command import Done
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync import device_key, state
from rmdesk.services.sync.hub_client import HubClient
from rmdesk.wire.devices import Refresh, Tokens
from rmdesk.wire.signing_in import Nonce

if TYPE_CHECKING:
    import httpx

    from rmdesk.services.store.store import Store

EARLY_S = 30  # a token that ends so soon is not shown any more


class Nobody:
    """Shows nothing: for what may be asked without signing in."""

    def access(self) -> str:
        """None."""
        return ""

    def renewed(self, refused: str) -> str:
        """None."""
        return ""


class Session:
    """The tokens of a joined desk, for a HubClient. `transport` replaces the network in tests."""

    def __init__(self, store: Store, transport: httpx.BaseTransport | None = None) -> None:
        self._store = store
        self._transport = transport
        self._lock = threading.Lock()
        self._access, self._until = "", 0.0

    def access(self) -> str:
        """The token to show now; Wipe, Refused and Trouble as the hub has it, "" when signed out."""
        with self._lock:
            if not self._access or time.monotonic() >= self._until:
                self._renew()
            return self._access

    def renewed(self, refused: str) -> str:
        """Another token than the one that was refused."""
        with self._lock:
            if self._access == refused:
                self._renew()
            return self._access if self._access != refused else ""

    def _renew(self) -> None:
        self._access = ""
        hub, device, kept = self._store.read(_kept)
        if not kept or not kept.get("refresh"):
            return
        key = device_key.take(device, kept["key"])
        with HubClient(hub.url, Nobody(), self._transport) as client:
            try:
                told = refreshed(client, key, kept["refresh"])
            except Trouble as error:
                if error.code == "signed_out":
                    return
                raise
        self._store.perform(KeepTokens({**kept, "refresh": told.refresh}))
        self._access, self._until = told.access, time.monotonic() + told.lasts - EARLY_S


@dataclass(frozen=True, slots=True)
class KeepTokens:
    """Keep what the next access is asked with. Cannot be undone: the hub knows only this one."""

    label: ClassVar[str] = N_("Keep the sign-in")
    tokens: dict[str, Any]

    def apply(self, work: UnitOfWork) -> Done[None]:
        state.put(work, "tokens", self.tokens)
        return Done(None)


def refreshed(client: HubClient, key: device_key.DeviceKey, refresh: str) -> Tokens:
    """The next tokens of a device."""
    nonce = nonce_of(client)
    told = Refresh(key.device, refresh, nonce, key.prove("refresh", nonce, refresh))
    return client.ask("/v1/auth/refresh", told, Tokens, signed_in=False)


def nonce_of(client: HubClient) -> str:
    """Something of the hub's to sign."""
    return client.get("/v1/auth/nonce", Nonce).nonce


def _kept(reads: Any) -> tuple[state.Hub, str, Any]:
    return state.the_hub(reads), str(state.get(reads, "device")), state.get(reads, "tokens")
