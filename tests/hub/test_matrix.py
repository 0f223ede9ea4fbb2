"""Case 40: every endpoint of the OpenAPI x everybody who might ask. A new endpoint without a row fails here.

Everything asked for belongs to Wang: his book, his visit, his desks. Who may not have it gets the answer of a thing
that is not there, hears nothing of it, and changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from rmdesk.base import clock
from rmdesk.hub.services import founding
from tests.hub.desks import Desk, client_in, item
from tests.support.hub import HubUnderTest, Person

SECRET = "zqx-only-for-wang-and-chen"
BLOB = b"zqx-only-for-wang-and-chen in a file"
SHA = hashlib.sha256(BLOB).hexdigest()
WHO = ("own", "team", "foreign", "lead", "foreign_lead", "administrator", "other_device",
       "revoked", "wiped", "no_token", "expired")  # fmt: skip
SHUT_OUT = {"revoked": 403, "wiped": 403, "no_token": 401, "expired": 401}


@dataclass
class World:
    """What belongs to Wang, and who may come."""

    hub: HubUnderTest
    client: str = ""
    visit: str = ""
    asked: str = ""  # a desk of his that waits
    second: str = ""  # another one of his that may
    devices: dict[str, str] = field(default_factory=dict)

    def person(self, who: str) -> Person:
        people = self.hub.people
        return {
            "team": people.li, "foreign": people.zhao, "lead": people.chen, "foreign_lead": people.sun,
            "administrator": people.admin,
        }.get(who, people.wang)  # fmt: skip

    def device(self, who: str) -> str:
        """The desk a request names in its body."""
        return self.person(who).device

    def ask(self, who: str, method: str, path: str, **told: Any) -> httpx.Response:
        person, token = self.person(who), ""
        if who in ("revoked", "wiped", "other_device"):
            token = self.hub.token(person.id, self.devices[who])
        elif who == "expired":
            token = self.hub.core.gate.mint.word(
                "access", clock.now() - timedelta(minutes=1), user=person.id, device=person.device
            )
        elif who != "no_token":
            token = self.hub.token(person.id, person.device)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self.hub.client().request(method, path, headers=headers, **told)

    def fresh_batch(self) -> str:
        """A hand-over of a client of Wang to Li, asked for by somebody who is none of those who come."""
        client = client_in(self.hub.core.database, self.hub.people.wang.book)
        batch = uuid4().hex
        with self.hub.core.database.transaction() as connection:
            connection.execute(
                "INSERT INTO handover (id, batch, client_id, from_book, to_book, state, reason, asked_by, asked_at, "
                "grace_until) VALUES (%s, %s, %s, %s, %s, 'asked', 'x', %s, now(), now())",
                (uuid4().hex, batch, client, self.hub.people.wang.book, self.hub.people.li.book, "0" * 32),
            )
        return batch

    def substitute(self) -> str:
        made = uuid4().hex
        with self.hub.core.database.transaction() as connection:
            connection.execute(
                "INSERT INTO membership VALUES (%s, %s, %s, %s, %s, '', now())",
                (made, self.hub.people.li.id, self.hub.people.wang.book, clock.today() + timedelta(days=90),
                 clock.today() + timedelta(days=99)),
            )  # fmt: skip
        return made

    def content(self) -> str:
        with self.hub.core.database.transaction([f"book:{self.hub.people.wang.book}"]) as connection:
            row = connection.execute("SELECT fields ->> 'content' FROM record WHERE id = %s", (self.visit,)).fetchone()
        return str(row[0]) if row else ""


@pytest.fixture
def world(hub: HubUnderTest) -> World:
    made = World(hub)
    base, wang = hub.core.database, hub.people.wang
    made.client = client_in(base, wang.book)
    desk = Desk(hub, wang)
    visit = item("visit", made.client, content=SECRET)
    file = item("attachment", made.client, entity="visit", entity_id=visit.id, sha256=SHA, size=len(BLOB), name="a")
    desk.push(visit, file)
    assert desk.http.put(f"/v1/blobs/{SHA}?offset=0", content=BLOB).is_success
    made.visit = visit.id
    made.asked = founding.add_device(base, wang.id, "asked", "asked")
    made.devices = {
        "other_device": founding.add_device(base, wang.id, "second"),
        "revoked": founding.add_device(base, wang.id, "lost", "revoked"),
        "wiped": founding.add_device(base, wang.id, "stolen", "wipe"),
    }
    return made


Told = Callable[[World, str], dict[str, Any]]


@dataclass(frozen=True)
class Row:
    """The statuses an endpoint answers, by who asks. `path` fills the path's parts, `told` makes the body."""

    answers: dict[str, int]
    path: Callable[[World], dict[str, str]] = lambda world: {}
    told: Told = lambda world, who: {}
    open: bool = False
    tells: tuple[str, ...] = ()  # who may hear the secret


