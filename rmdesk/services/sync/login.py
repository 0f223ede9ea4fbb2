"""Signing in at a hub, and making this computer one of its desks.

The browser is opened by whoever calls (a callback with the address); its answer comes back to a small server on the
loopback that lives for one sign-in (RFC 8252). Passwords go to the hub and are kept nowhere.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from rmdesk import __version__
from rmdesk.base import clock
from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import new_id
from rmdesk.services.store.command import Done
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync import device_key, state
from rmdesk.services.sync.hub_client import HubClient
from rmdesk.services.sync.joining import JoinHub
from rmdesk.services.sync.session import Nobody, nonce_of, refreshed
from rmdesk.wire.devices import Register, Registered
from rmdesk.wire.messages import SCHEMA, Hello
from rmdesk.wire.signing_in import OidcBegin, OidcEnd, OidcPage, SignedIn, SignInLocal, SignInWays

if TYPE_CHECKING:
    import httpx

    from rmdesk.services.store.store import Store

T = TypeVar("T")
BROWSER_S = 300.0
OLDEST = max(1, SCHEMA - 2)


def ways(url: str, transport: httpx.BaseTransport | None = None) -> SignInWays:
    """How one may sign in at a hub; its public key is pinned from the first time on."""
    with HubClient(url, Nobody(), transport) as client:
        return client.get("/v1/auth/ways", SignInWays)


def with_password(url: str, login: str, password: str, transport: httpx.BaseTransport | None = None) -> SignedIn:
    """Sign in with name and password; Refused when they are wrong."""
    with HubClient(url, Nobody(), transport) as client:
        return _told(lambda: client.ask("/v1/auth/login", SignInLocal(login, password), SignedIn, signed_in=False))


def with_browser(
    url: str,
    show: Callable[[str], object],
    transport: httpx.BaseTransport | None = None,
    wait_s: float = BROWSER_S,
) -> SignedIn:
    """Sign in with the bank's own sign-in. `show` opens the browser; Refused when that came to nothing."""
    from rmdesk.services.sync.loopback import Waiting

    verifier = secrets.token_urlsafe(48)
    with HubClient(url, Nobody(), transport) as client, Waiting(_("You can close this page.")) as waiting:
        begin = OidcBegin(waiting.address, _challenge(verifier))
        page = client.ask("/v1/auth/oidc/start", begin, OidcPage, signed_in=False)
        show(page.url)
        code = waiting.code(page.state, wait_s)
        if not code:
            raise _not_signed_in()
        end = OidcEnd(page.state, code, verifier)
        return _told(lambda: client.ask("/v1/auth/oidc/finish", end, SignedIn, signed_in=False))


@dataclass(frozen=True, slots=True)
class KeepEnrolment:
    """Keep that this desk waits to be let in. Cannot be undone: the hub knows it."""

    label: ClassVar[str] = N_("Register this desk")
    told: dict[str, Any]

    def apply(self, work: UnitOfWork) -> Done[None]:
        if state.joined(work):
            raise Refused(N_("This desk follows a hub already."), do=N_("Leave it first."), code="joined")
        state.put(work, "enrolment", self.told)
        return Done(None)


def register(store: Store, url: str, entered: SignedIn, name: str, transport: httpx.BaseTransport | None = None) -> str:
    """Register this computer for whoever signed in; "active", or "asked" when it must be approved first."""
    kept = store.read(lambda reads: state.get(reads, "enrolment")) or {}
    if kept.get("url") == url and kept.get("user") == entered.user:
        key, place = device_key.take(kept["device"], kept["key"]), kept["key"]
    else:
        key, place = device_key.make(new_id())
    with HubClient(url, Nobody(), transport) as client:
        about = client.get("/v1/auth/ways", SignInWays)
    done = registered(url, key, entered, name, transport)
    store.perform(
        KeepEnrolment(
            {"url": url, "user": entered.user, "device": key.device, "key": place, "refresh": done.refresh,
             "hub_key": about.key}
        )
    )  # fmt: skip
    return done.status


def registered(
    url: str, key: device_key.DeviceKey, entered: SignedIn, name: str, transport: httpx.BaseTransport | None = None
) -> Registered:
    """Tell the hub of a device and prove that its key is here; the same device again gets a fresh way in.

    Refused(code="revoked") for one that was shut out.
    """
    with HubClient(url, Nobody(), transport) as client:
        nonce = nonce_of(client)
        signature = key.prove("register", nonce, entered.enter)
        told = Register(entered.enter, key.device, name, key.public, nonce, signature, __version__)
        return _told(lambda: client.ask("/v1/devices", told, Registered, signed_in=False))


def join(store: Store, transport: httpx.BaseTransport | None = None) -> int:
    """Follow the hub this desk was registered at; gives how many records the hub must hear.

    Refused(code="waiting") while nobody has approved it.
    """
    kept = store.read(lambda reads: state.get(reads, "enrolment"))
    if not kept:
        raise Refused(N_("This desk is not registered."), do=N_("Sign in first."), code="not_registered")
    key = device_key.take(kept["device"], kept["key"])
    with HubClient(kept["url"], Nobody(), transport) as client:
        tokens = refreshed(client, key, kept["refresh"])
    store.perform(KeepEnrolment({**kept, "refresh": tokens.refresh}))
    with HubClient(kept["url"], OneToken(tokens.access), transport) as client:
        now = clock.now().isoformat(timespec="milliseconds")
        welcome = client.hello(Hello(key.device, SCHEMA, OLDEST, __version__, now))
    keep = {"refresh": tokens.refresh, "key": kept["key"]}
    return store.perform(JoinHub(kept["url"], key.device, welcome, kept["hub_key"], keep)).result


class OneToken:
    """Shows one token."""

    def __init__(self, access: str) -> None:
        self._access = access

    def access(self) -> str:
        """That one."""
        return self._access

    def renewed(self, refused: str) -> str:
        """None."""
        return ""


def _challenge(verifier: str) -> str:
    import base64
    import hashlib

    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _told(ask: Callable[[], T]) -> T:
    try:
        return ask()
    except Trouble as error:
        if error.code == "signed_out":
            raise _not_signed_in() from error
        raise


def _not_signed_in() -> Refused:
    return Refused(
        N_("Signing in did not work."), do=N_("Check name and password, or try again in the browser."), code="sign_in"
    )
