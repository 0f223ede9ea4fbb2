"""The demo portfolio holds no record twice, as a hub would see it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from rmdesk.services.store import profile
from rmdesk.wire.registry import TYPES


def test_no_record_of_the_demo_stands_twice_under_one_name(made_demo: Path) -> None:
    with closing(profile.open_demo(made_demo)) as store:
        for kind in TYPES:
            if kind.natural:
                names = ", ".join(f'"{name}"' for name in kind.natural)
                sql = f"SELECT {names} FROM {kind.name} GROUP BY {names} HAVING count(*) > 1"
                assert store.read(lambda reads, sql=sql: reads.rows(sql)) == [], kind.name  # type: ignore[misc]
