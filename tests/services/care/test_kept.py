"""Today as it was kept is Today as it would be computed."""

from __future__ import annotations

from typing import Any

import pytest

from rmdesk.models.kinds import Purpose
from rmdesk.services.care import kept, queries
from rmdesk.services.care.commands import MarkDone
from rmdesk.services.care.rows import CareDay
from rmdesk.services.store.store import Store


@pytest.fixture
def full(demo_store: Store) -> Store:
    """The demo portfolio, which knows every lane and reason."""
    return demo_store


def keep_all(store: Store) -> list[Any]:
    """Keep every list and the warnings; what they were."""
    computed = [*(store.read(kept.care_day, purpose) for purpose in Purpose), store.read(kept.warnings)]
    for known in computed:
        assert not known.recalled
        kept.keep(store, known)
    return [known.value for known in computed]


def words(days: list[CareDay]) -> list[str]:
    """What the rows say."""
    return [reason.text.said for day in days for item in day.items for reason in item.reasons]


def test_what_is_recalled_equals_what_was_computed(full: Store) -> None:
    computed = keep_all(full)
    recalled = [*(full.read(kept.care_day, purpose) for purpose in Purpose), full.read(kept.warnings)]
    assert all(known.recalled for known in recalled)
    assert [known.value for known in recalled] == computed
    assert computed[:-1] == [full.read(queries.care_day, purpose) for purpose in Purpose]
    assert computed[-1] == full.read(queries.warnings)
    assert all(computed)
    assert words([known.value for known in recalled[:-1]]) == words(computed[:-1])
    assert not full.read(kept.care_day, anew=True).recalled


def test_a_change_makes_it_computed_again(full: Store) -> None:
    before = keep_all(full)[0]
    full.perform(MarkDone(before.items[0].client))
    after = full.read(kept.care_day)
    assert not after.recalled
    assert after.value.done == before.done + 1
