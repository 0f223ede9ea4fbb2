"""A desk as the hub sees it: numbered batches, cursors, and what it was told."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx
import msgspec

from rmdesk.hub.database import Database
from rmdesk.hub.services import founding
from rmdesk.wire import messages, proofs
from rmdesk.wire.messages import Cursor, Edit, FirstPage, Item, Pulled, Pushed, Result, Row
from rmdesk.wire.proofs import Fetched, ManifestAnswer
from tests.support.hub import HubUnderTest, Person

JSON = {"Content-Type": "application/json"}


class Desk:
    """Pushes and pulls as one person."""

    def __init__(self, hub: HubUnderTest, person: Person, epoch: int = 0) -> None:
        self.hub = hub
        self.person = person
        self.http = hub.client(person)
        self.epoch = epoch
        self.push_no = 0
        self.cursors: dict[str, int] = {}
        self.rows: dict[str, Row] = {}
        self.exits: list[tuple[str, str]] = []
        self.seen: list[tuple[str, int]] = []

    @property
    def book(self) -> str:
        return f"book:{self.person.book}"

    def post(self, path: str, message: Any) -> httpx.Response:
        return self.http.post(path, content=msgspec.json.encode(message), headers=JSON)

    def body(self, *items: Item, confirmed: bool = False) -> bytes:
        told = messages.Push(self.person.device, self.push_no + 1, self.epoch, 1, list(items), confirmed)
        return msgspec.json.encode(told)

    def send(self, body: bytes) -> httpx.Response:
        return self.http.post("/v1/sync/push", content=body, headers=JSON)

    def push(self, *items: Item, confirmed: bool = False) -> Pushed:
        answer = self.send(self.body(*items, confirmed=confirmed))
        assert answer.status_code == 200, answer.text
        self.push_no += 1
        return msgspec.json.decode(answer.content, type=Pushed)

    def one(self, item: Item) -> Result:
        return self.push(item).results[0]

    def ask(self, *scopes: str, limit: int = 500) -> Pulled:
        told = messages.Pull(
            self.person.device, self.epoch, 1, self.push_no,
            {scope: Cursor(self.cursors.get(scope, 0)) for scope in scopes or (self.book,)}, limit,
        )  # fmt: skip
        answer = self.post("/v1/sync/pull", told)
        assert answer.status_code == 200, answer.text
        return msgspec.json.decode(answer.content, type=Pulled)

    def pull(self, *scopes: str, limit: int = 500) -> Pulled:
        """Until there is no more."""
        while True:
            told = self.ask(*scopes, limit=limit)
            for scope, feed in told.scopes.items():
                for event in feed.events:
                    self.seen.append((scope, event.seq))
                    if event.row is not None:
                        self.rows[event.row.id] = event.row
                    elif event.exit is not None:
                        self.exits.append((scope, event.exit))
                        gone = [r.id for r in self.rows.values() if r.client == event.exit and r.scope == scope]
                        for record in gone:
                            del self.rows[record]
                self.cursors[scope] = feed.cursor
            if not any(feed.more for feed in told.scopes.values()):
                return told

    def first(self, scope: str, below: int = 1 << 62, limit: int = 2000) -> FirstPage:
        answer = self.post("/v1/sync/first", messages.First(self.person.device, self.epoch, 1, scope, below, limit))
        assert answer.status_code == 200, answer.text
        return msgspec.json.decode(answer.content, type=FirstPage)

    def manifest(self, scope: str = "") -> ManifestAnswer:
        answer = self.post("/v1/sync/manifest", proofs.Manifest(self.person.device, self.epoch, scope or self.book))
        assert answer.status_code == 200, answer.text
        return msgspec.json.decode(answer.content, type=ManifestAnswer)

    def fetch(self, *ids: str) -> list[Row]:
        answer = self.post("/v1/sync/fetch", proofs.Fetch(self.person.device, self.epoch, list(ids)))
        assert answer.status_code == 200, answer.text
        return msgspec.json.decode(answer.content, type=Fetched).rows


def client_in(database: Database, book: str) -> str:
    """A new client of the bank in a book."""
    with database.transaction() as connection:
        return founding.add_client(connection, uuid4().hex, book)


def item(kind: str, client: str | None = None, record: str = "", base: int = 0, **values: Any) -> Item:
    """An edit; with a client, of that client."""
    linked = {"client_id": client} if client and kind != "client" else {}
    patch = {name: Edit(value, base) for name, value in {**linked, **values}.items()}
    return Item(kind, record or uuid4().hex, client, patch, at="2026-11-21T09:00:00.000+00:00")


def deletion(kind: str, record: str, base: int, client: str | None = None) -> Item:
    """A deletion that had seen the record at `base`."""
    return Item(kind, record, client, delete=base, at="2026-11-21T09:00:00.000+00:00")


def second_desk(hub: HubUnderTest, person: Person) -> Person:
    """The same person at another desk."""
    from dataclasses import replace

    return replace(person, device=founding.add_device(hub.core.database, person.id, "second"))
