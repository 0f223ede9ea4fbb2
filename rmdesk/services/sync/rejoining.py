"""A joined desk that lost its way in at the hub signs in again: with its key where it still has it, else as a new desk.

The key lies in the system's keyring, which can be wiped; a lead may have shut the desk out. Data and what waits to be
sent stay as they are: what the hub took from the old desk without its answer arriving is told again, and comes to
nothing there, because each edit names the revision it was made on (sync.md 2.4). The old desk is revoked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from rmdesk import __version__
from rmdesk.base import clock
from rmdesk.base.errors import Known, Refused, Trouble
from rmdesk.base.text import N_
from rmdesk.models.kinds import new_id
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.writing import note
from rmdesk.services.store.command import Done
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync import device_key, leasing, login, repair, state
from rmdesk.services.sync.hub_client import HubClient
from rmdesk.services.sync.login import OneToken
from rmdesk.services.sync.session import KeepTokens, Nobody, refreshed
from rmdesk.wire.devices import DeviceRows
from rmdesk.wire.messages import SCHEMA, Hello, Welcome
from rmdesk.wire.signing_in import SignedIn, SignInWays

if TYPE_CHECKING:
    import httpx

ACTIVE, WIPE = "active", "wipe"


@dataclass(frozen=True, slots=True)
class KeepNewDesk:
    """Keep that this desk asked to be let in anew, None that it does not. Cannot be undone: the hub knows it."""

    label: ClassVar[str] = N_("Register this desk")
    told: dict[str, Any] | None

    def apply(self, work: UnitOfWork) -> Done[None]:
        state.put(work, "rejoin", self.told)
        return Done(None)


@dataclass(frozen=True, slots=True)
class GoOnAs:
    """Follow the same hub as another device. Data, cursors and what is unsent stay. Cannot be undone: the old device
    can't prove itself any more. Gives how many records wait to be told.
    """

    label: ClassVar[str] = N_("Join the hub anew")
    device: str
    welcome: Welcome
    tokens: dict[str, Any]

    def apply(self, work: UnitOfWork) -> Done[int]:
        hub, before = state.the_hub(work), str(state.get(work, "device"))
        if self.welcome.hub != hub.id:
            raise _other_hub()
        state.put(work, "device", self.device)
        state.put(work, "tokens", self.tokens)
        state.put(work, "replaces", before)
        state.put(work, "rejoin", None)
        state.put(work, "log", None)  # the hub knows no log of the new device yet
        repair.begin_anew(work, self.welcome.push_no)
        leasing.keep(work, self.welcome.lease)
        note(work, Act.JOIN, facts={"hub": hub.id, "anew": 1})
        return Done(int(work.value("SELECT count(*) FROM sync_record WHERE state = 'dirty'")), forgets=True)


@dataclass(frozen=True, slots=True)
class OldIsOut:
    """The hub has shut the device out that this desk was before. Cannot be undone."""

    label: ClassVar[str] = N_("Join the hub anew")

    def apply(self, work: UnitOfWork) -> Done[None]:
        state.put(work, "replaces", None)
        return Done(None)


def sign_in(store: Store, entered: SignedIn, name: str, transport: httpx.BaseTransport | None = None) -> str:
    """Let this desk in again for its owner, who has just signed in: "active" when it goes on as the device it was,
    "asked" or "active" with `finish` to follow when it had to register as a new one.

    Refused for somebody else and at another hub.
    """
    hub, me = store.read(state.the_hub), store.read(state.who)
    if me is None or me.user != entered.user:
        raise Refused(N_("This desk is somebody else's."), do=N_("Sign in as its owner."), code="other_user")
    with HubClient(hub.url, Nobody(), transport) as client:
        about = client.get("/v1/auth/ways", SignInWays)
    if about.hub != hub.id or (hub.key and about.key != hub.key):
        raise _other_hub()
    if store.read(lambda reads: state.get(reads, "rejoin")) is None and _as_before(store, entered, hub.url, transport):
        return ACTIVE
    return _as_new(store, entered, name, hub.url, transport)


def finish(store: Store, transport: httpx.BaseTransport | None = None) -> int:
    """Go on as the new device once it is approved, and revoke the old one; gives how many records wait to be told.

    Refused(code="waiting") while nobody has approved it. A desk that goes on as it was has nothing to finish.
    """
    kept = store.read(lambda reads: state.get(reads, "rejoin"))
    if not kept:
        return int(store.read(lambda reads: reads.value("SELECT count(*) FROM sync_record WHERE state = 'dirty'")))
    hub, old = store.read(state.the_hub), str(store.read(lambda reads: state.get(reads, "device")))
    key = device_key.take(kept["device"], kept["key"])
    with HubClient(hub.url, Nobody(), transport) as client:
        tokens = refreshed(client, key, kept["refresh"])
    store.perform(KeepNewDesk({**kept, "refresh": tokens.refresh}))
    with HubClient(hub.url, OneToken(tokens.access), transport) as client:
        mine = client.get("/v1/devices", DeviceRows, signed_in=True).devices
        if any(one.id == old and one.status == WIPE for one in mine):
            raise Refused(
                N_("The hub ordered this desk to remove its data."), do=N_("Ask your lead or the administrator."),
                code="wipe",
            )  # fmt: skip
        now = clock.now().isoformat(timespec="milliseconds")
        welcome = client.hello(Hello(key.device, SCHEMA, max(1, SCHEMA - 2), __version__, now))
        waiting = store.perform(GoOnAs(key.device, welcome, {"refresh": tokens.refresh, "key": kept["key"]})).result
        end_old(store, client)
    return waiting


def end_old(store: Store, client: HubClient) -> None:
    """Let the hub shut out the device this desk was before; again with the next round when that does not get through.

    The hub's refusal is the end of it: there is no such device any more.
    """
    old = store.read(lambda reads: state.get(reads, "replaces"))
    if not old:
        return
    try:
        client.ask(f"/v1/devices/{old}/revoke", b"", DeviceRows)
    except Known as error:
        if error.params.get("reason") != "not_found":
            return
    store.perform(OldIsOut())


def _as_before(store: Store, entered: SignedIn, url: str, transport: httpx.BaseTransport | None) -> bool:
    """Go on as the device this desk is; False when its key is gone or the hub has shut it out."""
    kept = store.read(lambda reads: state.get(reads, "tokens")) or {}
    device = str(store.read(lambda reads: state.get(reads, "device")))
    try:
        key = device_key.take(device, kept.get("key") or {})
        done = login.registered(url, key, entered, "desk", transport)
    except Known as error:
        if error.code not in (device_key.GONE, "revoked") and error.params.get("reason") != "not_found":
            raise
        return False
    store.perform(KeepTokens({**kept, "refresh": done.refresh}))
    return done.status == ACTIVE


def _as_new(store: Store, entered: SignedIn, name: str, url: str, transport: httpx.BaseTransport | None) -> str:
    key, place = _new_key(store.read(lambda reads: state.get(reads, "rejoin")))
    done = login.registered(url, key, entered, name, transport)
    store.perform(KeepNewDesk({"device": key.device, "key": place, "refresh": done.refresh}))
    return done.status


def _new_key(kept: dict[str, Any] | None) -> tuple[device_key.DeviceKey, device_key.Place]:
    """That of the device which waits for approval, if there is one and its key is not lost, too."""
    if kept:
        try:
            return device_key.take(kept["device"], kept["key"]), kept["key"]
        except Trouble as error:
            if error.code != device_key.GONE:
                raise
    return device_key.make(new_id())


def _other_hub() -> Refused:
    return Refused(
        N_("Another hub answers at this address."),
        do=N_("Ask who looks after the hub; do not go on without. What you wrote stays here until the hub has it."),
        code="other_hub",
    )
