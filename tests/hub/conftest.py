"""The desks of the managers that most tests of the hub begin with."""

from __future__ import annotations

import pytest

from tests.hub.desks import Desk, client_in, second_desk
from tests.support.hub import HubUnderTest


@pytest.fixture
def wang(hub: HubUnderTest) -> Desk:
    return Desk(hub, hub.people.wang)


@pytest.fixture
def li(hub: HubUnderTest) -> Desk:
    return Desk(hub, hub.people.li)


@pytest.fixture
def other(hub: HubUnderTest) -> Desk:
    """Wang at another desk of his."""
    return Desk(hub, second_desk(hub, hub.people.wang))


@pytest.fixture
def client(hub: HubUnderTest) -> str:
    """A client in Wang's book."""
    return client_in(hub.core.database, hub.people.wang.book)
