"""The gates: who may be contacted, whatever is planned for them."""

from __future__ import annotations

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientId, ClientStatus
from rmdesk.services.clients import standing
from rmdesk.services.clients.commands import SetConsent, SetStatus
from rmdesk.services.store.store import Store
from tests.support.build import perform

ZHOU, LI = ClientId(1), ClientId(2)


@pytest.fixture
def two(store: Store) -> Store:
    perform(
        store, lambda work: [work.add(Client(id=number, name=name)) for number, name in ((1, "周文敏"), (2, "李静"))]
    )
    return store


@pytest.mark.parametrize("status", [ClientStatus.DECEASED, ClientStatus.DO_NOT_CONTACT, ClientStatus.CLOSED])
def test_a_status_closes_the_gate_until_it_is_taken_back(two: Store, status: ClientStatus) -> None:
    two.read(standing.check_may_contact, ZHOU)
    set_ = two.perform(SetStatus((ZHOU,), status))
    with pytest.raises(Refused) as caught:
        two.read(standing.check_may_contact, ZHOU, doing="Set status")
    assert caught.value.code == status.value
    assert caught.value.said.startswith("Set status: The client")
    assert two.read(standing.may_contact) == {LI}
    assert two.read(standing.may_contact, [ZHOU]) == frozenset()
    assert set_.inverse is not None
    two.perform(set_.inverse)
    two.read(standing.check_may_contact, ZHOU)
    assert two.read(standing.may_contact) == {ZHOU, LI}


def test_without_consent_only_marketing_is_stopped(two: Store) -> None:
    two.perform(SetConsent((ZHOU,), False))
    two.read(standing.check_may_contact, ZHOU)
    with pytest.raises(Refused) as caught:
        two.read(standing.check_may_contact, ZHOU, marketing=True)
    assert caught.value.code == "no_consent"
    assert two.read(standing.may_contact) == {ZHOU, LI}
    assert two.read(standing.may_contact, marketing=True) == {LI}
    two.read(standing.check_may_contact, LI, marketing=True)  # not asked is not withdrawn


def test_a_client_who_is_gone_is_said_to_be(two: Store) -> None:
    with pytest.raises(Refused) as caught:
        two.read(standing.check_may_contact, ClientId(99))
    assert caught.value.code == "gone"
