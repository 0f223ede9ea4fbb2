"""Case 42: whatever is sent to any endpoint, the hub answers and does not fall over."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
import schemathesis
import zstandard
from hypothesis import HealthCheck, Phase, given, settings

from tests.hub.desks import Desk, client_in, item
from tests.support.hub import HubUnderTest, hub_from

EXAMPLES = int(os.environ.get("RMDESK_EXAMPLES", "6"))  # of each endpoint; more by hand
PACKED = {"Content-Type": "application/json", "Content-Encoding": "zstd"}


@pytest.fixture
def open_hub(postgres: Any, hub_template: Any) -> Any:
    """One that does not mind being asked often."""
    wide = {"rate_device": 10**6, "rate_address": 10**6, "rate_strangers": 10**6, "first_syncs": 50}
    with hub_from(postgres, *hub_template, **wide) as made:
        yield made


@pytest.mark.timeout(600)
@pytest.mark.parametrize("who", ["wang", "admin", ""])
def test_case_42_no_request_makes_the_hub_fail(open_hub: HubUnderTest, who: str) -> None:
    hub = open_hub
    person = getattr(hub.people, who) if who else None
    client = client_in(hub.core.database, hub.people.wang.book)
    Desk(hub, hub.people.wang).push(item("visit", client, content="x"))
    http = hub.client(person)
    document = http.get("/openapi.json").json()
    seen = 0
    for operation in schemathesis.openapi.from_dict(document).get_all_operations():
        case_of = operation.ok().as_strategy()

        @settings(
            max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=case_of)
        def asked(case: Any) -> None:
            nonlocal seen
            told = case.as_transport_kwargs(base_url="http://hub")
            answer = http.request(
                told["method"], told["url"], json=told.get("json"), content=told.get("data"),
                headers={**dict(told.get("headers") or {}), **dict(http.headers)}, params=told.get("params"),
            )  # fmt: skip
            seen += 1
            assert answer.status_code < 500 or answer.status_code == 503, (case.method, case.path, answer.status_code)

        asked()
    assert seen > 100


def _deep(levels: int) -> bytes:
    return b'{"device":' * levels + b"1" + b"}" * levels


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (zstandard.ZstdCompressor().compress(bytes(64 << 20)), PACKED, 413),  # a bomb that tells its size
        (
            zstandard.ZstdCompressor(write_content_size=False).compress(bytes(64 << 20)),
            PACKED,
            413,
        ),  # one that does not
        (b"not zstd at all", PACKED, 400),
        (_deep(200_000), {}, 422),
        (b'{"device":"' + b"a" * (17 << 20), {}, 413),
        (b"\xff\xfe{", {}, 400),
        (b'{"device":"\\ud800"}', {}, 400),
        (json.dumps({"device": "\0" * 32}).encode(), {}, 422),
        (b"", {}, 400),
        (b"{}", {"Content-Encoding": "gzip"}, 415),
        (b"{}" + b" " * 100 + b"{}", {}, 422),
    ],
    ids=["bomb", "lying-bomb", "no-zstd", "deep", "long", "no-text", "surrogate", "nul", "empty", "gzip", "two"],
)
def test_case_42_bodies_that_want_too_much(
    hub: HubUnderTest, body: bytes, headers: dict[str, str], status: int
) -> None:
    client = hub.client(hub.people.wang)
    for path in ("/v1/sync/push", "/v1/auth/login", "/v1/admin/handovers"):
        answer = client.post(path, content=body, headers={"Content-Type": "application/json", **headers})
        assert answer.status_code == status, path
        assert set(answer.json()) == {"code", "epoch", "field", "order"}
        assert "zqx" not in answer.text
