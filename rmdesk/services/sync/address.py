"""The address of a hub, and a client of the one this desk follows."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.services.sync import state
from rmdesk.services.sync.hub_client import HubClient
from rmdesk.services.sync.session import Session

if TYPE_CHECKING:
    import httpx

    from rmdesk.services.store.store import Store

HERE = ("localhost", "127.0.0.1", "::1")


def checked(url: str) -> str:
    """The address of a hub; refused when it is none, or would let everybody on the way read along."""
    parts = urlsplit(url.strip())
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise Refused(
            N_("This is no address of a hub."), do=N_("Write it as https://hub.bank.example."), field="url", code="url"
        )
    if parts.scheme == "http" and parts.hostname not in HERE:
        raise Refused(
            N_("A hub is only talked to over https."), do=N_("Ask for its https address."), field="url", code="url"
        )
    return url.strip().rstrip("/")


def connect(store: Store, transport: httpx.BaseTransport | None = None) -> HubClient:
    """A client of the hub that this desk follows; refused when it follows none. The caller closes it."""
    return HubClient(store.read(state.the_hub).url, Session(store, transport), transport)
