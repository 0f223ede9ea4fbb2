"""The hub says whether it lives and whether it can work."""

from __future__ import annotations

from dataclasses import replace

import httpx
import pytest

from rmdesk.base.errors import Refused
from rmdesk.hub import core
from rmdesk.hub.signing import Signer
from rmdesk.wire import signed
from tests.support.hub import SECRET, HubUnderTest


def test_it_lives_and_is_ready(hub: HubUnderTest) -> None:
    client = hub.client()
    assert client.get("/healthz").text == "ok"
    assert client.get("/readyz").status_code == 200
    assert 'rmdesk_requests_total{route="/readyz",status="200"} 1' in client.get("/metrics").text


def test_over_a_real_server(hub: HubUnderTest) -> None:
    assert httpx.get(f"{hub.url}/healthz").text == "ok"


def test_an_unknown_address_is_told_in_the_words_of_the_wire(hub: HubUnderTest) -> None:
    answer = hub.client().get("/v1/nothing")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_openapi_tells_the_messages(hub: HubUnderTest) -> None:
    assert "Pushed" in hub.client().get("/openapi.json").json()["components"]["schemas"]


def test_another_secret_does_not_open_the_signing_key(hub: HubUnderTest) -> None:
    with pytest.raises(Refused, match="not the one"):
        core.opened(replace(hub.settings, secret=SECRET[::-1]))


def test_the_hub_signs_and_everybody_can_check(hub: HubUnderTest) -> None:
    signer: Signer = hub.core.signer
    word = signer.sign("lease", {"device": "d"})
    assert signed.opened(word, "lease", signer.public) == {"device": "d"}
    assert signed.opened(word, "wipe", signer.public) is None
    assert signed.opened(word[:-3] + "AAA", "lease", signer.public) is None
    assert signed.opened(word, "lease", "00" * 32) is None
