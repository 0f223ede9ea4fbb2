"""The gifts of the demo portfolio are such as a manager would give."""

from __future__ import annotations

from datetime import date, timedelta

from rmdesk.services.occasions.rules import festival_days, festivals
from rmdesk.services.store.store import Store


def test_a_festival_is_named_only_around_its_day(demo_store: Store) -> None:
    sql = "SELECT occasion, coalesce(given_on, planned_for) FROM gift WHERE coalesce(given_on, planned_for) NOT NULL"
    gifts = [(name, date.fromisoformat(day)) for name, day in demo_store.read(lambda reads: reads.rows(sql))]
    assert any(name in festivals() for name, _day in gifts)
    for name, day in gifts:
        near = {one.name for _on, one in festival_days(day - timedelta(20), day + timedelta(20))}
        assert name not in festivals() or name in near
