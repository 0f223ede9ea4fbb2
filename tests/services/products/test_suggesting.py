"""The next product with its reason and the gate (issue 6 §4, domain §13)."""

from __future__ import annotations

from pathlib import Path

import pytest

from rmdesk.models.kinds import ClientId, ClientStatus
from rmdesk.services.clients.commands import SetStatus
from rmdesk.services.products import suggesting
from rmdesk.services.store.store import Store
from tests.services.products.test_cards import client
from tests.support.build import perform


@pytest.fixture(scope="module")
def suggested(made_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[int, suggesting.Suggested]:
    """What is suggested to sixty clients of the demo portfolio."""
    from contextlib import closing

    from rmdesk.services.store import profile

    with closing(profile.open_demo(made_demo)) as store:
        return {number: store.read(suggesting.next_products, ClientId(number)) for number in range(20, 80)}


def test_a_suggestion_is_a_kind_the_client_lacks_with_its_reason_in_words(
    suggested: dict[int, suggesting.Suggested],
) -> None:
    items = [item for found in suggested.values() for item in found.items]
    assert len(items) > 20
    for item in items:
        assert item.reasons
        assert all("{" not in reason.said for reason in item.reasons)
    said = " ".join(reason.said for item in items for reason in item.reasons)
    assert "of the 10 clients most like this one hold" in said
    assert "times as often as among all" in said
    assert all(len(found.items) <= 3 for found in suggested.values())


def test_a_suggested_product_passes_the_gate_or_says_why_not(suggested: dict[int, suggesting.Suggested]) -> None:
    items = [item for found in suggested.values() for item in found.items if item.product]
    assert {item.gate.ok for item in items if item.gate} == {True, False}
    assert all(item.gate is not None and item.gate.whole for item in items)


def test_nothing_is_suggested_to_those_who_may_not_be_contacted_or_among_too_few(store: Store) -> None:
    made = perform(store, lambda work: client(work, "王一", 3))
    few = store.read(suggesting.next_products, made)
    assert (few.items, few.stop is not None) == ((), True)
    store.perform(SetStatus((made,), ClientStatus.DECEASED))
    stopped = store.read(suggesting.next_products, made)
    assert stopped.stop is not None
    assert "died" in stopped.stop.said
