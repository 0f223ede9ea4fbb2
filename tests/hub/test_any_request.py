"""Case 42: whatever is asked of any endpoint of the OpenAPI document, the hub does not break."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings

from tests.support.hub import HubUnderTest, People, hub_from

EXAMPLES, PARTS = 4, 4
PASSED = ("method", "url", "params", "json", "data", "headers")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("part", range(PARTS))
def test_no_request_breaks_the_hub(postgres: Any, hub_template: tuple[str, People], part: int) -> None:
    with hub_from(postgres, *hub_template) as hub:
        document = hub.client().get("/openapi.json").json()
        operations = [found.ok() for found in schemathesis.openapi.from_dict(document).get_all_operations()]
        assert len(operations) == sum(len(verbs) for verbs in document["paths"].values())
        answered: set[int] = set()
        for operation in operations[part::PARTS]:
            statuses = asked(hub, operation)
            assert {status for status in statuses if status >= 500 and status != 503} == set(), operation.label
            answered |= statuses
        assert answered & {200, 204}
        assert answered - {200, 204}


def asked(hub: HubUnderTest, operation: Any) -> set[int]:
    """The statuses of some requests of one endpoint, some of them with the caller's own desk in them."""
    wang, client = hub.people.wang, hub.client(hub.people.wang)
    statuses: set[int] = set()
    mine = client.headers["Authorization"]

    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=[Phase.generate],
    )
    def ask(case: Any) -> None:
        told = case.as_transport_kwargs(base_url="http://hub")
        body = told.get("json")
        if isinstance(body, dict) and "device" in body:
            body |= {"device": wang.device} | ({"epoch": 0} if "epoch" in body else {})
        sent = {name: value for name, value in told.items() if name in PASSED}
        sent["headers"] = httpx.Headers(dict(sent.get("headers") or {}))
        sent["headers"]["Authorization"] = mine
        if isinstance(sent.get("data"), bytes):
            sent["content"] = sent.pop("data")
        statuses.add(client.request(**sent).status_code)

    ask()
    return statuses


@pytest.mark.timeout(600)
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