def _for(
    own: int, team: int, foreign: int, lead: int, foreign_lead: int, admin: int, other: int | None = None
) -> dict[str, int]:
    return {
        "own": own, "team": team, "foreign": foreign, "lead": lead, "foreign_lead": foreign_lead,
        "administrator": admin, "other_device": own if other is None else other, **SHUT_OUT,
    }  # fmt: skip


def _json(make: Callable[[World, str], dict[str, Any]]) -> Told:
    return lambda world, who: {"json": make(world, who)}


def _sync(**more: Any) -> Told:
    return _json(lambda world, who: {"device": world.device(who), "epoch": 0, "schema": 1} | more)


def _scope(world: World) -> str:
    return f"book:{world.hub.people.wang.book}"


EVERYBODY = dict.fromkeys(WHO, 200)
ONLY_ADMIN = _for(404, 404, 404, 404, 404, 200)
LEADS = _for(404, 404, 404, 200, 200, 200)  # each sees the own team
OF_THE_TEAM = _for(404, 404, 404, 200, 404, 200)
WRONG = dict.fromkeys(WHO, 401)
ROWS: dict[tuple[str, str], Row] = {
    ("GET", "/healthz"): Row(EVERYBODY, open=True),
    ("GET", "/readyz"): Row(EVERYBODY, open=True),
    ("GET", "/metrics"): Row(EVERYBODY, open=True),
    ("GET", "/v1/auth/ways"): Row(EVERYBODY, open=True),
    ("GET", "/v1/auth/nonce"): Row(EVERYBODY, open=True),
    ("POST", "/v1/auth/login"): Row(
        WRONG, told=_json(lambda world, who: {"login": uuid4().hex, "password": "x"}), open=True
    ),
    ("POST", "/v1/auth/oidc/start"): Row(
        dict.fromkeys(WHO, 404),
        told=_json(lambda world, who: {"redirect": "http://127.0.0.1:9/signed", "challenge": "c" * 43}), open=True,
    ),
    ("POST", "/v1/auth/oidc/finish"): Row(
        dict.fromkeys(WHO, 404),
        told=_json(lambda world, who: {"state": "s", "code": "c", "verifier": "v" * 43}), open=True,
    ),
    # Without the key of Wang's desk, whoever asks, with whatever token.
    ("POST", "/v1/auth/refresh"): Row(WRONG, told=_json(lambda world, who: _proof(world)), open=True),
    ("POST", "/v1/auth/logout"): Row(
        dict.fromkeys(WHO, 204), told=_json(lambda world, who: _proof(world)), open=True
    ),
    ("POST", "/v1/devices"): Row(
        WRONG,
        told=_json(
            lambda world, who: {
                "enter": "x.y", "device": world.asked, "name": "n", "public_key": "0" * 64, "nonce": _nonce(world),
                "signature": "0" * 128,
            }
        ), open=True,
    ),
    ("POST", "/v1/devices/{device}/wiped"): Row(
        dict.fromkeys(WHO, 404), lambda world: {"device": world.devices["wiped"]},
        _json(lambda world, who: {"code": "0" * 32}), open=True,
    ),
    ("GET", "/v1/devices"): Row(_for(200, 200, 200, 200, 200, 200)),
    ("POST", "/v1/devices/{device}/approve"): Row(OF_THE_TEAM, lambda world: {"device": world.asked}),
    ("POST", "/v1/devices/{device}/revoke"): Row(
        _for(200, 404, 404, 200, 404, 200), lambda world: {"device": world.asked}
    ),
    ("POST", "/v1/devices/{device}/wipe"): Row(OF_THE_TEAM, lambda world: {"device": world.asked}),
    ("POST", "/v1/devices/{device}/retire"): Row(OF_THE_TEAM, lambda world: {"device": world.asked}),
    ("GET", "/v1/admin/teams"): Row(LEADS),
    ("POST", "/v1/admin/teams"): Row(ONLY_ADMIN, told=_json(lambda world, who: {"name": "三组"})),
    ("GET", "/v1/admin/users"): Row(LEADS),
    ("POST", "/v1/admin/users"): Row(
        ONLY_ADMIN,
        told=_json(
            lambda world, who: {
                "login": uuid4().hex, "name": "n", "role": "manager", "team": world.hub.people.wang.team,
                "password": "梧桐 wind 七 lantern",
            }
        ),
    ),
    ("POST", "/v1/admin/users/{user}"): Row(
        ONLY_ADMIN, lambda world: {"user": world.hub.people.wang.id}, _json(lambda world, who: {"name": "王二"})
    ),
    ("GET", "/v1/admin/books"): Row(LEADS),
    ("POST", "/v1/admin/books"): Row(
        ONLY_ADMIN,
        told=_json(
            lambda world, who: {"team": world.hub.people.wang.team, "owner": world.hub.people.wang.id, "name": "b"}
        ),
    ),
    ("GET", "/v1/admin/substitutes"): Row(LEADS),
    ("POST", "/v1/admin/substitutes"): Row(
        OF_THE_TEAM,
        told=_json(
            lambda world, who: {
                "user": world.hub.people.li.id, "book": world.hub.people.wang.book, "from_day": "2030-01-01",
                "to_day": "2030-01-09",
            }
        ),
    ),
    ("POST", "/v1/admin/substitutes/{substitute}/end"): Row(
        OF_THE_TEAM, lambda world: {"substitute": world.substitute()}
    ),
    ("GET", "/v1/admin/handovers"): Row(_for(200, 200, 200, 200, 200, 200)),
    ("POST", "/v1/admin/handovers"): Row(
        OF_THE_TEAM,
        told=_json(
            lambda world, who: {
                "clients": [client_in(world.hub.core.database, world.hub.people.wang.book)],
                "to_book": world.hub.people.li.book, "reason": "x",
            }
        ),
    ),
    ("POST", "/v1/admin/handovers/{batch}/confirm"): Row(OF_THE_TEAM, lambda world: {"batch": world.fresh_batch()}),
    ("POST", "/v1/admin/handovers/{batch}/refuse"): Row(OF_THE_TEAM, lambda world: {"batch": world.fresh_batch()}),
    ("GET", "/v1/admin/purges"): Row(_for(200, 200, 200, 200, 200, 200)),
    ("GET", "/v1/admin/audit"): Row(ONLY_ADMIN),
    # What a desk says of itself it says of the desk of its token: 403 for another one.
    ("POST", "/v1/hello"): Row(
        _for(200, 200, 200, 200, 200, 200, 403),
        told=_json(
            lambda world, who: {"device": world.device(who), "schema": 1, "oldest": 1, "app": "x", "clock": ""}
        ),
    ),
    ("POST", "/v1/sync/push"): Row(
        _for(200, 200, 200, 200, 200, 200, 403),
        told=_json(
            lambda world, who: {
                "device": world.device(who), "push_no": 2 if who == "own" else 1, "epoch": 0, "schema": 1,
                "items": [{
                    "type": "visit", "id": world.visit, "client": world.client,
                    "patch": {"content": {"value": SECRET if who == "own" else "overwritten", "base": 9}},
                }],
            }
        ), tells=("own",),
    ),
    ("POST", "/v1/sync/pull"): Row(
        _for(200, 200, 200, 200, 200, 200, 403),
        told=_json(
            lambda world, who: {
                "device": world.device(who), "epoch": 0, "schema": 1, "push_no": 0, "scopes": {_scope(world): {}},
            }
        ), tells=("own", "lead"),
    ),
    ("POST", "/v1/sync/first"): Row(
        _for(200, 404, 404, 200, 404, 404, 403),
        told=_json(
            lambda world, who: {
                "device": world.device(who), "epoch": 0, "schema": 1, "scope": _scope(world), "below": 1 << 40,
            }
        ), tells=("own", "lead"),
    ),
    ("POST", "/v1/sync/manifest"): Row(
        _for(200, 404, 404, 200, 404, 404, 403),
        told=_json(lambda world, who: {"device": world.device(who), "epoch": 0, "scope": _scope(world)}),
    ),
    ("POST", "/v1/sync/fetch"): Row(
        _for(200, 200, 200, 200, 200, 200, 403),
        told=_json(lambda world, who: {"device": world.device(who), "epoch": 0, "ids": [world.visit]}),
        tells=("own", "lead"),
    ),
    ("POST", "/v1/receipts"): Row(
        _for(404, 404, 404, 404, 404, 404, 403),
        told=_json(
            lambda world, who: {
                "device": world.device(who), "handover": "0" * 32, "client": world.client, "counts": {"visit": 1},
            }
        ),
    ),
    # The hub of these tests has no recovery key; who hands in what, test_escrow.py looks at.
    ("POST", "/v1/escrow"): Row(
        _for(422, 422, 422, 422, 422, 422, 403),
        told=_json(lambda world, who: {"device": world.device(who), "key": "ab" * 32, "sealed": "cd" * 108}),
    ),
    ("GET", "/v1/blobs/{sha256}"): Row(
        _for(200, 404, 404, 200, 404, 404), lambda world: {"sha256": SHA}, tells=("own", "lead", "other_device")
    ),
    ("PUT", "/v1/blobs/{sha256}"): Row(
        _for(200, 404, 404, 404, 404, 404), lambda world: {"sha256": SHA},
        lambda world, who: {"content": BLOB, "params": {"offset": 0}},
    ),
}  # fmt: skip


