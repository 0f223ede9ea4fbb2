"""The desks of the managers that most tests of the hub begin with."""

from __future__ import annotations

import pytest

from tests.hub.desks import Desk
from tests.support.hub import HubUnderTest


@pytest.fixture
def wang(hub: HubUnderTest) -> Desk:
    return Desk(hub, hub.people.wang)


@pytest.fixture
def li(hub: HubUnderTest) -> Desk:
    return Desk(hub, hub.people.li)
