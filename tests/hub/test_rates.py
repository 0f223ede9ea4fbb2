"""How often one may ask, over all workers: each counts for itself, so that limit times workers holds."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from rmdesk.hub import core
from rmdesk.hub.app import application
from rmdesk.hub.embedded import Postgres
from tests.support.hub import HubUnderTest, People, hub_from
from tests.support.in_process import InProcess

LIMIT, WORKERS = 10, 2


@pytest.fixture
def workers(postgres: Postgres, hub_template: tuple[str, People]) -> Iterator[tuple[HubUnderTest, list[httpx.Client]]]:
    """Two workers of one hub."""
    with hub_from(postgres, *hub_template, rate_device=LIMIT) as hub:
        second = core.opened(hub.settings)
        line = InProcess(application(second))
        token = hub.token(hub.people.wang.id, hub.people.wang.device)
        other = httpx.Client(transport=line, base_url="http://hub", headers={"Authorization": f"Bearer {token}"})
        yield hub, [hub.client(hub.people.wang), other]
        line.stop()
        second.close()


def test_whoever_asks_all_workers_gets_no_more_than_their_number_allows(
    workers: tuple[HubUnderTest, list[httpx.Client]],
) -> None:
    _hub, clients = workers
    told = [clients[turn % WORKERS].get("/v1/devices") for turn in range(3 * LIMIT)]
    let_in = [answer for answer in told if answer.status_code == 200]
    turned_away = [answer for answer in told if answer.status_code == 429]
    assert len(let_in) + len(turned_away) == 3 * LIMIT
    assert LIMIT <= len(let_in) <= WORKERS * LIMIT + 1  # a moment passes meanwhile
    assert all(int(answer.headers["retry-after"]) >= 1 for answer in turned_away)