def _nonce(world: World) -> str:
    return world.hub.core.gate.mint.nonce(clock.now())


def _proof(world: World) -> dict[str, str]:
    device = world.hub.people.wang.device
    return {"device": device, "refresh": "r" * 43, "nonce": _nonce(world), "signature": "0" * 128}


def test_every_endpoint_has_its_row(hub: HubUnderTest) -> None:
    told = hub.client().get("/openapi.json").json()["paths"]
    there = {(method.upper(), path) for path, methods in told.items() for method in methods}
    assert there == set(ROWS)


@pytest.mark.parametrize(("method", "path"), sorted(ROWS), ids=lambda part: part)
def test_case_40_everybody_gets_what_is_theirs(world: World, method: str, path: str) -> None:
    row = ROWS[method, path]
    assert set(row.answers) == set(WHO)
    found, heard = {}, {}
    # Those who may not, first: what they try must not be done already.
    for who in sorted(WHO, key=lambda one: row.answers[one] == 200):
        answer = world.ask(who, method, path.format(**row.path(world)), **row.told(world, who))
        found[who] = answer.status_code
        heard[who] = SECRET in answer.text
        if who not in ("own", "lead"):
            assert world.content() == SECRET, f"{who} changed it"
        if answer.status_code in (401, 403, 404) and answer.content:
            assert set(answer.json()) == {"code", "epoch", "field", "order"}
    assert found == row.answers
    assert {who for who in WHO if heard[who]} == set(row.tells) & {who for who in WHO if row.answers[who] == 200}


def test_lists_tell_of_ones_own_team_only(world: World) -> None:
    people = world.hub.people
    for path, key, theirs in (
        ("/v1/admin/users", "users", people.zhao.id), ("/v1/admin/books", "books", people.zhao.book),
        ("/v1/admin/teams", "teams", people.zhao.team), ("/v1/devices", "devices", people.zhao.device),
    ):  # fmt: skip
        ids = {row["id"] for row in world.ask("lead", "GET", path).json()[key]}
        assert ids
        assert theirs not in ids
        assert theirs in {row["id"] for row in world.ask("administrator", "GET", path).json()[key]}
    world.fresh_batch()
    for who, count in (("own", 0), ("team", 0), ("foreign_lead", 0), ("lead", 1), ("administrator", 1)):
        assert len(world.ask(who, "GET", "/v1/admin/handovers").json()["handovers"]) == count
