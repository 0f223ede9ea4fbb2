"""Case 42: whatever is asked of any endpoint of the OpenAPI document, the hub does not break."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from tests.support.hub import HubUnderTest, People, hub_from

EXAMPLES = 6
PASSED = ("method", "url", "params", "json", "data", "headers")


def test_no_request_breaks_the_hub(postgres: Any, hub_template: tuple[str, People]) -> None:
    with hub_from(postgres, *hub_template) as hub:
        document = hub.client().get("/openapi.json").json()
        operations = [found.ok() for found in schemathesis.openapi.from_dict(document).get_all_operations()]
        assert len(operations) == sum(len(verbs) for verbs in document["paths"].values())
        for operation in operations:
            statuses = asked(hub, operation)
            assert {status for status in statuses if status >= 500 and status != 503} == set(), operation.label
            assert statuses, operation.label


def asked(hub: HubUnderTest, operation: Any) -> set[int]:
    """The statuses of some requests of one endpoint, some of them with the caller's own desk in them."""
    wang, client = hub.people.wang, hub.client(hub.people.wang)
    statuses: set[int] = set()

    @given(case=operation.as_strategy())
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    def ask(case: Any) -> None:
        told = case.as_transport_kwargs(base_url="http://hub")
        body = told.get("json")
        if isinstance(body, dict) and "device" in body:
            body |= {"device": wang.device} | ({"epoch": 0} if "epoch" in body else {})
        sent = {name: value for name, value in told.items() if name in PASSED}
        sent["headers"] = {**dict(sent.get("headers") or {}), **client.headers}
        if isinstance(sent.get("data"), bytes):
            sent["content"] = sent.pop("data")
        statuses.add(client.request(**sent).status_code)

    ask()
    return statuses


def test_a_hub_that_broke_would_be_noticed(postgres: Any, hub_template: tuple[str, People]) -> None:
    from rmdesk.hub.services import pull

    def broken(*_told: Any) -> None:
        raise RuntimeError("broken")

    with hub_from(postgres, *hub_template) as hub, pytest.MonkeyPatch.context() as patch:
        patch.setattr(pull, "fetch", broken)
        document = hub.client().get("/openapi.json").json()
        operations = [found.ok() for found in schemathesis.openapi.from_dict(document).get_all_operations()]
        with pytest.raises(RuntimeError, match="broken"):
            asked(hub, next(one for one in operations if one.path == "/v1/sync/fetch"))
