"""How a desk gets in: somebody signs in once, the desk is registered by a key of its own, and from then on the desk
asks for access by itself, proving each time that it holds the key.

The key and what it asks with lie in the encrypted file (`tokens` of state.py), which opens only with the keyring or
the passphrase. A desk that waits for approval is kept as `entering`, so that trying again goes on from there.
"""

from __future__ import annotations

import platform
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from rmdesk import __version__
from rmdesk.base import clock
from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.record import record
from rmdesk.base.text import N_
from rmdesk.models.kinds import new_id
from rmdesk.services.store.command import Done
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync import state
from rmdesk.services.sync.engine import OLDEST
from rmdesk.services.sync.hub_client import HubClient
from rmdesk.services.sync.joining import JoinHub
from rmdesk.wire import people
from rmdesk.wire.messages import SCHEMA, Hello

if TYPE_CHECKING:
    import httpx

ACTIVE = "active"
_LOCAL = ("localhost", "127.0.0.1", "[::1]")


@record
class Entered:
    """What came of it: `joined`, or the desk waits for the team lead's approval. `marked`: records to be told."""

    joined: bool
    name: str = ""
    role: str = ""
    marked: int = 0


class Nobody:
    """Asks without showing anything."""

    def access(self) -> str:
        return ""

    def renewed(self, refused: str) -> str:
        return ""


class DeskTokens:
    """Shows the desk's access token, and asks for the next one when it is over.

    What the desk asks with next is kept before it is used; the hub answers a repeated question alike.
    """

    def __init__(self, store: Store, url: str, device: str, transport: httpx.BaseTransport | None = None) -> None:
        self._store, self._url, self._device, self._transport = store, url, device, transport
        self._access = ""

    def access(self) -> str:
        return self._access or self.renewed("")

    def renewed(self, refused: str) -> str:
        kept = self._store.read(_tokens)
        if not kept.get("refresh"):
            return ""
        with HubClient(self._url, Nobody(), self._transport) as client:
            nonce = client.get("/v1/auth/nonce", people.Nonce).nonce
            signature = _signed(kept["key"], people.proof("refresh", nonce, self._device, kept["refresh"]))
            told = people.Refresh(self._device, kept["refresh"], nonce, signature)
            fresh = client.ask("/v1/auth/refresh", told, people.Tokens)
        self._store.perform(KeepTokens({**kept, "refresh": fresh.refresh}))
        self._access = fresh.access
        return fresh.access


def connect(store: Store, transport: httpx.BaseTransport | None = None) -> HubClient:
    """A client of the hub that this desk follows; refused when it follows none."""
    hub = store.read(state.the_hub)
    device = str(store.read(lambda reads: state.get(reads, "device")))
    return HubClient(hub.url, DeskTokens(store, hub.url, device, transport), transport)


def ways(url: str, transport: httpx.BaseTransport | None = None) -> people.SignInWays:
    """How one may sign in at a hub, and its public key."""
    with HubClient(checked(url), Nobody(), transport) as client:
        return client.get("/v1/auth/ways", people.SignInWays)


def sign_in(url: str, login: str, password: str, transport: httpx.BaseTransport | None = None) -> people.SignedIn:
    """Sign in with a name and a password kept at the hub; Trouble(code="signed_out") when they do not fit."""
    with HubClient(checked(url), Nobody(), transport) as client:
        try:
            return client.ask("/v1/auth/login", people.SignInLocal(login, password), people.SignedIn)
        except Trouble as error:
            if error.code != "signed_out":
                raise
            raise Refused(
                N_("User and password do not fit."), do=N_("Try again."), field="password", code="sign_in"
            ) from None


def enter(
    store: Store, url: str, signed: people.SignedIn, name: str = "", transport: httpx.BaseTransport | None = None
) -> Entered:
    """Register this desk for somebody who signed in, and follow the hub if the desk is approved already.

    Not approved yet: `joined` is False, and doing it again later goes on with the same desk. `name`: of the desk, for
    those who look after it.
    """
    url = checked(url)
    kept = store.read(lambda reads: state.get(reads, "entering")) or {}
    if kept.get("url") != url:
        kept = {"url": url, "device": new_id(), "key": secrets.token_hex(32)}
        store.perform(KeepEntering(kept))
    with HubClient(url, Nobody(), transport) as client:
        key = client.get("/v1/auth/ways", people.SignInWays).key
        nonce = client.get("/v1/auth/nonce", people.Nonce).nonce
        signature = _signed(kept["key"], people.proof("register", nonce, kept["device"], signed.enter))
        told = people.Register(
            signed.enter, kept["device"], name or platform.node() or "desk", _public(kept["key"]), nonce, signature,
            __version__,
        )  # fmt: skip
        registered = client.ask("/v1/devices", told, people.Registered)
    tokens = {"key": kept["key"], "refresh": registered.refresh}
    if registered.status != ACTIVE:
        return Entered(False, signed.name, signed.role)
    store.perform(KeepTokens(tokens))
    with HubClient(url, DeskTokens(store, url, kept["device"], transport), transport) as client:
        at = clock.now().isoformat(timespec="milliseconds")
        welcome = client.hello(Hello(kept["device"], SCHEMA, OLDEST, __version__, at))
    tokens = store.read(_tokens)
    marked = store.perform(JoinHub(url, kept["device"], welcome, key, tokens)).result
    return Entered(True, welcome.user.name, welcome.user.role, marked)


def checked(url: str) -> str:
    """The address of a hub; refused when it is none, or would let everybody on the way read along."""
    from urllib.parse import urlsplit

    parts = urlsplit(url.strip())
    if parts.scheme not in ("https", "http") or not parts.netloc:
        raise Refused(
            N_("This is no address of a hub."), do=N_("Write it as https://hub.bank.example."), field="url", code="url"
        )
    if parts.scheme == "http" and parts.hostname not in [host.strip("[]") for host in _LOCAL]:
        raise Refused(
            N_("A hub is only talked to over https."), do=N_("Ask for its https address."), field="url", code="url"
        )
    return url.strip().rstrip("/")


@dataclass(frozen=True, slots=True)
class KeepTokens:
    """Keep what this desk asks for access with. Cannot be undone: what was before is worth nothing any more."""

    label: ClassVar[str] = N_("Keep the desk's access")
    tokens: dict[str, Any]

    def apply(self, work: UnitOfWork) -> Done[None]:
        state.put(work, "tokens", self.tokens)
        return Done(None)


@dataclass(frozen=True, slots=True)
class KeepEntering:
    """Keep as which desk this one asked to be let in. Cannot be undone: it asked."""

    label: ClassVar[str] = N_("Keep the desk's access")
    entering: dict[str, Any]

    def apply(self, work: UnitOfWork) -> Done[None]:
        state.put(work, "entering", self.entering)
        return Done(None)


def _tokens(reads: Reads) -> dict[str, Any]:
    return state.get(reads, "tokens") or {}


def _signed(key: str, message: bytes) -> str:
    signature: bytes = _private(key).sign(message)
    return signature.hex()


def _public(key: str) -> str:
    found: bytes = _private(key).public_key().public_bytes_raw()
    return found.hex()


def _private(key: str) -> Any:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key))
