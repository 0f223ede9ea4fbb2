"""What the hub tells of itself: its OpenAPI document, its log, its limits. Parts of cases 42 and 44."""

from __future__ import annotations

import json
import logging
from uuid import uuid4

import msgspec
import pytest
import zstandard

from rmdesk.wire import messages
from tests.hub.desks import JSON, Desk, client_in, item
from tests.support.hub import HubUnderTest

PLANTED = "植入的暗记7f3a"


def test_every_reference_of_the_openapi_document_leads_somewhere(hub: HubUnderTest) -> None:
    told = hub.client().get("/openapi.json").json()
    text = json.dumps(told)
    names = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert names <= set(told["components"]["schemas"])
    assert {"Push", "Pushed", "Pull", "Pulled", "Failure", "Item", "Row"} <= names


def test_every_endpoint_says_what_it_takes_and_how_it_fails(hub: HubUnderTest) -> None:
    paths = hub.client().get("/openapi.json").json()["paths"]
    assert {"/v1/hello", "/v1/sync/push", "/v1/sync/pull", "/v1/blobs/{sha256}"} <= set(paths)
    for path, verbs in paths.items():
        for verb, told in verbs.items():
            assert told["operationId"], path
            if path.startswith("/v1/"):
                assert "422" in told["responses"], (verb, path)
                assert told.get("summary"), (verb, path)


def test_no_value_reaches_the_log(hub: HubUnderTest, caplog: pytest.LogCaptureFixture) -> None:
    from dataclasses import replace

    from rmdesk.hub.app import application

    told = replace(hub.core, settings=replace(hub.settings, log="json"))
    app = application(told)
    app.dependency_overrides = hub.app.dependency_overrides
    object.__setattr__(hub, "app", app)
    desk = Desk(hub, hub.people.wang)
    client = client_in(hub.core.database, desk.person.book)
    with caplog.at_level(logging.DEBUG):
        desk.push(
            item("visit", client, content=PLANTED),
            item("visit", client, on=PLANTED),
            item("visit", client, colour=PLANTED),
        )
        desk.http.post("/v1/sync/push", content=json.dumps({"device": PLANTED}), headers=JSON)
        desk.http.post(f"/v1/sync/{PLANTED}", content=PLANTED.encode())
        desk.http.get(f"/v1/blobs/{PLANTED}?offset={PLANTED}")
        desk.pull()
    assert PLANTED not in caplog.text
    assert json.dumps(PLANTED)[1:-1] not in caplog.text
    assert PLANTED not in hub.client().get("/metrics").text
    lines = [json.loads(one.getMessage()) for one in caplog.records if one.name == "rmdesk.hub"]
    assert {"/v1/sync/push", "/v1/sync/pull", "other"} <= {one["route"] for one in lines}


def test_failures_do_not_repeat_what_was_said(wang: Desk) -> None:
    answer = wang.http.post("/v1/sync/push", content=json.dumps({"device": PLANTED}), headers=JSON)
    assert (answer.status_code, answer.json()["field"]) == (422, "device")
    assert PLANTED not in answer.text


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"", {}, 400),
        (b"{", {}, 400),
        (b"[" * 100_000, {}, 422),
        (b'{"x":' * 100_000, {}, 422),
        (b"\xff\xfe", {}, 400),
        (b"[]", {}, 422),
        (b"nonsense", {"Content-Encoding": "zstd"}, 400),
        (b"{}", {"Content-Encoding": "gzip"}, 415),
        (zstandard.compress(b"0" * (messages.MOST_BYTES + 1)), {"Content-Encoding": "zstd"}, 413),
        (b" " * (messages.MOST_BYTES + 1), {}, 413),
        (bytes(messages.MOST_PACKED + 1), {"Content-Encoding": "zstd"}, 413),
    ],
)
def test_bodies_that_cannot_be_are_refused(wang: Desk, body: bytes, headers: dict[str, str], status: int) -> None:
    for path in ("/v1/hello", "/v1/sync/push", "/v1/sync/pull"):
        answer = wang.http.post(path, content=body, headers=JSON | headers)
        assert answer.status_code == status
        msgspec.json.decode(answer.content, type=messages.Failure)


def test_a_bomb_without_its_size_is_stopped_while_it_unpacks(wang: Desk) -> None:
    packer = zstandard.ZstdCompressor(level=19).compressobj()
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(200)) + packer.flush()
    assert len(bomb) < messages.MOST_PACKED
    headers = JSON | {"Content-Encoding": "zstd"}
    assert wang.http.post("/v1/sync/push", content=bomb, headers=headers).status_code == 413


def test_more_items_than_a_batch_holds_are_refused(wang: Desk) -> None:
    many = [messages.Item("visit", uuid4().hex) for _ in range(messages.MOST_ITEMS + 1)]
    assert wang.send(wang.body(*many)).status_code == 422


def test_too_many_at_once_are_asked_to_come_again(hub: HubUnderTest) -> None:
    from dataclasses import replace

    from rmdesk.hub.app import application

    app = application(replace(hub.core, settings=replace(hub.settings, most_waiting=0)))
    object.__setattr__(hub, "app", app)
    answer = hub.client(hub.people.wang).post("/v1/hello", content=b"{}")
    assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (503, "busy", "10")
    assert hub.client().get("/healthz").status_code == 200
