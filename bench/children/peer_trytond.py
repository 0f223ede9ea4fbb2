"""Tryton's server library with its parties in SQLite, at the work that it shares with rmdesk, without its network.

Runs in an environment of its own.
"""

from __future__ import annotations

import csv
import os
import sys
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

from bench.told import forget_peak, memory, spent, tell, timed


def main(clients: Path, count: int) -> None:
    """Measure and tell."""
    os.environ["DB_NAME"] = ":memory:"
    proving: Any = import_module("trytond.tests.test_tryton")
    proving.activate_module(["party"])
    with clients.open(encoding="utf-8", newline="") as file:
        rows = [{"name": row["客户姓名"], "code": row["客户号"]} for row in csv.DictReader(file)][:count]
    proving.with_transaction()(lambda: _measured(rows))()


def _measured(rows: list[dict[str, str]]) -> None:
    party = import_module("trytond.pool").Pool().get("party.party")
    before = memory()
    forget_peak()
    taken: list[float] = []
    cpu = spent(lambda: taken.append(timed(lambda: party.create(rows))))
    peak = memory().get("peak", 0) - before.get("pss", 0)
    words = [word[:end] for word in ("王伟", "张丽", "陈浩然", "李") for end in range(1, len(word) + 1)]

    def typed(word: str) -> list[str]:
        return [one.rec_name for one in party.search([("name", "ilike", f"%{word}%")], limit=50)]

    keys = sorted(timed(lambda word=word: typed(word)) for word in words)  # type: ignore[misc]
    first = party.search([], limit=20)
    saves = [timed(lambda one=one: party.write([one], {"name": f"{one.name}改"})) for one in first]  # type: ignore[misc]
    tell(
        **{"import": taken[0], "import_cpu": cpu, "peak": peak, "notes": party.search([], count=True),
           "search": median(keys), "search_95": keys[int(len(keys) * 0.95)], "save": median(saves),
           "sort": median(timed(lambda: party.search([], order=[("name", "ASC")])) for _ in range(3))}
    )  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
