"""Signing in and desks, as endpoints."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from rmdesk.base import clock
from rmdesk.base.errors import Trouble
from rmdesk.hub.api.speaking import Ask, Speaker
from rmdesk.hub.failures import Failed
from rmdesk.hub.services import devices, refreshing, signing_in
from rmdesk.wire.devices import DeviceRows, Refresh, Register, Registered, Tokens, Wiped
from rmdesk.wire.signing_in import Nonce, OidcBegin, OidcEnd, OidcPage, SignedIn, SignInLocal, SignInWays

T = TypeVar("T")
speaker = Speaker("people")
router = speaker.router
_OPEN: Any = {"open_": True, "fails": (401, 403, 429)}


def ways(ask: Ask[None]) -> SignInWays:
    """How one may sign in here, and the hub's public key."""
    hub = ask.hub
    return SignInWays(hub.id, hub.signer.public, bool(hub.settings.local_accounts), hub.gate.provider is not None)


def nonce(ask: Ask[None]) -> Nonce:
    """Something to sign."""
    return Nonce(ask.hub.gate.mint.nonce(clock.now()))


def login(ask: Ask[SignInLocal]) -> SignedIn:
    """Sign in with a password kept here."""
    return signing_in.local(ask.hub, ask.told.login, ask.told.password, ask.address)


def oidc_start(ask: Ask[OidcBegin]) -> OidcPage:
    """Begin to sign in with the bank's own sign-in."""
    return _asking(lambda: signing_in.begin(ask.hub, ask.told))


def oidc_finish(ask: Ask[OidcEnd]) -> SignedIn:
    """End signing in with the bank's own sign-in."""
    return _asking(lambda: signing_in.end(ask.hub, ask.told))


def refresh(ask: Ask[Refresh]) -> Tokens:
    """The next access token of a desk."""
    return refreshing.refresh(ask.hub, ask.told)


def logout(ask: Ask[Refresh]) -> None:
    """Forget what a desk asks with."""
    refreshing.logout(ask.hub, ask.told)


def register(ask: Ask[Register]) -> Registered:
    """Register a desk."""
    return devices.register(ask.hub, ask.told)


def rows(ask: Ask[None]) -> DeviceRows:
    """The desks one looks after, and one's own."""
    return devices.rows(ask.hub, ask.caller)


def approve(ask: Ask[None]) -> DeviceRows:
    """Let a desk in."""
    return devices.approve(ask.hub, ask.caller, ask.id("device"))


def revoke(ask: Ask[None]) -> DeviceRows:
    """Shut a desk out."""
    return devices.revoke(ask.hub, ask.caller, ask.id("device"))


def wipe(ask: Ask[None]) -> DeviceRows:
    """Order a desk to remove its data."""
    return devices.wipe(ask.hub, ask.caller, ask.id("device"))


def retire(ask: Ask[None]) -> DeviceRows:
    """Let a desk hand in its work and then remove its data."""
    return devices.retire(ask.hub, ask.caller, ask.id("device"))


def wiped(ask: Ask[Wiped]) -> None:
    """A desk says that its data are gone."""
    devices.wiped(ask.hub, ask.id("device"), ask.told)


def _asking(work: Callable[[], T]) -> T:
    try:
        return work()
    except Trouble:
        raise Failed(503, "oidc", retry_after=10) from None


speaker.get("/v1/auth/ways", ways, SignInWays, **_OPEN)
speaker.get("/v1/auth/nonce", nonce, Nonce, **_OPEN)
speaker.post("/v1/auth/login", login, SignInLocal, SignedIn, **_OPEN)
speaker.post("/v1/auth/oidc/start", oidc_start, OidcBegin, OidcPage, **_OPEN)
speaker.post("/v1/auth/oidc/finish", oidc_finish, OidcEnd, SignedIn, **_OPEN)
speaker.post("/v1/auth/refresh", refresh, Refresh, Tokens, **_OPEN)
speaker.post("/v1/auth/logout", logout, Refresh, **_OPEN)
speaker.post("/v1/devices", register, Register, Registered, **_OPEN)
speaker.get("/v1/devices", rows, DeviceRows)
speaker.post("/v1/devices/{device}/approve", approve, None, DeviceRows)
speaker.post("/v1/devices/{device}/revoke", revoke, None, DeviceRows)
speaker.post("/v1/devices/{device}/wipe", wipe, None, DeviceRows)
speaker.post("/v1/devices/{device}/retire", retire, None, DeviceRows)
speaker.post("/v1/devices/{device}/wiped", wiped, Wiped, **_OPEN)
