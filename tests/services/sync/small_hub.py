"""A hub in memory that speaks the wire over a transport of its own: quick, deterministic, and as faulty as asked.

The real one has tests of its own (tests/hub); this one serves where the network, the clock of events or a hub that
goes back in time must be had at will.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import msgspec
import zstandard
from msgspec.structs import replace

from rmdesk.models.kinds import ClientId, new_id
from rmdesk.services.store.store import Store
from rmdesk.services.sync.engine import Report, sync_round
from rmdesk.services.sync.hub_client import HubClient
from rmdesk.services.sync.joining import JoinHub
from rmdesk.wire import blobs, merge, proofs
from rmdesk.wire import messages as say
from rmdesk.wire.registry import BY_NAME, Home

TEAM = "7" * 32
JSON = "application/json"
PLAIN = {"content-type": JSON}


@dataclass
class Person:
    user: str
    name: str
    role: str
    book: str = ""


@dataclass
class Feed:
    head: int = 0
    rows: dict[str, say.Row] = field(default_factory=dict)
    exits: list[tuple[int, str, str]] = field(default_factory=list)

    def put(self, row: say.Row) -> say.Row:
        self.head += 1
        row = replace(row, seq=self.head)
        self.rows[row.id] = row
        return row

    @property
    def live(self) -> list[say.Row]:
        return [row for row in self.rows.values() if not row.deleted]

    @property
    def digest(self) -> str:
        return str(sum(merge.digest_of(row.id, row.rev) for row in self.live) % (1 << 64))


@dataclass
class Device:
    user: str
    number: int = 0
    digest: str = ""
    answer: bytes = b""


@dataclass
class SmallHub:
    """`before` and `after` see each request (path, body) and may raise or answer instead; `refuse` makes codes."""

    people: dict[str, Person] = field(default_factory=dict)
    feeds: dict[str, Feed] = field(default_factory=dict)
    clients: dict[str, str] = field(default_factory=dict)  # wire id -> book
    devices: dict[str, Device] = field(default_factory=dict)
    aside: list[say.Item] = field(default_factory=list)
    receipts: list[blobs.Receipt] = field(default_factory=list)
    blobs: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, bytes]] = field(default_factory=list)
    epoch: int = 1
    before: Callable[[str, bytes], httpx.Response | None] = lambda path, body: None
    after: Callable[[str, bytes], httpx.Response | None] = lambda path, body: None
    refuse: Callable[[say.Item], str] = lambda item: ""
    shown: int = 0  # most events of a page
    kept: Any = None

    def person(self, name: str, role: str = "manager", *, book: bool = True) -> Person:
        made = Person(new_id(), name, role, new_id() if book else "")
        self.people[made.user] = made
        return made

    def scopes_of(self, user: str) -> list[say.Scope]:
        me = self.people[user]
        books = [me] if me.book else []
        if me.role == "lead":
            books = [one for one in self.people.values() if one.book]
        found = [say.Scope(f"bank:{one.book}", "bank", one.name, one.user) for one in books]
        found += [say.Scope(f"book:{one.book}", "book", one.name, one.user, one is me) for one in books]
        found.append(say.Scope(f"own:{user}", "own", "", user, True))
        return [*found, say.Scope(f"team:{TEAM}", "team", write=True)]

    def feed(self, scope: str) -> Feed:
        return self.feeds.setdefault(scope, Feed())

    def welcome(self, device: str) -> say.Welcome:
        known = self.devices[device]
        me = self.people[known.user]
        others = [self.colleague(one) for one in self.people.values() if one is not me]
        return say.Welcome(
            "9" * 32, self.epoch, say.SCHEMA, 1, "2026-11-21T00:00:00.000+00:00", self.colleague(me),
            self.scopes_of(known.user), others, known.number, "",
        )  # fmt: skip

    def colleague(self, one: Person) -> say.Colleague:
        return say.Colleague(one.user, one.name, one.role, one.book, TEAM)

    def backup(self) -> None:
        self.kept = copy.deepcopy((self.feeds, self.clients, self.devices))

    def restore(self) -> None:
        """Back to the copy, as after a disaster."""
        self.feeds, self.clients, self.devices = copy.deepcopy(self.kept)
        self.epoch += 1

    def hand_over(self, client: str, book: str) -> str:
        """Move a client and all of theirs to another book."""
        old, handover = self.clients[client], new_id()
        for kind in ("bank", "book"):
            source, target = self.feed(f"{kind}:{old}"), self.feed(f"{kind}:{book}")
            moved = [row for row in source.rows.values() if row.client == client]
            source.head += 1
            source.exits.append((source.head, client, handover))
            for row in moved:
                del source.rows[row.id]
                target.put(replace(row, scope=f"{kind}:{book}", rev=merge.next_rev(row.rev, self.epoch)))
        self.clients[client] = book
        return handover

    # The wire.

    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self._handle)

    def _handle(self, request: httpx.Request) -> httpx.Response:
        body = request.content
        if request.headers.get("content-encoding") == "zstd":
            body = zstandard.ZstdDecompressor().decompressobj().decompress(body)
        path = request.url.path
        self.asked.append((path, body))
        early = self.before(path, body)
        if early is not None:
            return early
        device = request.headers.get("authorization", "").removeprefix("Bearer ")
        if device not in self.devices:
            return _failed(401, "token")
        answer = self._answer(path, request, body, device)
        return self.after(path, body) or answer

    def _answer(self, path: str, request: httpx.Request, body: bytes, device: str) -> httpx.Response:
        if path.startswith("/v1/blobs/"):
            return self._blob(request, path.rpartition("/")[2], body)
        told = {
            "/v1/hello": lambda: self.welcome(device),
            "/v1/sync/push": lambda: self._push(device, body),
            "/v1/sync/pull": lambda: self._pull(device, msgspec.json.decode(body, type=say.Pull)),
            "/v1/sync/first": lambda: self._first(device, msgspec.json.decode(body, type=say.First)),
            "/v1/sync/manifest": lambda: self._manifest(msgspec.json.decode(body, type=proofs.Manifest)),
            "/v1/sync/fetch": lambda: self._fetch(device, msgspec.json.decode(body, type=proofs.Fetch)),
            "/v1/receipts": lambda: self._receipt(msgspec.json.decode(body, type=blobs.Receipt)),
        }[path]()
        if isinstance(told, httpx.Response):
            return told
        data = told if isinstance(told, bytes) else msgspec.json.encode(told)
        packed = zstandard.ZstdCompressor().compress(data)
        return answer(200, packed, {"content-type": JSON, "content-encoding": "zstd"})

    def _push(self, device: str, body: bytes) -> Any:
        push, known = msgspec.json.decode(body, type=say.Push), self.devices[device]
        if push.epoch != self.epoch:
            return _failed(409, "epoch", self.epoch)
        digest = hashlib.sha256(body).hexdigest()
        if push.push_no == known.number and digest == known.digest:
            return known.answer
        if push.push_no != known.number + 1:
            return _failed(409, "rolled_back")
        results = [self._settle(known.user, device, item) for item in push.items]
        heads = {scope.id: self.feed(scope.id).head for scope in self.scopes_of(known.user)}
        answer = say.Pushed(push.push_no, self.epoch, "2026-11-21T00:00:00.000+00:00", results, heads)
        known.number, known.digest, known.answer = push.push_no, digest, msgspec.json.encode(answer)
        return known.answer

    def _settle(self, user: str, device: str, item: say.Item) -> say.Result:
        kind, me = BY_NAME[item.type], self.people[user]
        code = self.refuse(item)
        if code:
            return say.Result(item.type, item.id, "refused", code=code)
        if kind.home is not Home.BOOK:
            scope = f"own:{user}" if kind.home is Home.OWN else f"team:{TEAM}"
        elif item.client is None:
            scope = f"book:{me.book}"
        else:
            book = self.clients.setdefault(item.client, me.book)
            scope = f"book:{book}"
            writes = [one.id for one in self.scopes_of(user) if one.write]
            if scope not in writes and not (kind.lead or kind.name == "addendum"):
                self.aside.append(item)
                return say.Result(item.type, item.id, "handed_over")
        feed = self.feed(scope)
        done = merge.settle(kind, feed.rows.get(item.id), item, epoch=self.epoch, by=user, device=device, new_id=new_id)
        row = done.row
        if row is not None and done.changed:
            row = feed.put(replace(row, scope=scope, client=item.client or row.client))
        return say.Result(item.type, item.id, done.status, done.conflicts, row=row)

    def _pull(self, device: str, pull: say.Pull) -> Any:
        if pull.epoch != self.epoch:
            return _failed(409, "epoch", self.epoch)
        known = self.devices[device]
        mine = {scope.id for scope in self.scopes_of(known.user)}
        feeds = {}
        for scope, cursor in pull.scopes.items():
            if scope not in mine:
                continue
            feed = self.feed(scope)
            events = [say.Event(row.seq, row) for row in feed.rows.values() if row.seq > cursor.cursor]
            events += [say.Event(seq, None, one, over) for seq, one, over in feed.exits if seq > cursor.cursor]
            events.sort(key=lambda event: event.seq)
            most = min(self.shown or pull.limit, pull.limit)
            page, more = events[:most], len(events) > most
            at = page[-1].seq if more else feed.head
            feeds[scope] = say.Feed(page, at, feed.head, more, len(feed.live), feed.digest)
        return say.Pulled(
            self.epoch, "", known.number, feeds, sorted(mine - set(pull.scopes)), sorted(set(pull.scopes) - mine)
        )

    def _first(self, device: str, first: say.First) -> Any:
        feed = self.feed(first.scope)
        rows = sorted((row for row in feed.live if row.seq < first.below), key=lambda row: -row.seq)
        page = rows[: self.shown or first.limit]
        below = page[-1].seq if len(rows) > len(page) else 0
        return say.FirstPage(page, below, feed.head, len(feed.live))

    def _manifest(self, told: proofs.Manifest) -> proofs.ManifestAnswer:
        feed = self.feed(told.scope)
        return proofs.ManifestAnswer({row.id: row.rev for row in feed.live}, feed.head, feed.digest)

    def _fetch(self, device: str, told: proofs.Fetch) -> proofs.Fetched:
        mine = [self.feed(scope.id) for scope in self.scopes_of(self.devices[device].user)]
        return proofs.Fetched([feed.rows[one] for one in told.ids for feed in mine if one in feed.rows])

    def _receipt(self, told: blobs.Receipt) -> httpx.Response:
        self.receipts.append(told)
        return answer(204, b"", {})

    def _blob(self, request: httpx.Request, name: str, body: bytes) -> httpx.Response:
        offset = int(request.url.params["offset"])
        rows = [row for feed in self.feeds.values() for row in feed.rows.values() if row.type == "attachment"]
        size = next((int(row.fields["size"]) for row in rows if row.fields.get("sha256") == name), None)
        if size is None:
            return _failed(404, "not_found")
        if request.method == "PUT":
            have = self.blobs.get(name, b"")
            if offset == len(have):
                self.blobs[name] = have = have + body
            return answer(200, msgspec.json.encode(blobs.BlobState(name, size, len(have), len(have) == size)), PLAIN)
        if len(self.blobs.get(name, b"")) < size:
            return _failed(404, "not_found")
        kind = {"content-type": "application/octet-stream"}
        return answer(200, self.blobs[name][offset : offset + say.CHUNK], kind)


class Shown:
    """The token of a device is its id."""

    def __init__(self, device: str) -> None:
        self.device = device

    def access(self) -> str:
        return self.device

    def renewed(self, refused: str) -> str:
        return ""


@dataclass
class Desk:
    """A desk that follows the small hub."""

    hub: SmallHub
    store: Store
    device: str
    offset: int = 0  # this desk's numbers of its clients begin behind it

    def at(self, number: int) -> ClientId:
        """The number here of the first, second, ... client of the bank."""
        return ClientId(self.offset + number)

    def client(self) -> HubClient:
        return HubClient("https://hub.example", Shown(self.device), self.hub.transport())

    def sync(self, progress: Any = None) -> Report:
        with self.client() as client:
            return sync_round(self.store, client, progress)

    def rows(self, sql: str, *params: Any) -> list[tuple[Any, ...]]:
        return self.store.read(lambda reads: reads.rows(sql, params))

    def value(self, sql: str, *params: Any) -> Any:
        return self.store.read(lambda reads: reads.value(sql, params))


def joined(hub: SmallHub, person: Person, store: Store, offset: int = 0) -> Desk:
    """Let a store follow the hub as somebody's desk."""
    device = new_id()
    hub.devices[device] = Device(person.user)
    store.perform(JoinHub("https://hub.example", device, hub.welcome(device)))
    return Desk(hub, store, device, offset)


def _failed(status: int, code: str, epoch: int = 0) -> httpx.Response:
    return answer(status, msgspec.json.encode({"code": code, "epoch": epoch}), {"content-type": JSON})


def answer(status: int, data: bytes, headers: dict[str, str]) -> httpx.Response:
    """An answer whose bytes are still to come, as from a real line."""
    return httpx.Response(status, headers=headers, stream=httpx.ByteStream(data))
