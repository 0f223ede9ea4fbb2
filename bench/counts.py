"""How much work is done, counted instead of timed: the same on every machine, so that CI can hold it.

`calls`: functions of rmdesk called, and C functions by them; `steps`: instructions of SQLite's machine, in hundreds.
Counted with 500 invented clients, the second time each is done. `python -m bench.counts` writes down what is so today.
"""

from __future__ import annotations

import sys
import tempfile
import tomllib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

from bench import portfolio as made
from bench.measure import ROOT
from bench.told import DAY
from rmdesk.base import clock
from rmdesk.models.kinds import ClientId, Purpose
from rmdesk.services.care import file, lists, portfolio, queries
from rmdesk.services.care.standing import standing
from rmdesk.services.clients import table
from rmdesk.services.clients.filters import ClientFilter, Order
from rmdesk.services.clients.queries import header_of
from rmdesk.services.holdings.queries import balances_of
from rmdesk.services.occasions import due
from rmdesk.services.scoring import settings
from rmdesk.services.search.queries import build
from rmdesk.services.store import profile
from rmdesk.services.store.reads import Reader
from rmdesk.services.timeline.queries import timeline_of

FILE = Path(__file__).with_name("counts.toml")
OURS = str(ROOT / "rmdesk")
CLIENTS, EVERY = 500, 100
CLIENT = ClientId(8)
HEAD = """# How much is done for what (bench/counts.py). Tests hold that it does not become half as much again.
# More on purpose: write it anew by `python -m bench.counts`, and say why in the commit.
"""


class Count(NamedTuple):
    """Functions, and hundreds of SQLite's instructions."""

    calls: int
    steps: int


def kept() -> dict[str, Count]:
    """What is written down."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {name: Count(**count) for name, count in told.items()}


def counted(folder: Path, clients: int = CLIENTS) -> dict[str, Count]:
    """What is so now, of a portfolio of so many clients that is made in the folder."""
    clock.fix(DAY)
    try:
        store = profile.open_demo(made.made(folder / str(clients), clients))
        reader = store.reader()
        found = {name: _count(reader, act) for name, act in acts(reader).items()}
        reader.close()
        store.close()
    finally:
        clock.fix(None)
    return found


def acts(reader: Reader) -> dict[str, Callable[[], object]]:
    """What is counted."""
    index, stand = build(reader), standing(reader)
    whole = portfolio.current(reader, DAY)
    weights = settings.weights(reader, Purpose.MAINTAIN)
    return {
        "portfolio": lambda: portfolio.load(reader, DAY),
        "ranking": lambda: lists.rank(reader, whole, Purpose.MAINTAIN, weights).lanes(20, strict=False),
        "today": lambda: queries.care_day(reader, day=DAY),
        "receipt": lambda: queries.receipt(reader, CLIENT, day=DAY),
        "occasions": lambda: due.due(reader, DAY, DAY + timedelta(30)),
        "clients": lambda: table.find(reader, stand, ClientFilter(text="139"), Order("aum")),
        "page_of_clients": lambda: table.rows_of(reader, stand, range(1, 51)),
        "client_file": lambda: (header_of(reader, CLIENT), file.place_of(reader, CLIENT), balances_of(reader, CLIENT),
                                timeline_of(reader, CLIENT), file.occasions_of(reader, CLIENT)),
        "search": lambda: [index.find("王伟明"[:end]) for end in (1, 2, 3)],
    }  # fmt: skip


def _count(reader: Reader, act: Callable[[], object]) -> Count:
    act()
    calls = steps = 0

    def called(frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call") and frame.f_code.co_filename.startswith(OURS)

    def stepped() -> int:
        nonlocal steps
        steps += 1
        return 0

    reader._connection.set_progress_handler(stepped, EVERY)
    act()
    reader._connection.set_progress_handler(None, 0)
    before = sys.getprofile()
    sys.setprofile(called)
    try:
        act()
    finally:
        sys.setprofile(before)
    return Count(calls, steps)


def main() -> None:
    """Write down what is so now."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        found = counted(Path(folder))
    lines = [f"{name} = {{ calls = {count.calls}, steps = {count.steps} }}" for name, count in found.items()]
    FILE.write_text("\n".join((HEAD, *lines, "")), encoding="utf-8")


if __name__ == "__main__":
    main()
