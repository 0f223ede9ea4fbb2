"""Ids that sort by time."""

from __future__ import annotations

import uuid

from rmdesk.models.kinds import new_id


def test_ids_of_one_moment_sort_in_the_order_they_were_made() -> None:
    made = [new_id() for _ in range(20_000)]
    assert sorted(set(made)) == made


def test_an_id_is_a_uuid_of_version_7() -> None:
    assert uuid.UUID(new_id()).version == 7
    assert uuid.UUID(new_id()).variant == uuid.RFC_4122
