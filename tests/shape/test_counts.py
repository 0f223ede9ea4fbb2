"""No more work than before: calls and SQLite's instructions are counted, as times differ from machine to machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import counts
from bench.counts import CLIENTS, Count

MOST = 1.5  # times what is written down
ROOM = Count(200, 20)  # what is little anyhow may differ by so much
TIMES = 4  # as many clients
ALONE = ("page_of_clients", "client_file")  # what is of one client or of one page
ALL = ("receipt", "portfolio", "ranking", "today", "occasions", "clients", "search")


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Count]:
    return counts.counted(tmp_path_factory.mktemp("counts"))


def test_nothing_does_half_as_much_again_as_is_written_down(now: dict[str, Count]) -> None:
    known = counts.kept()
    assert set(known) == set(now)
    more = {
        name: (known[name], count)
        for name, count in now.items()
        if any(new > old * MOST + room for old, new, room in zip(known[name], count, ROOM, strict=True))
    }
    assert not more, f"more work than in {counts.FILE.name}; on purpose? then `python -m bench.counts`: {more}"


def test_one_client_costs_the_same_in_a_larger_portfolio_and_all_cost_no_more_than_in_proportion(
    now: dict[str, Count], tmp_path: Path
) -> None:
    larger = counts.counted(tmp_path, CLIENTS * TIMES)
    for name in ALONE:
        assert larger[name].steps <= now[name].steps * 1.3 + ROOM.steps, name
        assert larger[name].calls <= now[name].calls * 1.3 + ROOM.calls, name
    for name in ALL:
        assert larger[name].steps <= now[name].steps * TIMES * 1.3 + ROOM.steps, name
        assert larger[name].calls <= now[name].calls * TIMES * 1.3 + ROOM.calls, name
